package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by way of a committed folder in which a run keeps its files, and of a committed list of the tree's files. */
class PlantedStagingTest {
    @TempDir
    Path temp;

    private Path folder;
    private Path cache;
    private Path outside;

    @BeforeEach
    void open() throws Exception {
        folder = temp.resolve("project");
        cache = temp.resolve("cache");
        outside = Files.createDirectories(temp.resolve("outside"));
        Files.writeString(outside.resolve("keys"), "ssh-ed25519 AAAA");
        new TreeWriter(folder, false, cache).write(SampleTree.small().tree());
        put(".git/config", "[core]\n");
        put("flake.lock", "{}");
        put("notes.txt", "mine");
    }

    private void put(String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), text);
    }

    /** Everything below the temporary folder but the cache: links by their text, files by content and time. */
    private SortedMap<String, String> everything() throws IOException {
        SortedMap<String, String> all = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(temp)) {
            for (Path path : walk.filter(path -> !path.startsWith(cache)).toList()) {
                String content = "other";
                if (Files.isSymbolicLink(path)) {
                    content = "-> " + Files.readSymbolicLink(path);
                } else if (Files.isRegularFile(path)) {
                    content = Files.getLastModifiedTime(path) + " " + Files.readString(path);
                }
                all.put(temp.relativize(path).toString(), content);
            }
        }
        return all;
    }

    /** Both the start of a run and its writing refuse in one sentence that names the place, and touch nothing. */
    private void assertRefused() throws Exception {
        SampleTree other = SampleTree.small();
        other.options.put("ocnix.prefetch", "missing");
        NixTree tree = other.tree();
        SortedMap<String, String> before = everything();
        for (boolean mends : new boolean[] {true, false}) {
            TreeWriter writer = new TreeWriter(folder, !mends, cache);
            OcnixException e = assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThrows(OcnixException.class, () -> {
                        if (mends) {
                            writer.mend();
                        } else {
                            writer.write(tree);
                        }
                    }));
            assertEquals(1, e.problems().size(), e::getMessage);
            assertTrue(
                    e.getMessage().contains(".ocnix-writing") && e.getMessage().contains("; "), e::getMessage);
        }
        assertEquals(before, everything());
    }

    /** A place in the folder of a killed run where nothing stands; but for it there is a lock. */
    private Path vacant(String name) throws IOException {
        put(".ocnix-writing/lock", "");
        Path place = folder.resolve(".ocnix-writing").resolve(name);
        Files.deleteIfExists(place);
        return place;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flake.lock",
                "notes.txt",
                ".git/config",
                "flake.nix",
                "../outside/keys",
            })
    void aListOfMovesDeletesNothing(String path) throws Exception {
        put(".ocnix-writing/moves", path + "\n");
        assertRefused();
        put(".ocnix-writing/lock", "");
        put(".ocnix-writing/run", "0a1b2c3d");
        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"old/.git/hooks/pre-commit", "old/evil.nix", "old/flake.nix", "new/lib/evil.nix", "old/a/b"})
    void filesOfAStrangerAreNotPutBack(String path) throws Exception {
        put(".ocnix-writing/" + path, "#!/bin/sh\necho PWNED\n");
        put(".ocnix-writing/lock", "");
        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "run", "new", "old", "moves", "else"})
    void aLinkInTheFolderIsNotFollowed(String name) throws Exception {
        Files.createSymbolicLink(
                vacant(name), name.equals("new") || name.equals("old") ? outside : outside.resolve("keys"));
        assertRefused();
    }

    @Test
    void aLinkToNothingMakesNothing() throws Exception {
        Files.createSymbolicLink(vacant("lock"), outside.resolve("planted"));
        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLinkInPlaceOfTheFolderIsNotFollowed(boolean dangling) throws Exception {
        Files.createSymbolicLink(folder.resolve(".ocnix-writing"), dangling ? outside.resolve("nothing") : outside);
        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "run"})
    void aPipeHangsNobody(String name) throws Exception {
        Command.of("mkfifo", vacant(name).toString()).runOrFail();
        assertRefused();
    }

    @Test
    void aSecondNameOfAFileElsewhereIsNoLock() throws Exception {
        Files.createLink(vacant("lock"), outside.resolve("keys"));
        assertRefused();
    }

    @Test
    void aRecordOfAnotherFolderDoesNotCount() throws Exception {
        Path other = Files.createDirectories(temp.resolve("other"));
        RunRecord.of(cache.resolve("runs"), other)
                .write("known", new RunRecord.Moves(List.of("notes.txt"), List.of("flake.lock")));
        put(".ocnix-writing/lock", "");
        put(".ocnix-writing/run", "known");
        put(".ocnix-writing/old/flake.lock", "evil");
        assertRefused();
    }

    @Test
    void linksAmongWhatIsPutBackAreNotFollowed() throws Exception {
        RunRecord.of(cache.resolve("runs"), folder)
                .write("known", new RunRecord.Moves(List.of("lib/keys"), List.of("patches/keys")));
        put(".ocnix-writing/lock", "");
        put(".ocnix-writing/run", "known");
        Files.createDirectories(folder.resolve(".ocnix-writing/new"));
        Files.createDirectories(folder.resolve(".ocnix-writing/old"));
        Files.createSymbolicLink(folder.resolve(".ocnix-writing/old/patches"), outside);
        assertThrows(OcnixException.class, () -> new TreeWriter(folder, false, cache).mend());
        assertEquals("ssh-ed25519 AAAA", Files.readString(outside.resolve("keys")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git/config",
                ".GIT/config",
                "a/.git/hooks/pre-commit",
                ".git\\u200c/config",
                "git~1/config",
                ".git. /config",
                ".git::$INDEX_ALLOCATION/config",
                ".ocnix-writing/lock",
                ".Ocnix-Writing/old/a",
            })
    void aListThatNamesFilesOfGitOrOfARunIsRefused(String path) throws Exception {
        String digest = FileContent.of("[core]\n").sha256();
        put("ocnix.json", "{ \"schema\": 1, \"files\": { \"%s\": \"%s\" } }".formatted(path, digest));
        SortedMap<String, String> before = everything();
        OcnixException e = assertThrows(
                OcnixException.class,
                () -> new TreeWriter(folder, true, cache)
                        .write(SampleTree.small().tree()));
        assertTrue(e.getMessage().contains("ocnix.json") && e.getMessage().contains("; "), e::getMessage);
        assertEquals(before, everything());
    }
}
