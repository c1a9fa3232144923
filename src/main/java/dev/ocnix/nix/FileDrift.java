package dev.ocnix.nix;

import java.util.Locale;

/**
 * A file of a folder that is not as the tree has it.
 *
 * @param path in the folder, with {@code /}
 */
public record FileDrift(String path, Kind kind) implements Comparable<FileDrift> {
    /** What is wrong with it; in the order in which they are told. */
    public enum Kind {
        /** Left by a merge for a person to decide. */
        CONFLICTED,
        /** Written by us, then changed by somebody else. */
        EDITED,
        /** Not ours, where a file of the tree belongs. */
        FOREIGN,
        /** Not there. */
        MISSING,
        /** Written by us, and the tree does not have it any more. */
        STALE,
        /** As we wrote it, and the tree has another content now. */
        OUTDATED;

        /** The term in files and reports, such as {@code edited}. */
        public String term() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public int compareTo(FileDrift other) {
        int order = kind.compareTo(other.kind);
        return order != 0 ? order : path.compareTo(other.path);
    }
}
