package dev.ocnix.lockfile.binary;

import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.Listing;
import dev.ocnix.model.RangeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The dependencies of all packages, each with the package chosen for it. */
final class Dependencies {
    private static final List<Optional<RangeKind>> KINDS = kinds();

    private final Bytes bytes;
    private final StringPool strings;
    private final Section rows;
    private final Section resolutions;
    private final int packages;
    private final String[] aliases;
    private final byte[] behaviors;
    private final int[] targets;

    Dependencies(Bytes bytes, StringPool strings, Buffers buffers, int packages) throws LockfileException {
        this.bytes = bytes;
        this.strings = strings;
        this.rows = buffers.dependencies();
        this.resolutions = buffers.resolutions();
        this.packages = packages;
        this.aliases = new String[rows.count()];
        this.behaviors = new byte[rows.count()];
        this.targets = new int[rows.count()];
        for (int i = 0; i < rows.count(); i++) {
            long row = rows.at(i);
            aliases[i] = strings.name(row, "name that a package can be installed under");
            behaviors[i] = (byte) bytes.u8(row + Offsets.DEPENDENCY_BEHAVIOR_AT);
            targets[i] = readTarget(resolutions.at(i), behavior(i));
        }
    }

    private static List<Optional<RangeKind>> kinds() {
        List<Optional<RangeKind>> kinds = new ArrayList<>();
        for (RangeKind kind : RangeKind.values()) {
            kinds.add(Optional.of(kind));
        }
        return List.copyOf(kinds);
    }

    private int readTarget(long offset, int behavior) throws LockfileException {
        long target = bytes.u32(offset);
        // where no peer was found Bun may have left whatever was in memory
        boolean isStray = target >= packages && (behavior & Offsets.PEER) != 0;
        if (target == Offsets.NOTHING || target == Offsets.UNDEFINED || isStray) {
            return Listing.Edge.UNRESOLVED;
        }
        bytes.verify(target < packages, offset, "a dependency is resolved to a package that does not exist");
        return (int) target;
    }

    int count() {
        return rows.count();
    }

    Section section() {
        return rows;
    }

    /** All dependencies, as they are numbered. */
    List<Listing.Edge> list() throws LockfileException {
        List<Listing.Edge> edges = new ArrayList<>(rows.count());
        for (int i = 0; i < rows.count(); i++) {
            long row = rows.at(i);
            int kind = bytes.u8(row + Offsets.DEPENDENCY_KIND_AT);
            edges.add(new Listing.Edge(
                    aliases[i], literal(row), KINDS.get(kind < KINDS.size() ? kind : 0), behavior(i), targets[i]));
        }
        return edges;
    }

    /** The name under which the target is installed. */
    String alias(int index) {
        return aliases[index];
    }

    private int behavior(int index) {
        return behaviors[index] & 0xFF;
    }

    /** What the file says is the lower half of the hash of a dependency's name. */
    int halfHash(int index) throws LockfileException {
        return (int) bytes.u32(rows.at(index) + Offsets.DEPENDENCY_HASH_AT);
    }

    boolean isBundled(int index) {
        return (behavior(index) & Offsets.BUNDLED) != 0;
    }

    /** The row of the package chosen for a dependency, or {@link Listing.Edge#UNRESOLVED}. */
    int target(int index) {
        return targets[index];
    }

    /** The edge as package.json has it; empty for what only links the root to its members. */
    Optional<Dependency> edge(int index) throws LockfileException {
        Optional<DependencyKind> kind = kind(behavior(index));
        return kind.isPresent()
                ? Optional.of(new Dependency(alias(index), literal(rows.at(index)), kind.get()))
                : Optional.empty();
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
            return Optional.of((behavior & Offsets.OPTIONAL) != 0 ? DependencyKind.OPTIONAL_PEER : DependencyKind.PEER);
        }
        if ((behavior & Offsets.OPTIONAL) != 0) {
            return Optional.of(DependencyKind.OPTIONAL);
        }
        return (behavior & Offsets.DEV) != 0 ? Optional.of(DependencyKind.DEV) : Optional.empty();
    }
}
