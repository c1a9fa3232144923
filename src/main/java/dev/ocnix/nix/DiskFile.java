package dev.ocnix.nix;

import dev.ocnix.disk.OwnFile;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A place of the tree on disk, as it is: no link is followed on the way to it. */
final class DiskFile {
    private static final long MAX_CONFLICT = 64 << 20;

    private final Path file;

    private DiskFile(Path file) {
        this.file = file;
    }

    /**
     * The place of {@code path} in the folder.
     *
     * @throws OcnixException if a folder stands there, or the way to it leads over a link or through a file
     */
    static DiskFile of(Path folder, String path) throws OcnixException {
        Path file = folder;
        String[] segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            file = file.resolve(segments[i]);
            boolean last = i == segments.length - 1;
            if (!last && OwnFile.exists(file) && !OwnFile.isFolder(file)) {
                throw OcnixException.input(
                        file + " is a file or a link where ocnix needs a folder; move it away, or choose another"
                                + " ocnix.outputDirectory.");
            }
            if (last && OwnFile.isFolder(file)) {
                throw OcnixException.input(
                        file + " is a folder where ocnix needs a file; move it away, or choose another"
                                + " ocnix.outputDirectory.");
            }
        }
        return new DiskFile(file);
    }

    boolean exists() {
        return OwnFile.exists(file);
    }

    boolean holds(FileContent content) throws IOException {
        return isRegular() && Files.size(file) == content.size() && content.isExactly(Files.readAllBytes(file));
    }

    /** Whether its sha256, in hexadecimal, is the given one; never of a link. */
    boolean hasDigest(String sha256) throws IOException {
        if (!isRegular()) {
            return false;
        }
        MessageDigest digest = HashAlgorithm.SHA256.newDigest();
        try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
            stream.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest()).equals(sha256);
    }

    /** Whether a merge left it for a person to decide. */
    boolean isConflicted() throws IOException {
        return isRegular() && Files.size(file) <= MAX_CONFLICT && MergeConflict.isIn(Files.readAllBytes(file));
    }

    private boolean isRegular() {
        return OwnFile.isRegular(file);
    }
}
