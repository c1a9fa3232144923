package dev.ocnix.fetch.tarball;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Paths that an archive has used, so that none is a file and a folder: programs disagree on which of the two stays. A path is kept
 * as a number of 64 bits; two that share one would only be refused.
 */
final class Places {
    private static final int MAX_FOLDERS = 200_000;
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final Set<Long> files = new HashSet<>();
    private final Set<Long> folders = new HashSet<>();

    /**
     * Takes the path of an entry in the package.
     *
     * @throws IOException if it, or a path above it, was something else before
     */
    void take(String path, boolean isFile) throws IOException {
        long number = BASIS;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '/') {
                enter(number, path);
            }
            number = (number ^ c) * PRIME;
        }
        if (!isFile) {
            enter(number, path);
        } else if (folders.contains(number)) {
            throw contradiction(path);
        } else {
            files.add(number);
        }
    }

    private void enter(long folder, String path) throws IOException {
        if (files.contains(folder)) {
            throw contradiction(path);
        }
        if (folders.add(folder) && folders.size() > MAX_FOLDERS) {
            throw new IOException("it has more than " + MAX_FOLDERS + " folders");
        }
    }

    private static IOException contradiction(String path) {
        return new IOException("its entry " + EntryPath.printable(path) + " makes a file and a folder of one name");
    }
}
