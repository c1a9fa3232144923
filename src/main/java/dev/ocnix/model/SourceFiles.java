package dev.ocnix.model;

import dev.ocnix.hash.Sri;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The files of a source tree, as its fetcher will deliver them. Paths are relative, with {@code /}, without {@code .} and
 * {@code ..}; links are not followed.
 */
public interface SourceFiles {
    /**
     * The content of a regular file.
     *
     * @return empty if there is none of that path
     * @throws OcnixException if it is larger than {@code maxBytes}, or cannot be read
     */
    Optional<byte[]> read(String path, int maxBytes) throws OcnixException;

    /** The paths of all regular files below a folder, at any depth; empty if there is no such folder. */
    SortedSet<String> list(String folder) throws OcnixException;

    /**
     * sha256 of the NAR of a file, a link or a folder.
     *
     * @return empty if nothing is there
     */
    Optional<Sri> narHash(String path) throws OcnixException;

    /** The first bytes of a regular file; empty if there is none of that path. */
    Optional<byte[]> head(String path, int bytes) throws OcnixException;

    /** Shows the regular files below a folder, in order, by their paths in it. The verdict is left to the caller. */
    void visit(String folder, PackageVisitor visitor) throws OcnixException;

    /** No files at all. */
    static SourceFiles none() {
        return new SourceFiles() {
            @Override
            public Optional<byte[]> read(String path, int maxBytes) {
                return Optional.empty();
            }

            @Override
            public SortedSet<String> list(String folder) {
                return new TreeSet<>();
            }

            @Override
            public Optional<Sri> narHash(String path) {
                return Optional.empty();
            }

            @Override
            public Optional<byte[]> head(String path, int bytes) {
                return Optional.empty();
            }

            @Override
            public void visit(String folder, PackageVisitor visitor) {}
        };
    }
}
