package dev.ocnix.fetch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        Files.createDirectories(requireNonNull(file.toAbsolutePath().getParent()));
        Path beside = file.resolveSibling(UUID.randomUUID() + UNFINISHED);
        try {
            Files.write(beside, content);
            move(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
