package dev.ocnix.model;

import java.io.IOException;
import java.io.InputStream;

/** Looks into a package while it streams by; one visitor per package. */
public interface PackageVisitor {
    /**
     * One regular file. Whatever part of {@code content} is left unread is skipped by the caller.
     *
     * @param path relative to the package's folder, without {@code .} and {@code ..}
     * @param executable whether any execute bit is set
     * @param size in bytes, as declared; the stream never gives more
     */
    void file(String path, boolean executable, long size, InputStream content) throws IOException;

    /**
     * The verdict, after the last file.
     *
     * @throws UnjudgedException if the package cannot be judged
     */
    AddonFacts finish(PackageManifest manifest);

    /** Makes the visitor of one package. */
    interface Factory {
        PackageVisitor open(PackageId id);
    }
}
