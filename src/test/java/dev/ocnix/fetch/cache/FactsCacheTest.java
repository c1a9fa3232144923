package dev.ocnix.fetch.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.hash.HashAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsCacheTest {
    @TempDir
    private Path directory;

    private final List<String> warnings = new ArrayList<>();

    private FactsCache open() {
        return new FactsCache(directory, warnings::add);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private int found(String prefix, int count) {
        int found = 0;
        try (FactsCache cache = open()) {
            for (int index = 0; index < count; index++) {
                String name = prefix + index;
                Optional<?> facts = cache.find(Samples.sri(HashAlgorithm.SHA512, name));
                found += facts.isPresent() ? 1 : 0;
                facts.ifPresent(value -> assertEquals(Samples.plain(name), value));
            }
        }
        return found;
    }

    private void fill(String prefix, int count) {
        try (FactsCache cache = open()) {
            for (int index = 0; index < count; index++) {
                cache.put(Optional.empty(), Samples.plain(prefix + index));
            }
        }
    }

    @Test
    void theNextRunFindsTarballsByTheirHashOfAnyAlgorithmAndCheckouts() {
        try (FactsCache cache = open()) {
            cache.put(Optional.of(Samples.sri(HashAlgorithm.SHA1, "r")), Samples.rich("r"));
            cache.putCheckout("github:o/r#0123", Samples.checkout("k"));
        }
        try (FactsCache cache = open()) {
            assertEquals(Optional.of(Samples.rich("r")), cache.find(Samples.sri(HashAlgorithm.SHA512, "r")));
            assertEquals(Optional.of(Samples.rich("r")), cache.find(Samples.sri(HashAlgorithm.SHA1, "r")));
            assertEquals(Optional.empty(), cache.find(Samples.sri(HashAlgorithm.SHA256, "r")));
            assertEquals(Optional.of(Samples.checkout("k")), cache.findCheckout("github:o/r#0123"));
        }
        assertEquals(List.of(), warnings);
    }

    @Test
    void aRunThatIsKilledLosesNothingThatItHasPut() throws Exception {
        FactsCache killed = open();
        for (int index = 0; index < 45; index++) {
            killed.put(Optional.empty(), Samples.plain("k" + index));
        }
        assertEquals(45, found("k", 45));
        Path left = files().get(0);
        byte[] content = Files.readAllBytes(left);
        Files.write(left, java.util.Arrays.copyOf(content, content.length - 10));
        assertEquals(44, found("k", 45), "all but the line that was being written");
    }

    @Test
    void whatKilledRunsLeaveIsMergedWhenItIsOldAndLeftAloneWhileItMayBeWritten() throws Exception {
        FactsCache killed = open();
        killed.put(Optional.empty(), Samples.plain("k0"));
        Path left = files().get(0);
        for (int run = 0; run < 9; run++) {
            fill("r" + run, 1);
        }
        assertTrue(Files.exists(left));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        for (int run = 0; run < 9; run++) {
            fill("s" + run, 1);
        }
        assertFalse(Files.exists(left));
        assertEquals(1, found("k", 1));
    }

    @Test
    void damageCostsOnlyTheLinesThatItHits() throws Exception {
        fill("d", 50);
        Path pack = files().get(0);
        byte[] content = Files.readAllBytes(pack);
        for (int offset = 0; offset < content.length; offset += 7919) {
            content[offset] ^= 1;
        }
        Files.write(pack, content);
        int hits = (content.length + 7918) / 7919;
        assertEquals(50 - hits, found("d", 50));
        Files.write(pack, new byte[] {1, 2, 3});
        assertEquals(0, found("d", 50));
        Files.write(pack, java.util.Arrays.copyOf(content, content.length / 2));
        assertTrue(found("d", 50) < 50);
        assertEquals(List.of(), warnings);
    }

    @Test
    void manyRunsAtOnceLoseNothingAndLeaveFewFiles() throws Exception {
        List<Thread> runs = new ArrayList<>();
        for (int run = 0; run < 12; run++) {
            String prefix = "p" + run + "-";
            Thread thread = new Thread(() -> {
                for (int again = 0; again < 3; again++) {
                    fill(prefix + again + "-", 20);
                }
            });
            thread.start();
            runs.add(thread);
        }
        for (Thread run : runs) {
            run.join();
        }
        for (int run = 0; run < 12; run++) {
            for (int again = 0; again < 3; again++) {
                assertEquals(20, found("p" + run + "-" + again + "-", 20));
            }
        }
        assertTrue(files().size() <= 9, files().toString());
        assertEquals(List.of(), warnings);
    }

    @Test
    void aCacheThatCannotBeWrittenIsOneWarning() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        try (FactsCache cache = new FactsCache(file, warnings::add)) {
            for (int index = 0; index < 450; index++) {
                cache.put(Optional.empty(), Samples.plain("w" + index));
            }
            assertEquals(Optional.of(Samples.plain("w0")), cache.find(Samples.sri(HashAlgorithm.SHA512, "w0")));
        }
        assertEquals(1, warnings.size(), warnings.toString());
    }

    @Test
    void aDroppedEntryIsOneThatTheRunDidNotUse() throws Exception {
        Packs packs = new Packs(directory, 1000);
        for (int run = 0; run < 10; run++) {
            try (Journal journal = packs.open()) {
                journal.append(new CacheLine("key" + run, "v".repeat(200)));
            }
        }
        packs.tidy(List.of("key3"));
        assertEquals(java.util.Set.of("key3"), packs.readAll().keySet());
    }
}
