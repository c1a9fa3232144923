package dev.ocnix.lockfile;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PlacementKey;

/**
 * Bounds what the edges of a lockfile can grow to. A package that stands in many places has its dependencies in each of
 * them, so a small file can mean very many edges.
 */
final class EdgeBudget {
    /** Characters of all edges written out; projects with ten thousand packages stay far below it. */
    static final long MAX_CHARACTERS = 32L << 20;

    private final String fileName;
    private long characters;

    EdgeBudget(String fileName) {
        this.fileName = fileName;
    }

    /**
     * Counts the edges of a package at one more place.
     *
     * @throws LockfileException if the edges of all places, each written out, are too many
     */
    void spend(PlacementKey key, LockedPackage entry) throws LockfileException {
        int length = key.length() + 1;
        for (Dependency edge : entry.dependencies()) {
            characters += length + edge.alias().length();
        }
        if (characters > MAX_CHARACTERS) {
            throw LockfileException.at(
                    fileName,
                    entry.place().toString(),
                    "the packages stand in so many places, with so many dependencies each, that their edges are"
                            + " more than " + MAX_CHARACTERS + " characters",
                    LockfileException.RELOCK);
        }
    }
}
