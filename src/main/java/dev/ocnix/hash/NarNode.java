package dev.ocnix.hash;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.SortedMap;

/** A file tree as Nix sees it: contents, links, and one executable bit. */
public sealed interface NarNode {
    /**
     * A regular file.
     *
     * @param executable whether its owner may execute it
     * @param size in bytes
     */
    record Regular(boolean executable, long size, Content content) implements NarNode {}

    /** A symbolic link. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Symlink(byte[] target) implements NarNode {
        public Symlink {
            target = target.clone();
        }

        @Override
        public byte[] target() {
            return target.clone();
        }
    }

    /** A folder; the map is kept, not copied, so whoever builds a tree can still add to it. */
    record Directory(SortedMap<ByteName, NarNode> children) implements NarNode {
        public Directory {
            children = Collections.unmodifiableSortedMap(children);
        }
    }

    /** Content that can be read more than once. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }
}
