package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.source.Transport;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsGit;
import dev.ocnix.testing.TinyProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources with files that archives fill in or that Git LFS keeps: one hash for all, or a word to the user. */
@NeedsGit
class MarkedSourcesTest {
    private static final String POINTER =
            "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 3000\n";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() {
        world = World.of(folder.resolve("world"), World.left());
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<String> warnings(String part) {
        return world.warnings.stream().filter(line -> line.contains(part)).toList();
    }

    @Test
    void aSourceWhoseArchiveMovesIsFetchedWithGit() throws Exception {
        world.write(".gitattributes", "version export-subst\n");
        world.write("version", "$Format:%D$\n");
        String commit = world.commit();
        world.generate();
        SortedMap<String, String> before = world.bytes();
        assertTrue(world.text("source.nix").contains("forceFetchGit = true;"), world.text("source.nix"));
        assertEquals(1, warnings("(version, export-subst").size(), world.warnings::toString);
        world.warnings.clear();
        assertTrue(world.generate().isEmpty());
        assertEquals(1, warnings("(version, export-subst").size(), "the cache says so, too");
        Command.of("git", "-C", world.source.toString(), "branch", "feature").runOrFail();
        world.onGitHub(commit);
        World.serveGit(world.github, "/" + World.SLUG + ".git", world.source, folder.resolve("served.git"));
        world.moveToFreshClone(folder.resolve("clone"));
        assertTrue(world.generate().isEmpty());
        assertEquals(before, world.bytes());
    }

    @Test
    void aCloneThatCannotTellWhatTheArchiveHoldsIsRefused() throws Exception {
        world.write(".gitattributes", "*.wasm filter=lfs -text\n");
        world.write("assets/engine.wasm", POINTER);
        String commit = world.commit();
        Transport clone = world.transport;
        String refusal = world.refusal();
        assertTrue(refusal.contains("assets/engine.wasm") && refusal.contains("ocnix.gitMirror"), refusal);
        world.onGitHub(commit).generate();
        assertEquals(
                1,
                warnings("(assets/engine.wasm); if they are needed, pass src").size(),
                world.warnings::toString);
        assertFalse(world.text("source.nix").contains("forceFetchGit"));
        SortedMap<String, String> before = world.bytes();
        world.transport = clone;
        world.moveToFreshClone(folder.resolve("clone"));
        assertTrue(world.generate().isEmpty(), "the tree says that the archive has pointers");
        assertEquals(before, world.bytes());
    }

    @Test
    void anArchiveWithTheContentOfGitLfsIsTold() throws Exception {
        world.write(".gitattributes", "*.wasm filter=lfs -text\n");
        world.write("assets/engine.wasm", POINTER);
        String commit = world.commit();
        Transport clone = world.transport;
        world.onGitHub(commit);
        Path real = Files.createDirectories(folder.resolve("real/tiny-" + commit));
        Command.of("sh", "-c", "git -C \"$0\" archive HEAD | tar -x -C \"$1\"")
                .and(world.source.toString(), real.toString())
                .runOrFail();
        Files.writeString(real.resolve("assets/engine.wasm"), "w".repeat(3000));
        world.github.publishArchive(
                World.SLUG,
                commit,
                Command.of("sh", "-c", "tar --format=pax --pax-option=comment=\"$1\" -cz -C \"$0\" \"tiny-$1\"")
                        .and(real.getParent().toString(), commit)
                        .runOrFail()
                        .bytes());
        world.generate();
        assertEquals(
                1,
                warnings("its archive has their content (assets/engine.wasm)").size(),
                world.warnings::toString);
        world.transport = clone;
        world.moveToFreshClone(folder.resolve("clone"));
        assertTrue(world.refusal().contains("assets/engine.wasm"));
    }

    @Test
    void aGitHubDependencyWhoseArchiveMovesIsFetchedWithGit() throws Exception {
        Path tool = Files.createDirectories(folder.resolve("tool"));
        Files.writeString(tool.resolve("package.json"), "{\"name\":\"tool\",\"version\":\"3.0.0\"}");
        Files.writeString(tool.resolve(".gitattributes"), "version export-subst\n");
        Files.writeString(tool.resolve("version"), "$Format:%d$\n");
        String commit = TinyProject.commit(tool, "v3");
        world.github.publish("some/tool", tool, commit);
        World.serveGit(world.github, "/some/tool.git", tool, folder.resolve("tool.git"));
        world.relock(
                "  \"packages\": {\n",
                "  \"packages\": {\n    \"tool\": [\"tool@github:some/tool#%s\", {}, \"some-tool-%s\"],\n"
                        .formatted(commit, commit));
        world.commit();
        world.generate();
        SortedMap<String, String> before = world.bytes();
        assertTrue(world.text("dependencies.nix").contains("forceFetchGit = true;"), world.text("dependencies.nix"));
        world.prefetch = PrefetchMode.NONE;
        world.moveToFreshClone(folder.resolve("clone"));
        world.generate();
        assertEquals(0, world.requests());
        assertEquals(before.get("dependencies.nix"), world.bytes().get("dependencies.nix"));
    }

    @Test
    void pointersInALocalProjectAreTold() throws Exception {
        world.local = true;
        world.write(".gitattributes", "*.wasm filter=lfs -text\n*.v export-subst\n");
        world.write("vendor/engine.wasm", POINTER);
        world.write("vendor/real.wasm", "w".repeat(3000));
        world.write("a.v", "$Format:%D$\n");
        world.generate();
        assertEquals(
                List.of("The project keeps files in Git LFS, and pointers are in their place (vendor/engine.wasm); run"
                        + " `git lfs pull` if they are needed, since a build takes what is there."),
                world.warnings);
    }
}
