package dev.ocnix.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Real lockfiles with what Bun makes of them, in a folder that the property {@code ocnix.corpus} names. */
public final class Corpus {
    private Corpus() {}

    /** The folder, when the property names one of the right shape. */
    public static Optional<Path> folder() {
        return Tool.folder("ocnix.corpus", "").filter(folder -> Files.isRegularFile(folder.resolve("index.tsv")));
    }

    /** All folders with a text {@code bun.lock}, sorted by name. */
    public static List<Entry> text() {
        return entries("text", "bun.lock");
    }

    /** All folders with a binary {@code bun.lockb}, sorted by name. */
    public static List<Entry> binary() {
        return entries("lockb", "bun.lockb");
    }

    /** Both kinds, texts first. */
    public static List<Entry> all() {
        return Stream.concat(text().stream(), binary().stream()).toList();
    }

    /** Both kinds, without those that Bun refuses. */
    public static List<Entry> readable() {
        return all().stream().filter(entry -> !entry.isRefused()).toList();
    }

    /** Binary lockfiles of whose pairs of name and version Bun's translation dropped none. */
    public static List<Entry> completelyTranslated() {
        try (Stream<String> lines =
                Files.lines(folder().orElseThrow().resolve("lockb").resolve("index.tsv"))) {
            Set<String> complete = lines.map(line -> line.split("\t", -1))
                    .filter(cells -> cells[cells.length - 1].equals("0"))
                    .map(cells -> cells[0])
                    .collect(Collectors.toSet());
            return binary().stream()
                    .filter(entry -> complete.contains(entry.toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One entry, such as {@code text/openchamber__v1.9.6}. */
    public static Entry entry(String path) {
        Path folder = folder().orElseThrow().resolve(path);
        String lockfile = path.startsWith("text/") ? "bun.lock" : "bun.lockb";
        return new Entry(folder, folder.resolve(lockfile));
    }

    private static List<Entry> entries(String kind, String lockfile) {
        try (Stream<Path> folders = Files.list(folder().orElseThrow().resolve(kind))) {
            return folders.map(folder -> new Entry(folder, folder.resolve(lockfile)))
                    .filter(entry -> Files.isRegularFile(entry.lockfile()))
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One lockfile of the corpus. */
    public record Entry(Path folder, Path lockfile) {
        /** What Bun makes of it, such as {@code expected.yarn}; unpacked where the corpus keeps it packed. */
        public Optional<byte[]> expected(String name) {
            try {
                Path plain = folder.resolve(name);
                if (Files.exists(plain)) {
                    return Optional.of(Files.readAllBytes(plain));
                }
                Path packed = folder.resolve(name + ".gz");
                if (!Files.exists(packed)) {
                    return Optional.empty();
                }
                try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(packed)))) {
                    return Optional.of(unpacked.readAllBytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Whether Bun refuses it. */
        public boolean isRefused() {
            return expected("expected.error.txt").isPresent();
        }

        @Override
        public String toString() {
            return folder.getFileName().toString();
        }
    }
}
