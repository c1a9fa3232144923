package dev.ocnix.fetch.cache;

import dev.ocnix.disk.OwnFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The cache's files. A pack is complete and never changed again; a journal belongs to the one process that still appends to it,
 * or that was killed. So any number of processes may read and write; from time to time one of them replaces many packs by one.
 */
final class Packs {
    private static final String SUFFIX = ".pack";
    private static final String JOURNAL = ".journal";
    private static final int MANY = 8;
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path directory;
    private final long maxBytes;

    /**
     * @param maxBytes above which a merge drops what this run did not use
     */
    Packs(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    /**
     * All entries of all packs, and of journals as far as they are written. A pack that vanishes meanwhile was merged into one
     * that is read or was written since.
     */
    Map<String, String> readAll() throws IOException {
        Map<String, String> entries = new TreeMap<>();
        for (Path journal : list(JOURNAL)) {
            read(journal, entries);
        }
        for (Path pack : list(SUFFIX)) {
            read(pack, entries);
        }
        return entries;
    }

    /** A journal of this process's own. */
    Journal open() throws IOException {
        Files.createDirectories(directory);
        String name = UUID.randomUUID().toString();
        return new Journal(directory.resolve(name + JOURNAL), directory.resolve(name + SUFFIX));
    }

    private void read(Path pack, Map<String, String> into) throws IOException {
        try {
            if (Files.size(pack) > 2 * maxBytes) {
                return;
            }
            String content = new String(Files.readAllBytes(pack), StandardCharsets.UTF_8);
            content.lines()
                    .forEach(line -> CacheLine.parse(line).ifPresent(entry -> into.put(entry.key(), entry.value())));
        } catch (NoSuchFileException e) {
            // merged by another process
        }
    }

    private void add(Map<String, String> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        StringBuilder content = new StringBuilder();
        entries.forEach((key, value) ->
                content.append(new CacheLine(key, value).print()).append('\n'));
        OwnFile.write(
                directory.resolve(UUID.randomUUID() + SUFFIX),
                content.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces many packs by one, and removes what a killed process left. */
    void tidy(Collection<String> used) throws IOException {
        for (Path left : list(OwnFile.UNFINISHED)) {
            if (isAbandoned(left)) {
                Files.deleteIfExists(left);
            }
        }
        List<Path> packs = list(SUFFIX);
        for (Path journal : list(JOURNAL)) {
            if (isAbandoned(journal)) {
                packs.add(journal);
            }
        }
        if (packs.size() <= MANY) {
            return;
        }
        Map<String, String> entries = new TreeMap<>();
        for (Path pack : packs) {
            read(pack, entries);
        }
        if (entries.values().stream().mapToLong(String::length).sum() > maxBytes) {
            entries.keySet().retainAll(used);
        }
        add(entries);
        for (Path pack : packs) {
            Files.deleteIfExists(pack);
        }
    }

    /** Whether nobody has written to a file for so long that its writer must have been killed. */
    private static boolean isAbandoned(Path unfinished) throws IOException {
        try {
            FileTime limit = FileTime.from(Instant.now().minus(ABANDONED));
            return Files.getLastModifiedTime(unfinished).compareTo(limit) < 0;
        } catch (NoSuchFileException e) {
            // finished by another process
            return false;
        }
    }

    private List<Path> list(String suffix) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*" + suffix)) {
                stream.forEach(files::add);
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        files.sort(null);
        return files;
    }
}
