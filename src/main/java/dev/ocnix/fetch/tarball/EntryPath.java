package dev.ocnix.fetch.tarball;

import dev.ocnix.model.Visible;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where an entry of a tarball lands in the package's folder. */
final class EntryPath {
    private static final int MAX_LENGTH = 4096;

    private EntryPath() {}

    /**
     * Drops the first component, whatever it is: {@code .} and the empty one of an absolute path count. Further {@code .} and
     * empty components vanish.
     *
     * @return empty if nothing is left
     * @throws IOException if the path has a {@code ..} or is too long
     */
    static Optional<String> inPackage(String entry) throws IOException {
        if (entry.length() > MAX_LENGTH) {
            throw new IOException("an entry has a path of " + entry.length() + " characters");
        }
        if (entry.indexOf('\0') >= 0) {
            throw new IOException("its entry " + printable(entry) + " has a NUL in its path");
        }
        String[] components = entry.split("/", -1);
        List<String> kept = new ArrayList<>();
        for (int i = 0; components.length > 1 && i < components.length; i++) {
            if (components[i].equals("..")) {
                throw new IOException("its entry " + printable(entry) + " has \"..\" in its path");
            }
            if (i > 0 && !components[i].isEmpty() && !components[i].equals(".")) {
                kept.add(components[i]);
            }
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(String.join("/", kept));
    }

    static String printable(String path) {
        return Visible.quoted(path, 200);
    }
}
