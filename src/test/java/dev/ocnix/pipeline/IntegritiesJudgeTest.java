package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Bun;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.PackageTarball;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hashes in every form that Subresource Integrity allows; Bun 1.4.5 says which tarballs they let in. */
class IntegritiesJudgeTest {
    private final PackageTarball left = World.left();
    private final PackageTarball right = World.right();

    @TempDir
    Path folder;

    private record Case(String integrity, boolean isRight) {}

    private List<Case> cases() {
        String good = left.integrity();
        String bad = right.integrity();
        return List.of(
                new Case(good, true),
                new Case(bad, false),
                new Case(left.integrity("SHA-1") + " " + bad, false),
                new Case(right.integrity("SHA-1") + " " + good, true),
                new Case(bad + " " + good, true),
                new Case(good + " " + bad, true),
                new Case(bad + " " + right.integrity("SHA-384") + " " + left.integrity("SHA-256"), false),
                new Case(left.integrity("SHA-384") + " " + right.integrity("SHA-256"), true),
                new Case(right.integrity("SHA-384") + " " + left.integrity("SHA-256"), false),
                new Case(good + "?opt", true),
                new Case(bad + "?opt", false),
                new Case(good + "?a?b " + left.integrity("SHA-256") + "?c", true),
                new Case(" " + good + "  ", true),
                new Case("  " + bad + " ", false),
                new Case(good + " md5-abc", true));
    }

    @Test
    @NeedsBun
    void whatTheyLetInIsWhatBunLetsIn() throws Exception {
        try (World world = World.of(folder.resolve("world"), left)) {
            world.local = true;
            List<String> wrong = new ArrayList<>();
            String lockfile = Files.readString(world.source.resolve("bun.lock"));
            for (Case one : cases()) {
                world.write("bun.lock", lockfile.replace(left.integrity(), one.integrity()));
                world.cache = folder.resolve("cache-" + one.hashCode());
                world.force = true;
                world.tree = folder.resolve("tree-" + one.hashCode() + "/nix");
                Path project = folder.resolve("judge-" + one.hashCode());
                for (String file : List.of("package.json", "bun.lock")) {
                    Files.createDirectories(project);
                    Files.copy(world.source.resolve(file), project.resolve(file));
                }
                // a Bun with a cache of its own, since what is cached is not checked
                int exit = Bun.version("1.4.5")
                        .from(
                                world.registry.url(),
                                project,
                                "install",
                                "--frozen-lockfile",
                                "--ignore-scripts",
                                "--no-cache")
                        .run()
                        .exit();
                // of several of one algorithm Bun goes by the first
                boolean isAny = one.integrity().equals(right.integrity() + " " + left.integrity());
                if (one.isRight() != (exit == 0 || isAny)) {
                    wrong.add(one.integrity());
                }
                if (one.isRight()) {
                    world.generate();
                    assertTrue(world.text("dependencies.nix").contains('"' + left.integrity() + '"'), one.integrity());
                    String report = Files.readString(world.reports.resolve("report.json"));
                    assertTrue(report.contains("\"hashStatus\": \"verified\""), report);
                } else {
                    assertTrue(world.refusal().contains(" has the hash "), one.integrity());
                }
            }
            assertEquals(List.of(), wrong, "Bun");
        }
    }

    @Test
    void whichOfSeveralIsMeantOnlyADownloadTells() throws Exception {
        try (World world = World.of(folder, left)) {
            world.local = true;
            world.relock(left.integrity(), right.integrity() + " " + left.integrity());
            world.prefetch = PrefetchMode.NONE;
            assertTrue(world.refusal().contains("left@1.0.0 has several hashes in the lockfile"));
            world.prefetch = PrefetchMode.ALL;
            world.generate();
            String first = world.text("dependencies.nix");
            world.forgetRequests();
            world.prefetch = PrefetchMode.NONE;
            world.moveToFreshClone(folder.resolve("clone"));
            world.generate();
            assertEquals(List.of(), world.registry.requests());
            assertEquals(first, world.text("dependencies.nix"));
        }
    }
}
