package dev.ocnix.fetch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that appear whole or not at all, whoever else reads and writes beside. */
public final class WholeFile {
    /** How the names of those end that are being written, or that a killed process left. */
    public static final String UNFINISHED = ".tmp";

    private WholeFile() {}

    /**
     * Writes a file beside its place, then moves it there; makes the folder if need be.
     *
     * @throws IOException if it cannot be written; nothing is left then
     */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, out -> out.write(content));
    }

    /**
     * Likewise, for content that need not be in memory. A file that has this content already is left alone.
     *
     * @throws IOException if it cannot be written or made; nothing is left then
     */
    public static void write(Path file, Content content) throws IOException {
        Files.createDirectories(requireNonNull(file.toAbsolutePath().getParent()));
        Path beside = file.resolveSibling(UUID.randomUUID() + UNFINISHED);
        try {
            try (OutputStream out = Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW)) {
                content.writeTo(out);
            }
            if (!Files.isRegularFile(file) || Files.mismatch(beside, file) >= 0) {
                move(beside, file);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** What a file shall hold. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it. */
        void writeTo(OutputStream out) throws IOException;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
