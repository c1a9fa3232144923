package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.source.Transport;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsGit;
import dev.ocnix.testing.TinyProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no pin, or no pin any more, is refused with the pin to use instead. */
class BadPinTest {
    @TempDir
    Path folder;

    private World world;
    private String commit;

    @BeforeEach
    void open() throws Exception {
        world = World.of(folder, World.left());
        commit = world.commit();
        world.generate();
        world.cache = folder.resolve("another-cache");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theThreeNearestTagsAreNamedForAnUnknownOne() {
        for (String tag : List.of("v1.0.1", "v1.0.12", "v3", "release")) {
            TinyProject.commit(world.source, tag);
        }
        world.revision = "v1.0.2";
        String refusal = world.refusal();
        assertTrue(refusal.contains("\"v1.0.2\"") && refusal.contains("ocnix.revision"), refusal);
        assertTrue(refusal.contains("v1.0.0, v1.0.1, v1.0.12"), refusal);
        assertFalse(refusal.contains("release"), refusal);
    }

    @Test
    void aTagWrittenAsARefIsRefusedWithItsName() {
        world.revision = "refs/tags/v1.0.0";
        assertTrue(world.refusal().contains("set ocnix.revision to the tag's name, v1.0.0"), world.refusal());
    }

    @Test
    void aBranchIsRefusedWithTheCommitThatItMeansToday() {
        world.revision = "main";
        String refusal = world.refusal();
        assertTrue(refusal.contains("\"main\" is a branch") && refusal.contains(commit), refusal);
    }

    @Test
    void aShortIdIsRefusedWithTheFullOne() {
        world.revision = commit.substring(0, 10);
        String refusal = world.refusal();
        assertTrue(refusal.contains("\"" + world.revision + "\" is a short") && refusal.contains(commit), refusal);
    }

    @NeedsGit
    @Test
    void githubsAnswersLeadToTheSameRefusals() {
        world.onGitHub(commit);
        world.revision = "main";
        assertTrue(world.refusal().contains(commit));
        world.revision = commit.substring(0, 10);
        assertTrue(world.refusal().contains(commit));
        world.revision = "v1.0.2";
        assertTrue(world.refusal().contains("v1.0.0"));
        world.revision = "f".repeat(40);
        assertTrue(world.refusal().contains("f".repeat(40)));
    }

    @Test
    void aCommitThatIsNotThereIsNamed() {
        world.revision = "f".repeat(40);
        String refusal = world.refusal();
        assertTrue(refusal.contains(world.revision), refusal);
    }

    @Test
    void aTextThatCanBeNoRevisionIsRefused() {
        for (String text : List.of("v1..2", "--upload-pack=x", "a b", "v1\nv2", "v1^{commit}", "${x}")) {
            world.revision = text;
            assertTrue(world.refusal().contains("ocnix.revision"), text);
        }
    }

    @Test
    void aMovedTagIsRefusedWithBothItsCommits() throws Exception {
        world.write("more.txt", "more");
        String now = TinyProject.commit(world.source, "v2");
        try (Git git = Git.open(world.source.toFile())) {
            git.tag().setName(World.TAG).setForceUpdate(true).setSigned(false).call();
        }
        String refusal = world.refusal();
        assertTrue(refusal.contains("from " + commit + " to " + now), refusal);
        assertTrue(refusal.contains("ocnix.revision"), refusal);
        world.revision = now;
        assertFalse(world.generate().isEmpty());
    }

    @NeedsGit
    @Test
    void submodulesAreRefusedUnlessTheUserLeavesThemOut() throws Exception {
        Files.writeString(
                world.source.resolve(".gitmodules"), "[submodule \"m\"]\n\tpath = libs/m\n\turl = ../m.git\n");
        Command.of(
                        "git",
                        "-C",
                        world.source.toString(),
                        "update-index",
                        "--add",
                        "--cacheinfo",
                        "160000," + commit + ",libs/m")
                .runOrFail();
        String with = world.release("v2");
        for (boolean onGitHub : new boolean[] {false, true}) {
            if (onGitHub) {
                world.onGitHub(with);
            }
            String refusal = world.refusal();
            assertTrue(refusal.contains("example/tiny has submodules (libs/m)"), refusal);
            assertTrue(refusal.contains("set ocnix.submodules to omit"), refusal);
        }
        world.omitsSubmodules = true;
        for (int run = 1; run <= 2; run++) {
            world.warnings.clear();
            world.generate();
            assertEquals(1, world.warnings.size(), world.warnings::toString);
            assertTrue(world.warnings.get(0).contains("has submodules (libs/m), which are left out"));
        }
        assertTrue(world.text("source.nix").contains("fetchSubmodules = false"));
        world.omitsSubmodules = false;
        assertTrue(world.refusal().contains("ocnix.submodules"), "the cache forgets nothing");
    }

    @Test
    void aMirrorThatIsNothingIsNamed() throws Exception {
        world.transport = new Transport.GitMirror(folder.resolve("nowhere").toString());
        assertTrue(world.refusal().contains(folder.resolve("nowhere").toString()));
        Files.createDirectories(folder.resolve("empty"));
        world.transport = new Transport.GitMirror(folder.resolve("empty").toString());
        assertTrue(world.refusal().contains(folder.resolve("empty").toString()));
        world.transport = new Transport.Directory(folder.resolve("empty"));
        assertTrue(world.refusal().contains(folder.resolve("empty").toString()));
    }

    @Test
    void anArchiveOfAnotherCommitOrOfNothingIsNamed() throws Exception {
        Path archive = folder.resolve("source.tar.gz");
        world.transport = new Transport.Archive(archive);
        assertTrue(world.refusal().contains(archive.toString()));
        Files.writeString(archive, "no archive");
        assertTrue(world.refusal().contains(archive.toString()));
        Files.write(archive, World.left().bytes());
        assertTrue(world.refusal().contains(archive.toString()));
    }

    @Test
    void offlineWithoutACacheSaysWhatIsMissing() {
        world.offline = true;
        world.transport = new Transport.Origin();
        OcnixException failure = world.failure();
        assertEquals(OcnixException.Fault.OUTSIDE, failure.fault());
        assertTrue(failure.getMessage().contains("example/tiny"), failure::getMessage);
        assertEquals(0, world.github.requests().size());
    }
}
