package dev.ocnix.nix;

import dev.ocnix.disk.OwnFile;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Record of the run that writes to a folder, on this machine and out of reach of what the folder's owner commits: a nonce, which
 * stands in the folder too, and the paths that are about to be moved.
 */
final class RunRecord {
    private static final int MAX_BYTES = 64 << 20;
    private static final String NEW = "+";
    private static final String OLD = "-";

    private final Path file;

    private RunRecord(Path file) {
        this.file = file;
    }

    /**
     * The record of a folder.
     *
     * @param records a folder of the machine's cache
     */
    static RunRecord of(Path records, Path folder) throws IOException {
        byte[] place = folder.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
        return new RunRecord(
                records.resolve(Sri.ofContent(HashAlgorithm.SHA256, place).hex()));
    }

    /**
     * Paths of files that a run moves.
     *
     * @param created where nothing stood before
     * @param replaced whose old files are kept until all is done
     */
    record Moves(List<String> created, List<String> replaced) {
        Moves {
            created = List.copyOf(created);
            replaced = List.copyOf(replaced);
        }

        static Moves none() {
            return new Moves(List.of(), List.of());
        }
    }

    /** Remembers a run, and what it is about to move. */
    void write(String nonce, Moves moves) throws IOException {
        StringBuilder text = new StringBuilder(nonce).append('\n');
        moves.created().forEach(path -> text.append(NEW).append(path).append('\n'));
        moves.replaced().forEach(path -> text.append(OLD).append(path).append('\n'));
        OwnFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What the run of this nonce was about to move; empty if this machine knows of no such run. */
    Optional<Moves> find(String nonce) throws IOException {
        if (!OwnFile.isRegular(file) || Files.size(file) > MAX_BYTES) {
            return Optional.empty();
        }
        List<String> lines = Files.readString(file).lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(nonce)) {
            return Optional.empty();
        }
        List<String> created = new ArrayList<>();
        List<String> replaced = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            (line.startsWith(NEW) ? created : replaced).add(line.substring(1));
        }
        return Optional.of(new Moves(created, replaced));
    }

    void remove() throws IOException {
        if (OwnFile.exists(file)) {
            Files.delete(file);
        }
    }
}
