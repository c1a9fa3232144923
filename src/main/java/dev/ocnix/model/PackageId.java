package dev.ocnix.model;

import java.util.Comparator;

/**
 * What identifies a locked package: its real name (never an alias) and the text of its resolution, written
 * {@code name@resolution} as in bun.lock and as in the keys of the generated tree.
 */
public record PackageId(String name, String resolution) implements Comparable<PackageId> {
    private static final Comparator<PackageId> ORDER =
            Comparator.comparing(PackageId::name).thenComparing(PackageId::resolution);

    /** The name without its scope. */
    public String unscopedName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(PackageId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name + "@" + resolution;
    }
}
