package dev.ocnix.lockfile;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Placement;
import java.util.Optional;

/**
 * Bounds what the edges of a lockfile can grow to. A package that stands in many places has its dependencies in each of
 * them, so a small file can mean very many edges.
 */
public final class EdgeBudget {
    /** Characters of all edges written out; projects with ten thousand packages stay below a fifth of it. */
    static final long MAX_CHARACTERS = 64L << 20;

    private EdgeBudget() {}

    /**
     * Counts; of too many edges only the first are walked.
     *
     * @throws LockfileException if the edges of all places, each written out, are too many
     */
    public static void verify(String fileName, LockfileAssembler lockfile) throws LockfileException {
        long characters = 0;
        for (Placement placement : lockfile.placements()) {
            Optional<LockedPackage> entry = lockfile.find(placement.id());
            if (entry.isEmpty()) {
                continue;
            }
            int length = placement.key().length() + 1;
            for (Dependency edge : entry.get().dependencies()) {
                characters += length + edge.alias().length();
            }
            if (characters > MAX_CHARACTERS) {
                throw LockfileException.at(
                        fileName,
                        entry.get().place().toString(),
                        "the packages stand in so many places, with so many dependencies each, that their edges are"
                                + " more than " + MAX_CHARACTERS + " characters",
                        LockfileException.RELOCK);
            }
        }
    }
}
