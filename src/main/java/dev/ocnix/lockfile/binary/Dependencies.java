package dev.ocnix.lockfile.binary;

import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.SafeText;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.Listing;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.RangeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The dependencies of all packages, each with the package chosen for it. */
final class Dependencies {
    private static final List<RangeKind> KINDS = List.of(RangeKind.values());

    private final Bytes bytes;
    private final StringPool strings;
    private final Section rows;
    private final Section resolutions;
    private final int packages;

    Dependencies(Bytes bytes, StringPool strings, Buffers buffers, int packages) {
        this.bytes = bytes;
        this.strings = strings;
        this.rows = buffers.dependencies();
        this.resolutions = buffers.resolutions();
        this.packages = packages;
    }

    int count() {
        return rows.count();
    }

    Section section() {
        return rows;
    }

    /** The name under which the target is installed. */
    String alias(int index) throws LockfileException {
        String alias = strings.at(rows.at(index));
        if (!PlacementKey.isName(alias)) {
            throw bytes.failure(
                    rows.at(index), SafeText.quote(alias) + " is no name that a package can be installed under");
        }
        return alias;
    }

    private int behavior(int index) throws LockfileException {
        return bytes.u8(rows.at(index) + Offsets.DEPENDENCY_BEHAVIOR_AT);
    }

    boolean isBundled(int index) throws LockfileException {
        return (behavior(index) & Offsets.BUNDLED) != 0;
    }

    /** The row of the package chosen for a dependency; empty if there is none. */
    Optional<Integer> target(int index) throws LockfileException {
        long at = resolutions.at(index);
        long target = bytes.u32(at);
        if (target == Offsets.NOTHING) {
            return Optional.empty();
        }
        bytes.verify(target < packages, at, "a dependency is resolved to a package that does not exist");
        return Optional.of((int) target);
    }

    /** The edge as package.json has it; empty for what only links the root to its members. */
    Optional<Dependency> edge(int index) throws LockfileException {
        int behavior = behavior(index);
        Optional<DependencyKind> kind = kind(behavior);
        return kind.isPresent()
                ? Optional.of(new Dependency(alias(index), literal(rows.at(index)), kind.get()))
                : Optional.empty();
    }

    /** All dependencies, as they are numbered. */
    List<Listing.Edge> list() throws LockfileException {
        List<Listing.Edge> edges = new ArrayList<>(rows.count());
        for (int i = 0; i < rows.count(); i++) {
            long row = rows.at(i);
            int kind = bytes.u8(row + Offsets.DEPENDENCY_KIND_AT);
            edges.add(new Listing.Edge(
                    strings.at(row),
                    literal(row),
                    kind < KINDS.size() ? KINDS.get(kind) : RangeKind.UNINITIALIZED,
                    behavior(i),
                    target(i).orElse(Listing.Edge.UNRESOLVED)));
        }
        return edges;
    }

    /** The range of a dependency, here or in a section that holds dependencies, too. */
    String literal(long row) throws LockfileException {
        return strings.free(row + Offsets.DEPENDENCY_LITERAL_AT);
    }

    private static Optional<DependencyKind> kind(int behavior) {
        if ((behavior & Offsets.PROD) != 0) {
            return Optional.of(DependencyKind.PROD);
        }
        if ((behavior & Offsets.PEER) != 0) {
            boolean optional = (behavior & Offsets.OPTIONAL) != 0;
            return Optional.of(optional ? DependencyKind.OPTIONAL_PEER : DependencyKind.PEER);
        }
        if ((behavior & Offsets.OPTIONAL) != 0) {
            return Optional.of(DependencyKind.OPTIONAL);
        }
        return (behavior & Offsets.DEV) != 0 ? Optional.of(DependencyKind.DEV) : Optional.empty();
    }
}
