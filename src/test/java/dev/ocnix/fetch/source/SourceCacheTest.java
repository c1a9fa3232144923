package dev.ocnix.fetch.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.SourcePin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCacheTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final SourceIdentity IDENTITY = new SourceIdentity.GitHub("https://github.com", "owner", "repo");

    @TempDir
    Path temporary;

    private Path folder;
    private SourceCache cache;

    @BeforeEach
    void makeProject() throws Exception {
        Path project = Files.createDirectories(temporary.resolve("project/packages/a"));
        Files.write(project.resolve("package.json"), new byte[] {'{', '}', (byte) 0xff, 0});
        Files.writeString(temporary.resolve("project/bun.lock"), "lock");
        folder = temporary.resolve("cache");
        cache = new SourceCache(folder);
    }

    private FetchedSource source() throws Exception {
        SourceTree tree = LocalSource.open(temporary.resolve("project"), Set.of(), TreeLimits.standard());
        SourcePin pin = new SourcePin(IDENTITY, "v1", Optional.of("v1"), COMMIT, tree.narHash(), false);
        return new FetchedSource(pin, tree, new Submodules(new TreeSet<>()), Marks.none(), List.of());
    }

    private Path file() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertEquals(1, all.size(), all.toString());
            return all.get(0);
        }
    }

    @Test
    void whatWasAskedIsAnsweredAgain() throws Exception {
        Sri hash;
        try (FetchedSource source = source()) {
            RecordingFiles recording = new RecordingFiles(source.files());
            recording.read("packages/a/package.json", 100);
            recording.read("bunfig.toml", 100);
            recording.list("packages");
            recording.list("patches");
            hash = recording.narHash("bun.lock").orElseThrow();
            recording.narHash("none");
            cache.store(source, recording);
        }
        Files.delete(temporary.resolve("project/bun.lock"));
        Snapshot snapshot = cache.find(IDENTITY, COMMIT).orElseThrow();
        assertEquals("v1", snapshot.pin("v1").revision());
        assertEquals(Optional.of("v1"), snapshot.pin("v1").tag());
        assertEquals(Optional.empty(), snapshot.pin(COMMIT).tag());
        assertArrayEquals(
                new byte[] {'{', '}', (byte) 0xff, 0},
                snapshot.files().read("packages/a/package.json", 4).orElseThrow());
        assertThrows(OcnixException.class, () -> snapshot.files().read("packages/a/package.json", 3));
        assertEquals(Optional.empty(), snapshot.files().read("bunfig.toml", 100));
        assertEquals(
                List.of("packages/a/package.json"), List.copyOf(snapshot.files().list("packages")));
        assertTrue(snapshot.files().list("patches").isEmpty());
        assertEquals(Optional.of(hash), snapshot.files().narHash("bun.lock"));
        assertEquals(Optional.empty(), snapshot.files().narHash("none"));
    }

    @Test
    void aNewQuestionIsNotAnswered() throws Exception {
        try (FetchedSource source = source()) {
            cache.store(source, new RecordingFiles(source.files()));
        }
        Snapshot snapshot = cache.find(IDENTITY, COMMIT).orElseThrow();
        assertThrows(ReplayedFiles.Unrecorded.class, () -> snapshot.files().read("bun.lock", 100));
        assertThrows(ReplayedFiles.Unrecorded.class, () -> snapshot.files().list(""));
        assertThrows(ReplayedFiles.Unrecorded.class, () -> snapshot.files().narHash("bun.lock"));
    }

    @Test
    void laterRunsAddToEarlierOnes() throws Exception {
        for (String path : new String[] {"bun.lock", "packages/a/package.json"}) {
            try (FetchedSource source = source()) {
                RecordingFiles recording = new RecordingFiles(source.files());
                recording.read(path, 100);
                cache.store(source, recording);
            }
        }
        Snapshot snapshot = cache.find(IDENTITY, COMMIT).orElseThrow();
        assertTrue(snapshot.files().read("bun.lock", 100).isPresent());
        assertTrue(snapshot.files().read("packages/a/package.json", 100).isPresent());
    }

    @Test
    void whatIsTooLargeToRememberIsAskedForAgain() throws Exception {
        try (FetchedSource source = source()) {
            int size = source.files().read("bun.lock", 100).orElseThrow().length;
            RecordingFiles recording = new RecordingFiles(source.files(), size);
            recording.read("bun.lock", 100);
            recording.read("bun.lock", 100);
            assertTrue(recording.read("packages/a/package.json", 100).isPresent());
            recording.read("none", 100);
            cache.store(source, recording);
        }
        Snapshot snapshot = cache.find(IDENTITY, COMMIT).orElseThrow();
        assertTrue(snapshot.files().read("bun.lock", 100).isPresent());
        assertTrue(snapshot.files().read("none", 100).isEmpty());
        assertThrows(ReplayedFiles.Unrecorded.class, () -> snapshot.files().read("packages/a/package.json", 100));
    }

    @Test
    void anotherIdentityOrCommitFindsNothing() throws Exception {
        try (FetchedSource source = source()) {
            cache.store(source, new RecordingFiles(source.files()));
        }
        assertTrue(cache.find(IDENTITY, "f" + COMMIT.substring(1)).isEmpty());
        assertTrue(cache.find(new SourceIdentity.Git("https://github.com/owner/repo"), COMMIT)
                .isEmpty());
        assertTrue(cache.find(new SourceIdentity.GitHub("https://ghe.example.org", "owner", "repo"), COMMIT)
                .isEmpty());
    }

    @Test
    void aDamagedFileCountsAsAbsentAndIsReplaced() throws Exception {
        try (FetchedSource source = source()) {
            RecordingFiles recording = new RecordingFiles(source.files());
            recording.read("bun.lock", 100);
            cache.store(source, recording);
            String whole = Files.readString(file());
            for (String damaged : new String[] {
                "",
                "{}",
                "[]",
                "no json",
                "{\"source\":1,\"digest\":2}",
                whole.substring(0, whole.length() / 2),
                whole.replace("bun.lock", "bun.l0ck"),
                whole.replace("\"digest\":\"sha256-", "\"digest\":\"sha256-A")
            }) {
                Files.writeString(file(), damaged);
                assertTrue(cache.find(IDENTITY, COMMIT).isEmpty(), damaged);
            }
            cache.store(source, recording);
            assertEquals(whole, Files.readString(file()));
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsTold() throws Exception {
        Files.writeString(folder, "a file in its place");
        try (FetchedSource source = source()) {
            OcnixException failure =
                    assertThrows(OcnixException.class, () -> cache.store(source, new RecordingFiles(source.files())));
            assertTrue(failure.getMessage().contains("ocnix.cacheDirectory"));
        }
    }
}
