package dev.ocnix.lockfile;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounds what the edges of a lockfile can grow to. A package that stands in many places has its dependencies in each of
 * them, so a small file can mean very many edges.
 */
public final class EdgeBudget {
    /** Characters of all edges written out; projects with ten thousand packages stay below a fifth of it. */
    static final long MAX_CHARACTERS = 64L << 20;

    private EdgeBudget() {}

    /**
     * Counts, without walking any edge.
     *
     * @throws LockfileException if the edges of all places, each written out, are too many
     */
    public static void verify(String fileName, LockfileAssembler lockfile) throws LockfileException {
        Map<PackageId, Long> aliases = new HashMap<>();
        long characters = 0;
        for (Placement placement : lockfile.placements()) {
            List<Dependency> edges = lockfile.find(placement.id())
                    .map(LockedPackage::dependencies)
                    .orElse(List.of());
            long ofAliases = aliases.computeIfAbsent(placement.id(), id -> length(edges));
            characters +=
                    ofAliases + (long) edges.size() * placement.key().toString().length();
            if (characters > MAX_CHARACTERS) {
                throw LockfileException.of(
                        fileName,
                        "the packages stand in so many places, with so many dependencies each, that their edges are"
                                + " more than " + MAX_CHARACTERS + " characters",
                        LockfileException.RELOCK);
            }
        }
    }

    private static long length(List<Dependency> edges) {
        return edges.stream().mapToLong(edge -> edge.alias().length() + 1L).sum();
    }
}
