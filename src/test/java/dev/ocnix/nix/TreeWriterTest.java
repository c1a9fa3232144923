package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeWriterTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path temp;

    private Path folder;
    private Path cache;

    @BeforeEach
    void folder() {
        folder = temp.resolve("a/nix");
        cache = temp.resolve("cache");
    }

    @Test
    void aTreeIsWrittenIntoAFolderThatDoesNotExist() throws Exception {
        NixTree tree = tree();
        TreeWriter.Changes changes = write(tree);
        assertEquals(List.copyOf(tree.files().keySet()), changes.written());
        assertEquals(tree.files(), onDisk());
    }

    @Test
    void theSameTreeAgainTouchesNothing() throws Exception {
        write(tree());
        Path file = folder.resolve("layout.nix");
        Files.setLastModifiedTime(file, LONG_AGO);
        FileTime before = Files.getLastModifiedTime(folder);
        assertTrue(write(tree()).isEmpty());
        assertEquals(LONG_AGO, Files.getLastModifiedTime(file));
        assertEquals(before, Files.getLastModifiedTime(folder));
    }

    @Test
    void onlyFilesThatDifferAreReplaced() throws Exception {
        write(tree());
        Files.setLastModifiedTime(folder.resolve("layout.nix"), LONG_AGO);
        SampleTree other = SampleTree.small();
        other.options.put("ocnix.prefetch", "missing");
        assertEquals(List.of("ocnix.json"), write(other.tree()).written());
        assertEquals(LONG_AGO, Files.getLastModifiedTime(folder.resolve("layout.nix")));
    }

    @Test
    void filesThatTheNewTreeLacksAreDeletedAndTheUsersStay() throws Exception {
        write(tree());
        Files.writeString(folder.resolve("flake.lock"), "{}");
        Files.writeString(folder.resolve("mine.nix"), "1");
        SampleTree other = SampleTree.small();
        other.patches.clear();
        TreeWriter.Changes changes = write(other.tree());
        assertEquals(List.of("patches/debug-4.0.0.patch"), changes.deleted());
        assertFalse(Files.exists(folder.resolve("patches")));
        assertEquals("{}", Files.readString(folder.resolve("flake.lock")));
        assertEquals("1", Files.readString(folder.resolve("mine.nix")));
    }

    @Test
    void twoRunsAtOnceLeaveTheTreeOfOneOfThem() throws Exception {
        SampleTree other = SampleTree.small();
        other.application = application("other");
        other.patches.clear();
        other.options.put("ocnix.prefetch", "missing");
        List<NixTree> trees = List.of(tree(), other.tree());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 40; round++) {
                List<Callable<Boolean>> runs = new ArrayList<>();
                trees.forEach(tree -> runs.add(() -> isWritten(tree)));
                int written = 0;
                for (Future<Boolean> run : threads.invokeAll(runs)) {
                    written += run.get() ? 1 : 0;
                }
                assertTrue(written > 0);
                SortedMap<String, FileContent> result = onDisk();
                assertTrue(trees.stream().anyMatch(tree -> tree.files().equals(result)), "round " + round);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean isWritten(NixTree tree) {
        try {
            new TreeWriter(folder, true, cache).write(tree);
            return true;
        } catch (OcnixException e) {
            return false;
        }
    }

    /** Stops a run after some of its moves, as a kill would, by copying the folder when it is there. */
    @Test
    void whatAKilledRunHadTakenAwayIsPutBack() throws Exception {
        write(tree());
        Files.writeString(folder.resolve("notes.txt"), "mine");
        SortedMap<String, FileContent> before = onDisk();
        SampleTree other = SampleTree.small();
        other.patches.clear();
        other.application = application("other");
        List<String> moved =
                List.of("flake.nix", "ocnix.json", "patches/debug-4.0.0.patch", "brand/new.nix", "later.nix");
        Path staging = folder.resolve(".ocnix-writing");
        for (int moves = 0; moves <= moved.size(); moves++) {
            for (String path : moved) {
                Files.createDirectories(staging.resolve("new").resolve(path).getParent());
                Files.writeString(staging.resolve("new").resolve(path), "new " + path);
            }
            Files.createDirectories(staging.resolve("old/patches"));
            Files.writeString(staging.resolve("lock"), "");
            record("a-nonce", moved.subList(3, 5), moved.subList(0, 3));
            Files.writeString(staging.resolve("run"), "a-nonce");
            for (String path : moved.subList(0, moves)) {
                if (Files.exists(folder.resolve(path))) {
                    Files.move(folder.resolve(path), staging.resolve("old").resolve(path));
                }
                Files.createDirectories(folder.resolve(path).getParent());
                Files.move(staging.resolve("new").resolve(path), folder.resolve(path));
            }
            new TreeWriter(folder, false, cache).mend();
            assertEquals(before, onDisk(), "after " + moves + " moves");
        }
        write(other.tree());
        Files.delete(folder.resolve("notes.txt"));
        assertEquals(other.tree().files(), onDisk());
    }

    private void record(String nonce, List<String> created, List<String> replaced) throws IOException {
        RunRecord.of(cache.resolve("runs"), folder).write(nonce, new RunRecord.Moves(created, replaced));
    }

    @Test
    void whatWasStagedAndNotYetMovedIsForgotten() throws Exception {
        write(tree());
        record("a-nonce", List.of(), List.of());
        Files.createDirectories(folder.resolve(".ocnix-writing/new/lib"));
        Files.writeString(folder.resolve(".ocnix-writing/lock"), "");
        Files.writeString(folder.resolve(".ocnix-writing/run"), "a-nonce");
        Files.writeString(folder.resolve(".ocnix-writing/new/lib/half"), "ha");
        new TreeWriter(folder, false, cache).mend();
        assertEquals(tree().files(), onDisk());
    }

    @Test
    void aRunThatWasKilledBeforeItWroteAnythingIsInNobodysWay() throws Exception {
        write(tree());
        Files.createDirectories(folder.resolve(".ocnix-writing/new"));
        Files.writeString(folder.resolve(".ocnix-writing/lock"), "");
        Files.writeString(folder.resolve(".ocnix-writing/run"), "half-a-no");
        new TreeWriter(folder, false, cache).mend();
        assertEquals(tree().files(), onDisk());
    }

    @Test
    void allFilesEditedByHandAreNamedAndNothingChanges() throws Exception {
        write(tree());
        Files.writeString(folder.resolve("package.nix"), "edited");
        Files.writeString(folder.resolve("patches/debug-4.0.0.patch"), "edited");
        SampleTree other = SampleTree.small();
        other.patches.clear();
        other.application = application("other");
        SortedMap<String, FileContent> before = onDisk();
        OcnixException e = assertThrows(OcnixException.class, () -> write(other.tree()));
        assertEquals(OcnixException.Fault.INPUT, e.fault());
        assertEquals(2, e.problems().size());
        assertTrue(e.getMessage().contains("package.nix") && e.getMessage().contains("debug-4.0.0.patch"));
        assertTrue(e.getMessage().contains("ocnix.force"));
        assertEquals(before, onDisk());

        new TreeWriter(folder, true, cache).write(other.tree());
        assertEquals(other.tree().files(), onDisk());
    }

    @Test
    void anEditIsNoticedEvenWhereTheTreeDidNotChange() throws Exception {
        write(tree());
        Files.writeString(folder.resolve("lib/default.nix"), "edited");
        assertThrows(OcnixException.class, () -> write(tree()));
    }

    @Test
    void aDeletedFileComesBack() throws Exception {
        write(tree());
        Files.delete(folder.resolve("package.nix"));
        assertEquals(List.of("package.nix"), write(tree()).written());
    }

    @Test
    void aFileOfTheUserInTheWayIsNamed() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("default.nix"), "mine");
        OcnixException e = assertThrows(OcnixException.class, () -> write(tree()));
        assertTrue(e.getMessage().contains("default.nix") && e.getMessage().contains("ocnix.force"), e::getMessage);
        assertEquals(Map.of("default.nix", FileContent.of("mine")), onDisk());
    }

    @Test
    void aFileWithTheVeryBytesIsNotInTheWay() throws Exception {
        Files.createDirectories(folder);
        Files.write(
                folder.resolve("default.nix"), tree().files().get("default.nix").bytes());
        assertFalse(write(tree()).written().contains("default.nix"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/passwd", "a/../../secret", "", "a\\\\b", "./a", "a//b", "lib/"})
    void aListThatLeadsOutOfTheFolderIsRefused(String path) throws Exception {
        Files.createDirectories(folder);
        Path secret = Files.writeString(temp.resolve("a/secret"), "secret");
        Files.writeString(
                folder.resolve("ocnix.json"), "{ \"schema\": 1, \"files\": { \"%s\": \"00\" } }".formatted(path));
        assertThrows(OcnixException.class, () -> new TreeWriter(folder, true, cache).write(tree()));
        assertEquals("secret", Files.readString(secret));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{ \"schema\": 2 }", "{ \"schema\": \"x\" }", "not json", "{\"schema\": 1e99}"})
    void anOcnixJsonThatIsNotOursIsRefused(String content) throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("ocnix.json"), content);
        OcnixException e = assertThrows(OcnixException.class, () -> write(tree()));
        assertTrue(e.getMessage().contains("ocnix.json"), e::getMessage);
        assertEquals(1, onDisk().size());
    }

    @Test
    void linksAreNotFollowedOutOfTheFolder() throws Exception {
        write(tree());
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Path secret = Files.writeString(outside.resolve("debug-4.0.0.patch"), "secret");
        Files.delete(folder.resolve("patches/debug-4.0.0.patch"));
        Files.delete(folder.resolve("patches"));
        Files.createSymbolicLink(folder.resolve("patches"), outside);
        assertThrows(OcnixException.class, () -> new TreeWriter(folder, true, cache).write(tree()));
        assertEquals("secret", Files.readString(secret));
    }

    @Test
    void aLinkInPlaceOfAFileCountsAsAnEditAndItsTargetStays() throws Exception {
        write(tree());
        Path secret = Files.writeString(temp.resolve("secret"), "secret");
        Files.delete(folder.resolve("layout.nix"));
        Files.createSymbolicLink(folder.resolve("layout.nix"), secret);
        assertThrows(OcnixException.class, () -> write(tree()));
        new TreeWriter(folder, true, cache).write(tree());
        assertEquals("secret", Files.readString(secret));
        assertTrue(Files.isRegularFile(folder.resolve("layout.nix"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws Exception {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file");
        OcnixException e = assertThrows(OcnixException.class, () -> write(tree()));
        assertTrue(e.getMessage().contains("ocnix.outputDirectory"), e::getMessage);
    }

    @Test
    void aFolderThatCannotBeMadeIsOneSentence() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "");
        OcnixException e = assertThrows(
                OcnixException.class, () -> new TreeWriter(file.resolve("nix"), false, cache).write(tree()));
        assertEquals(
                "The output folder " + file.resolve("nix") + " cannot be written (" + file.resolve("nix")
                        + ": Not a directory); make it writable, or choose another ocnix.outputDirectory.",
                e.getMessage());
        assertEquals(1, e.problems().size());
    }

    @Test
    void aFailureHalfwayLeavesTheOldTree() throws Exception {
        write(tree());
        SortedMap<String, FileContent> before = onDisk();
        SortedMap<String, FileContent> files =
                new TreeMap<>(SampleTree.small().tree().files());
        files.put("default.nix", FileContent.of("new"));
        files.remove("overlay.nix");
        // a name that no file system takes, found out while writing
        files.put("z".repeat(300), FileContent.of("impossible"));
        OcnixException e = assertThrows(OcnixException.class, () -> write(new NixTree(files)));
        assertEquals(OcnixException.Fault.OUTSIDE, e.fault());
        assertEquals(before, onDisk());
    }

    @Test
    void aFailureBetweenTwoMovesIsTakenBack() throws Exception {
        write(tree());
        // a file where a folder is wanted, as if it had come after the plan was made
        Files.writeString(folder.resolve("zz"), "mine");
        SortedMap<String, FileContent> before = onDisk();
        SortedMap<String, FileContent> files = new TreeMap<>(tree().files());
        files.put("default.nix", FileContent.of("new"));
        files.put("new/a", FileContent.of("new"));
        files.put("zz/a", FileContent.of("new"));
        TreeWriter.Changes changes =
                new TreeWriter.Changes(List.of("default.nix", "new/a", "zz/a"), List.of("overlay.nix"));
        assertThrows(IOException.class, () -> new FileSwap(folder, cache).apply(new NixTree(files), () -> changes));
        assertEquals(before, onDisk());
        assertFalse(Files.exists(folder.resolve("new")));
    }

    private TreeWriter.Changes write(NixTree tree) throws OcnixException {
        return new TreeWriter(folder, false, cache).write(tree);
    }

    private static NixTree tree() throws OcnixException {
        return SampleTree.small().tree();
    }

    private static Application application(String name) throws OcnixException {
        Application old = SampleTree.small().application;
        return ChangedApplication.of(old).name(name).build();
    }

    /** Every file below the folder; a folder left behind counts, so that debris is seen. */
    private SortedMap<String, FileContent> onDisk() throws IOException {
        SortedMap<String, FileContent> files = new TreeMap<>();
        try (var walk = Files.walk(folder)) {
            for (Path path : walk.toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (Files.isRegularFile(path)) {
                    files.put(name, FileContent.of(Files.readAllBytes(path)));
                } else if (name.startsWith(".ocnix")) {
                    files.put(name, FileContent.of("debris"));
                }
            }
        }
        return files;
    }
}
