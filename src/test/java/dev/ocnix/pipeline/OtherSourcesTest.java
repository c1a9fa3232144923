package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.LoopbackGitHub;
import dev.ocnix.testing.NeedsGit;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dependencies that are no tarballs of the default registry. */
class OtherSourcesTest {
    private static final String SLUG = "some/tool";
    private static final String PACKAGES = "  \"packages\": {\n";

    @TempDir
    Path folder;

    private final PackageTarball right = World.right();
    private World world;

    @BeforeEach
    void open() {
        world = World.of(folder.resolve("world"), World.left(), right);
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Locks the project to a commit of a repository of ours, too. */
    private String dependOnGitHub() throws Exception {
        Path clone = Files.createDirectories(folder.resolve("tool"));
        Files.writeString(clone.resolve("package.json"), "{\"name\":\"tool\",\"version\":\"3.0.0\"}");
        String commit = TinyProject.commit(clone, "v3");
        world.github.publish(SLUG, clone, commit);
        String shortId = commit.substring(0, 7);
        world.github.publish(SLUG, clone, shortId);
        world.relock(
                PACKAGES,
                PACKAGES
                        + "    \"tool\": [\"tool@github:%s#%s\", {}, \"some-tool-%s\"],\n"
                                .formatted(SLUG, shortId, shortId));
        world.commit();
        return commit;
    }

    @NeedsGit
    @Test
    void aGitHubDependencyIsFetchedOnceAndPinnedToItsFullCommit() throws Exception {
        String commit = dependOnGitHub();
        world.generate();
        assertTrue(world.text("dependencies.nix").contains(commit));
        SortedMap<String, String> before = world.bytes();
        assertEquals(1, world.github.requests(LoopbackGitHub.archivePath(SLUG, commit.substring(0, 7))));
        for (PrefetchMode mode : PrefetchMode.values()) {
            world.prefetch = mode;
            world.forgetRequests();
            world.generate();
            assertEquals(0, world.requests(), mode::toString);
            assertEquals(before.get("dependencies.nix"), world.bytes().get("dependencies.nix"), mode::toString);
        }
    }

    @NeedsGit
    @NeedsNix
    @Test
    void aGitHubDependencysHashIsWhatNixComputes() throws Exception {
        dependOnGitHub();
        world.generate();
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        Command.of("sh", "-c", "git -C \"$0\" archive HEAD | tar -x -C \"$1\"")
                .and(folder.resolve("tool").toString(), unpacked.toString())
                .runOrFail();
        assertTrue(world.text("dependencies.nix").contains(Nix.get().narHash(unpacked)));
    }

    @NeedsGit
    @Test
    void aGitHubDependencyThatCannotBeHadIsNamed() throws Exception {
        String commit = dependOnGitHub();
        world.prefetch = PrefetchMode.NONE;
        String refusal = world.refusal();
        assertTrue(refusal.contains("tool@github:some/tool#") && refusal.contains("ocnix.prefetch"), refusal);
        world.prefetch = PrefetchMode.ALL;
        world.github.fault(LoopbackGitHub.archivePath(SLUG, commit.substring(0, 7)), LoopbackGitHub.Fault.status(404));
        world.github.fault(LoopbackGitHub.archivePath(SLUG, commit), LoopbackGitHub.Fault.status(404));
        OcnixException failure = world.failure();
        assertTrue(failure.getMessage().contains("tool@github:some/tool#"), failure::getMessage);
    }

    @Test
    void aTarballAndAFolderOfTheSourceAreTakenFromIt() throws Exception {
        PackageTarball vendored = PackageTarball.of("vendored", "1.0.0").build();
        Files.createDirectories(world.source.resolve("vendor"));
        Files.write(world.source.resolve("vendor/vendored-1.0.0.tgz"), vendored.bytes());
        world.write("vendor/folder/package.json", "{\"name\":\"folder\"}");
        world.relock(
                PACKAGES,
                PACKAGES
                        + "    \"vendored\": [\"vendored@vendor/vendored-1.0.0.tgz\", {}, \"%s\"],\n"
                                .formatted(vendored.integrity())
                        + "    \"folder\": [\"folder@file:vendor/folder\", {}],\n");
        world.commit();
        world.generate();
        String dependencies = world.text("dependencies.nix");
        assertTrue(dependencies.contains("vendor/vendored-1.0.0.tgz") && dependencies.contains(vendored.integrity()));
        assertTrue(dependencies.contains("\"vendor/folder\""), dependencies);

        Files.write(world.source.resolve("vendor/vendored-1.0.0.tgz"), right.bytes());
        Files.delete(world.source.resolve("vendor/folder/package.json"));
        world.release("v2");
        OcnixException failure = world.failure();
        assertEquals(OcnixException.Fault.INPUT, failure.fault());
        assertEquals(2, failure.problems().size(), failure::getMessage);
        assertTrue(failure.getMessage().contains("vendored@vendor/vendored-1.0.0.tgz"), failure::getMessage);
        assertTrue(failure.getMessage().contains("vendor/folder"), failure::getMessage);
    }

    @Test
    void aFolderOutsideOfTheSourceIsRefused() throws Exception {
        world.relock(PACKAGES, PACKAGES + "    \"folder\": [\"folder@file:../../etc\", {}],\n");
        world.commit();
        assertTrue(world.refusal().contains("../../etc"));
    }

    @Test
    void aPatchThatTheSourceLacksIsNamed() throws Exception {
        String manifest = Files.readString(world.source.resolve("package.json"));
        world.write(
                "package.json",
                manifest.replace(
                        "{\"name\"", "{\"patchedDependencies\":{\"left@1.0.0\":\"patches/left.patch\"},\"name\""));
        world.commit();
        String refusal = world.refusal();
        assertTrue(refusal.contains("patches/left.patch") && refusal.contains("left@1.0.0"), refusal);
    }

    @Test
    void theSourcesOwnRegistriesReachTheTreeAndItsSecretsDoNot() throws Exception {
        world.write(
                ".npmrc",
                "@scope:registry=https://npm.example.org/base/\n//npm.example.org/base/:_authToken=hunter2\n");
        world.commit();
        world.generate();
        assertEquals(1, world.registry.requests(right.path()));
        assertTrue(world.text("dependencies.nix").contains("https://npm.example.org/base" + right.path()));
        assertTrue(world.text("dependencies.nix")
                .contains("https://registry.npmjs.org" + World.left().path()));
        world.bytes().forEach((path, text) -> assertFalse(text.contains("hunter2"), path));
    }

    @Test
    void addressesThatNoTreeMayNameAreAllRefused() throws Exception {
        List<String> urls =
                List.of("http://10.0.0.1/x.tgz", "https://user:hunter2@example.org/x.tgz", "file:///etc/x.tgz");
        StringBuilder entries = new StringBuilder();
        for (String url : urls) {
            entries.append("    \"bad%d\": [\"bad%d@1.0.0\", \"%s\", {}, \"%s\"],\n"
                    .formatted(entries.length(), entries.length(), url, right.integrity()));
        }
        world.relock(PACKAGES, PACKAGES + entries);
        world.commit();
        for (PrefetchMode mode : List.of(PrefetchMode.NONE, PrefetchMode.ALL)) {
            world.prefetch = mode;
            OcnixException failure = world.failure();
            assertEquals(OcnixException.Fault.INPUT, failure.fault());
            assertEquals(urls.size(), failure.problems().size(), failure::getMessage);
            assertFalse(failure.getMessage().contains("hunter2"), failure::getMessage);
        }
        assertEquals(0, world.requests());
        world.relock(right.integrity(), "");
        world.release("v2");
        OcnixException failure = world.failure();
        assertEquals(OcnixException.Fault.INPUT, failure.fault());
        assertEquals(urls.size(), failure.problems().size(), failure::getMessage);
        assertFalse(failure.getMessage().contains("hunter2"), failure::getMessage);
    }
}
