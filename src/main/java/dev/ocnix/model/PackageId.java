package dev.ocnix.model;

/**
 * What identifies a locked package: its real name (never an alias) and the text of its resolution, written
 * {@code name@resolution} as in bun.lock and as in the keys of the generated tree.
 */
public record PackageId(String name, String resolution) implements Comparable<PackageId> {
    /** 2^32 divided by the golden ratio: numbers in names and in versions shall not make up for each other. */
    private static final int SPREAD = 0x9E37_79B1;

    /** The name without its scope. */
    public String unscopedName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    // the key of large maps: what a record does by itself, but without the time a record takes to get ready
    @Override
    public boolean equals(Object other) {
        return other instanceof PackageId id && name.equals(id.name) && resolution.equals(id.resolution);
    }

    @Override
    public int hashCode() {
        return SPREAD * name.hashCode() + resolution.hashCode();
    }

    @Override
    public int compareTo(PackageId other) {
        int order = name.compareTo(other.name);
        return order != 0 ? order : resolution.compareTo(other.resolution);
    }

    @Override
    public String toString() {
        return name + "@" + resolution;
    }
}
