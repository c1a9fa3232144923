package dev.ocnix.pipeline;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.nix.MergeConflict;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the lockfile of a source. */
final class LockfileLocator {
    /** Lockfiles of other package managers. */
    private static final List<String> OTHERS = List.of("package-lock.json", "yarn.lock", "pnpm-lock.yaml");

    private final SourceFiles files;
    private final Listener listener;

    LockfileLocator(SourceFiles files, Listener listener) {
        this.files = files;
        this.listener = listener;
    }

    /** A lockfile's path in the source and its bytes. */
    record Located(String path, byte[] content) {
        /** The folder that the lockfile's own paths are relative to: empty, or with a trailing slash. */
        String folder() {
            return path.substring(0, path.lastIndexOf('/') + 1);
        }

        /** sha256 in hexadecimal; of a text lockfile without its carriage returns, which a checkout may add. */
        String sha256(LockfileKind kind) {
            byte[] digested = kind == LockfileKind.BINARY ? content : withoutReturns(content);
            return Sri.ofContent(HashAlgorithm.SHA256, digested).hex();
        }

        private static byte[] withoutReturns(byte[] text) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
            for (byte one : text) {
                if (one != '\r') {
                    out.write(one);
                }
            }
            return out.toByteArray();
        }
    }

    /**
     * The file that the user names, else {@code bun.lock}, else {@code bun.lockb}, as Bun prefers them.
     *
     * @throws OcnixException if there is none
     */
    Located locate(Optional<String> given) throws OcnixException {
        Located located = given.isPresent() ? named(given.get()) : found();
        if (MergeConflict.isIn(located.content())) {
            throw OcnixException.input("The lockfile " + located.path()
                    + " holds a merge conflict; take either side, run `bun install`, and commit the result.");
        }
        return located;
    }

    private Located named(String path) throws OcnixException {
        return files.read(path, LockfileReader.MAX_BYTES)
                .map(content -> new Located(path, content))
                .orElseThrow(() -> OcnixException.input("The source has no lockfile " + path
                        + "; correct ocnix.lockfile, which is a path in the source." + elsewhere()));
    }

    private Located found() throws OcnixException {
        Optional<byte[]> text = files.read(LockfileKind.TEXT.fileName(), LockfileReader.MAX_BYTES);
        Optional<byte[]> binary = files.read(LockfileKind.BINARY.fileName(), LockfileReader.MAX_BYTES);
        if (text.isPresent() && binary.isPresent()) {
            listener.info("The source has bun.lock and bun.lockb; bun.lock wins, as in Bun.");
        }
        if (text.isPresent()) {
            return new Located(LockfileKind.TEXT.fileName(), text.get());
        }
        return binary.map(content -> new Located(LockfileKind.BINARY.fileName(), content))
                .orElseThrow(() -> OcnixException.input("The source has neither bun.lock nor bun.lockb at its top;"
                        + " run `bun install` there and commit the lockfile, or name its path with ocnix.lockfile."
                        + elsewhere()));
    }

    private String elsewhere() {
        try {
            for (String other : OTHERS) {
                if (files.read(other, LockfileReader.MAX_BYTES).isPresent()) {
                    return " There is a " + other + ", which `bun install` migrates.";
                }
            }
            List<String> others = files.list("").stream()
                    .filter(LockfileLocator::isLockfile)
                    .limit(3)
                    .toList();
            return others.isEmpty() ? "" : " There is " + String.join(", ", others) + ".";
        } catch (OcnixException e) {
            return "";
        }
    }

    private static boolean isLockfile(String path) {
        return Stream.of(LockfileKind.values())
                .anyMatch(kind -> path.equals(kind.fileName()) || path.endsWith("/" + kind.fileName()));
    }
}
