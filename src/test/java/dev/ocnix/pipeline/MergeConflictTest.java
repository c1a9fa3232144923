package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsGit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A merge that git leaves to a person is recognised in a tree, and there is a way out. */
class MergeConflictTest {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() {
        world = World.of(folder.resolve("world"), World.left(), World.right());
        world.commit();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Command.Result git(String... arguments) {
        return Command.of("git", "-C", world.tree.getParent().toString())
                .and(arguments)
                .with(Map.of(
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_CONFIG_SYSTEM", "/dev/null",
                        "GIT_AUTHOR_NAME", "test",
                        "GIT_AUTHOR_EMAIL", "test@example.org",
                        "GIT_COMMITTER_NAME", "test",
                        "GIT_COMMITTER_EMAIL", "test@example.org"))
                .run();
    }

    private void commitTree() {
        git("add", "-A");
        assertEquals(0, git("commit", "-qm", "tree").exit());
    }

    /** Two branches that each moved the pin, merged as far as git can. */
    private void merge() throws Exception {
        world.generate();
        Files.writeString(world.tree.resolve("mine.txt"), "mine");
        git("init", "-q", "-b", "main");
        commitTree();
        git("checkout", "-q", "-b", "one");
        String patch = "--- a/index.js\n+++ b/index.js\n@@ -1 +1 @@\n-module.exports = 1;\n+patched\n";
        world.write("patches/left.patch", patch);
        world.relock(
                "  \"packages\": {\n",
                "  \"patchedDependencies\": { \"left@1.0.0\": \"patches/left.patch\" },\n  \"packages\": {\n");
        String manifest = Files.readString(world.source.resolve("package.json"));
        world.write(
                "package.json",
                manifest.replace("\"bin\"", "\"patchedDependencies\":{\"left@1.0.0\":\"patches/left.patch\"},\"bin\""));
        world.release("v2");
        world.generate();
        commitTree();
        git("checkout", "-q", "main");
        world.write("package.json", manifest);
        world.relock("  \"patchedDependencies\": { \"left@1.0.0\": \"patches/left.patch\" },\n", "");
        world.write("index.js", "// three\n");
        world.release("v3");
        world.generate();
        commitTree();
        assertEquals(1, git("merge", "-q", "one").exit(), "git leaves a conflict");
        assertTrue(world.text("ocnix.json").contains("<<<<<<< HEAD"));
    }

    @NeedsGit
    @Test
    void aTreeInAConflictIsWrittenAnewByForce() throws Exception {
        merge();
        String refusal = world.refusal();
        assertTrue(
                refusal.contains("ocnix.json holds a merge conflict; ") && refusal.contains("-Docnix.force"), refusal);
        String checked = assertThrows(OcnixException.class, world::check).getMessage();
        assertTrue(checked.contains("holds a merge conflict"), checked);
        Files.writeString(world.tree.resolve("patches/mine.patch"), "mine");
        world.force = true;
        world.generate();
        world.force = false;
        assertTrue(world.check().isEmpty());
        assertEquals("mine", world.text("mine.txt"));
        assertEquals("mine", world.text("patches/mine.patch"));
        assertFalse(
                Files.exists(world.tree.resolve("patches/left-1.0.0.patch")),
                "it was the other side's, as it wrote it");
        SortedMap<String, String> mended = world.bytes();
        mended.keySet().removeAll(List.of("mine.txt", "patches", "patches/mine.patch"));
        world.tree = folder.resolve("fresh");
        world.generate();
        assertEquals(world.bytes(), mended);
    }

    @Test
    void anyGeneratedFileInAConflictIsRecognised() throws Exception {
        world.generate();
        SortedMap<String, String> before = world.bytes();
        for (String path : List.of("facts.json", "layout.nix", "lib/scope.nix", "flake.nix")) {
            String text = world.text(path);
            Files.writeString(
                    world.tree.resolve(path),
                    "<<<<<<< HEAD\r\n" + text + "||||||| base\r\n=======\r\n" + text + ">>>>>>> other\r\n");
            String refusal = world.refusal();
            assertTrue(refusal.contains(path + " holds a merge conflict; "), refusal);
            assertEquals(
                    List.of(path + " holds a merge conflict"), world.check().lines());
            world.force = true;
            world.generate();
            world.force = false;
            assertEquals(before, world.bytes());
        }
    }

    @Test
    void aListThatLeadsOutOfTheTreeIsRefusedInAConflictToo() throws Exception {
        world.generate();
        Path outside = Files.writeString(world.tree.resolveSibling("outside"), "x");
        Files.writeString(
                world.tree.resolve("ocnix.json"),
                "{\n\"schema\": 1,\n\"files\": {\n<<<<<<< HEAD\n\"../outside\": \"x\"\n=======\n\"a\": \"y\"\n>>>>>>> b\n}\n}\n");
        world.force = true;
        assertTrue(world.refusal().contains("../outside"));
        assertTrue(Files.exists(outside));
    }

    @Test
    void aLockfileInAConflictIsRecognised() throws Exception {
        world.relock(
                "  \"packages\": {\n", "<<<<<<< HEAD\n  \"packages\": {\n=======\n  \"packages\": {\n>>>>>>> one\n");
        world.release("v2");
        assertTrue(world.refusal().contains("bun.lock holds a merge conflict; "));
    }
}
