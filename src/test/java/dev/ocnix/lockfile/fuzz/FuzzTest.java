package dev.ocnix.lockfile.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Lockfiles damaged at random: each is read, or refused with one sentence that says where, and nothing else happens.
 * {@code -Docnix.fuzz.inputs=2000000} tries more, {@code -Docnix.fuzz.seed=7} others.
 */
@Timeout(value = 3, unit = java.util.concurrent.TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzTest {
    private static final Path PROJECTS = Path.of(System.getProperty("basedir", ""), "src", "test", "projects");
    private static final int INPUTS = Integer.getInteger("ocnix.fuzz.inputs", 10_000);
    private static final long SEED = Long.getLong("ocnix.fuzz.seed", 42);

    /** Mutants of large files are as good as those of small ones, and slower. */
    private static final int LARGEST_SEED = 48 << 10;

    @Test
    void damagedBinaryFilesAreReadOrRefused() throws IOException {
        Random random = new Random(SEED);
        fuzz(new Fuzzer("bun.lockb", new BinaryMutator(random), random, seeds("bun.lockb")));
    }

    @Test
    void damagedTextFilesAreReadOrRefused() throws IOException {
        Random random = new Random(SEED);
        fuzz(new Fuzzer("bun.lock", new TextMutator(random), random, seeds("bun.lock")));
    }

    private static void fuzz(Fuzzer fuzzer) throws IOException {
        long start = System.nanoTime();
        fuzzer.run(INPUTS);
        System.out.println("ocnix tests: " + fuzzer.figures(System.nanoTime() - start));
        if (Boolean.getBoolean("ocnix.fuzz.outcomes")) {
            fuzzer.outcomes().forEach((outcome, count) -> System.out.println(count + " " + outcome));
        }
        assertTrue(fuzzer.distinctOutcomes() > 40, "hardly anything was refused");
    }

    private static List<byte[]> seeds(String name) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(PROJECTS)) {
            paths.filter(path -> path.endsWith(name)).sorted().forEach(files::add);
        }
        if (Corpus.folder().isPresent()) {
            (name.equals("bun.lock") ? Corpus.text() : Corpus.binary()).forEach(entry -> files.add(entry.lockfile()));
        }
        return files.stream()
                .map(FuzzTest::bytes)
                .filter(bytes -> bytes.length <= LARGEST_SEED)
                .toList();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
