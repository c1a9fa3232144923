package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.source.Transport;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.LoopbackGitHub;
import dev.ocnix.testing.NeedsGit;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pinned source goes in, a tree comes out, and the same tree whenever and wherever it is made again. */
class GenerateTest {
    @TempDir
    Path folder;

    private final PackageTarball left = World.left();
    private final PackageTarball right = World.right();
    private World world;
    private String commit;

    @BeforeEach
    void open() {
        world = World.of(folder.resolve("world"), left, right);
        commit = world.commit();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theTreeHoldsEveryFileAndTheHashOfEveryTarball() throws Exception {
        world.generate();
        assertTrue(
                world.bytes()
                        .keySet()
                        .containsAll(Set.of(
                                "default.nix",
                                "flake.nix",
                                "overlay.nix",
                                "package.nix",
                                "source.nix",
                                "dependencies.nix",
                                "layout.nix",
                                "native-addons.nix",
                                "facts.json",
                                "ocnix.json",
                                ".gitattributes",
                                "lib/default.nix")),
                () -> world.bytes().keySet().toString());
        for (PackageTarball tarball : List.of(left, right)) {
            assertTrue(world.text("dependencies.nix").contains(tarball.integrity()));
            assertTrue(world.text("dependencies.nix").contains("https://registry.npmjs.org" + tarball.path()));
            assertEquals(1, world.registry.requests(tarball.path()));
        }
        assertTrue(world.text("source.nix").contains(commit));
    }

    @Test
    void noMirrorAndNoFolderOfThisMachineReachesTheTree() throws Exception {
        world.generate();
        world.bytes().forEach((path, text) -> {
            assertFalse(text.contains("127.0.0.1:"), path);
            assertFalse(text.contains(folder.toString()), path);
        });
    }

    @NeedsGit
    @Test
    void aSecondRunAsksNobodyAndTouchesNothing() throws Exception {
        world.onGitHub(commit).generate();
        SortedMap<String, String> before = world.stamped();
        assertTrue(world.github.requests(LoopbackGitHub.archivePath(World.SLUG, commit)) == 1);
        world.forgetRequests();
        assertTrue(world.generate().isEmpty());
        assertEquals(0, world.requests());
        assertEquals(before, world.stamped());
        world.offline = true;
        assertTrue(world.generate().isEmpty());
    }

    @NeedsGit
    @Test
    void aFreshCloneFetchesTheSourceOnlyAndChangesNoByte() throws Exception {
        world.onGitHub(commit).generate();
        SortedMap<String, String> before = world.bytes();
        world.facts = FactsMode.TRUST;
        for (PrefetchMode mode : List.of(PrefetchMode.ALL, PrefetchMode.MISSING, PrefetchMode.NONE)) {
            world.moveToFreshClone(folder.resolve("clone-" + mode));
            assertTrue(world.generate().isEmpty());
            assertEquals(before, world.bytes());
            assertEquals(1, world.github.requests(LoopbackGitHub.archivePath(World.SLUG, commit)));
            assertEquals(List.of(), world.registry.requests());
        }
    }

    @NeedsGit
    @Test
    void everyWayToTheSourceGivesTheSameTree() throws Exception {
        world.onGitHub(commit);
        Path archive = folder.resolve("archive.tar.gz");
        Files.write(
                archive,
                Command.of("git", "-C", world.source.toString(), "archive", "--format=tar.gz", "--prefix=x/", commit)
                        .runOrFail()
                        .bytes());
        world.generate();
        SortedMap<String, String> first = world.bytes();
        List<Transport> ways = new ArrayList<>(List.of(
                new Transport.GitMirror(world.source.toString()),
                new Transport.Directory(world.source),
                new Transport.Archive(archive)));
        for (Transport way : ways) {
            world.transport = way;
            world.tree = folder.resolve("tree-" + ways.indexOf(way) + "/nix");
            world.cache = folder.resolve("cache-" + ways.indexOf(way));
            world.generate();
            assertEquals(first, world.bytes(), way::toString);
        }
    }

    @Test
    void aCommitIsAPinInEitherCase() throws Exception {
        world.revision = commit.toUpperCase(Locale.ROOT);
        world.generate();
        Map<String, String> first = world.stamped();
        assertTrue(world.generate().isEmpty(), "from the cache");
        world.revision = commit;
        assertTrue(world.generate().isEmpty(), "in lower case");
        assertEquals(first, world.stamped());
    }

    @Test
    void uncommittedWorkIsNoPartOfAPinnedSource() throws Exception {
        world.generate();
        SortedMap<String, String> before = world.bytes();
        world.write("bun.lock", "broken");
        world.write("new.txt", "not committed");
        world.cache = folder.resolve("empty-cache");
        world.transport = new Transport.Directory(world.source);
        assertTrue(world.generate().isEmpty());
        assertEquals(before, world.bytes());
    }

    @Test
    void aTreeForAnotherLockfileReplacesTheOldOne() throws Exception {
        world.generate();
        world.relock("    \"left\": [\"left@1.0.0\", \"\", {}, \"" + left.integrity() + "\"],\n", "");
        world.relock("\"left\":\"1.0.0\",", "");
        String manifest = Files.readString(world.source.resolve("package.json"));
        world.write("package.json", manifest.replace("\"left\":\"1.0.0\",", ""));
        world.revision = TinyProject.commit(world.source, "v2.0.0");
        world.generate();
        assertFalse(world.text("dependencies.nix").contains("left"));
        assertFalse(world.text("facts.json").contains(left.integrity()));
    }

    @Test
    void inLocalModeTheSourceIsAPathAndNothingIsFetchedForIt() throws Exception {
        world.local = true;
        world.tree = world.source.resolve("nix");
        world.generate();
        String source = world.text("source.nix");
        assertTrue(source.contains("../."), source);
        assertFalse(source.contains("fetch"), source);
        assertTrue(world.text("dependencies.nix").contains(left.integrity()));
        assertEquals(0, world.github.requests().size());
        SortedMap<String, String> before = world.stamped();
        assertTrue(world.generate().isEmpty());
        assertEquals(before, world.stamped());
    }
}
