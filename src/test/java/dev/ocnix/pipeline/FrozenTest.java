package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.PackageTarball;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run makes of a package.json and a lockfile that differ; which of them Bun refuses, FrozenMatrixTest has. */
class FrozenTest {
    private static final String ADVICE = "; run `bun install` and commit bun.lock, or set ocnix.frozen to false.";
    private static final String PATCH = "--- a/index.js\n+++ b/index.js\n@@ -1 +1 @@\n-module.exports = 1;\n+patched\n";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() throws Exception {
        world = World.of(folder, World.left(), World.right());
        world.local = true;
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aDependencyThatIsNotLockedIsRefused() throws Exception {
        edit("\"left\":\"1.0.0\"", "\"left\":\"1.0.0\",\"more\":\"^3.0.0\"");
        assertEquals(
                "package.json asks for more ^3.0.0 in dependencies, which bun.lock does not have" + ADVICE,
                world.refusal());
    }

    @Test
    void aRangeThatTheLockedVersionDoesNotMeetIsRefusedWithBothValues() throws Exception {
        edit("\"left\":\"1.0.0\"", "\"left\":\"^2.0.0\"");
        assertEquals(
                "package.json asks for left ^2.0.0 in dependencies, but bun.lock has left 1.0.0" + ADVICE,
                world.refusal());
    }

    @Test
    void severalDifferencesAreOneMessage() throws Exception {
        edit("\"left\":\"1.0.0\"", "\"more\":\"1.0.0\"");
        edit("{\"name\"", "{\"overrides\":{\"left\":\"1.0.0\"},\"name\"");
        assertEquals(
                "bun.lock does not fit its manifests, and `bun install --frozen-lockfile` would refuse it: package.json"
                        + " overrides left with 1.0.0, but bun.lock does not; package.json asks for more 1.0.0 in"
                        + " dependencies, which bun.lock does not have; bun.lock has left 1.0.0 for package.json, which does"
                        + " not ask for it"
                        + ADVICE,
                world.refusal());
    }

    @Test
    void checkRefusesTheSame() throws Exception {
        world.generate();
        edit("\"left\":\"1.0.0\"", "\"left\":\"^2.0.0\"");
        OcnixException refusal = assertThrows(OcnixException.class, world::check);
        assertTrue(refusal.getMessage().contains("left ^2.0.0"), refusal::getMessage);
    }

    @Test
    void withoutFrozenADifferenceIsAWarningAndWhatIsLockedIsTaken() throws Exception {
        world.frozen = false;
        edit("\"left\":\"1.0.0\"", "\"left\":\"^2.0.0\",\"more\":\"1.0.0\"");
        world.generate();
        assertEquals(
                1,
                world.warnings.stream()
                        .filter(line -> line.contains("left ^2.0.0"))
                        .count(),
                world.warnings::toString);
        assertTrue(world.text("dependencies.nix").contains("\"left\""));
    }

    @Test
    void aDependencyThatMovesToDevelopmentIsNoneOfProduction() throws Exception {
        world.generate();
        String before = world.text("layout.nix");
        edit("\"left\":\"1.0.0\",", "");
        edit("{\"name\"", "{\"devDependencies\":{\"left\":\"1.0.0\"},\"name\"");
        world.generate();
        assertTrue(world.text("layout.nix").contains("devDependencies = [ \"left\" ]"), world.text("layout.nix"));
        assertFalse(before.contains("devDependencies = [ \"left\" ]"), before);
        assertTrue(
                world.warnings.contains(
                        "bun.lock is behind its manifests, which count as in Bun: package.json asks for left"
                                + " 1.0.0 in devDependencies, bun.lock records 1.0.0 in dependencies; `bun install` writes both"
                                + " alike."),
                world.warnings::toString);
    }

    @Test
    void patchesAreThoseOfPackageJson() throws Exception {
        world.write("patches/left.patch", PATCH);
        edit("{\"name\"", "{\"patchedDependencies\":{\"left@1.0.0\":\"patches/left.patch\"},\"name\"");
        world.generate();
        assertEquals(PATCH, world.text("patches/left-1.0.0.patch"));
        assertTrue(
                world.warnings.stream().anyMatch(line -> line.contains("package.json patches left@1.0.0")),
                world.warnings::toString);
    }

    @Test
    void aPatchThatOnlyTheLockfileHasIsNotApplied() throws Exception {
        world.write("patches/left.patch", PATCH);
        world.relock(
                "  \"packages\": {\n",
                "  \"patchedDependencies\": { \"left@1.0.0\": \"patches/left.patch\" },\n  \"packages\": {\n");
        world.generate();
        assertFalse(Files.exists(world.tree.resolve("patches")));
        assertTrue(
                world.warnings.stream().anyMatch(line -> line.contains("package.json does not patch left@1.0.0")),
                world.warnings::toString);
    }

    @Test
    void aPatchOfNoLockedVersionIsTold() throws Exception {
        world.write("patches/left.patch", PATCH);
        edit("{\"name\"", "{\"patchedDependencies\":{\"left@0.9.0\":\"patches/left.patch\"},\"name\"");
        world.generate();
        assertTrue(
                world.warnings.contains(
                        "patchedDependencies names \"left@0.9.0\", which is no package of the lockfile; its"
                                + " patch is left out, as by Bun. Make it anew against the locked version, or drop it."),
                world.warnings::toString);
    }

    @Test
    void hostileNamesDoNotReachTheTerminal() throws Exception {
        edit("\"left\":\"1.0.0\"", "\"left\":\"1.0.0\",\"\\u001b[31m\":\"\\u0007\\n\"");
        String refusal = world.refusal();
        assertTrue(refusal.chars().noneMatch(c -> c < ' '), refusal);
    }

    @Test
    void aTarballOfAnOverrideIsInTheRootsFolderAndThatOfAFolderInItsOwn() throws Exception {
        PackageTarball over = tarball("over");
        PackageTarball cat = tarball("cat");
        PackageTarball tool = tarball("tool");
        for (PackageTarball one : List.of(over, cat, tool)) {
            String at = one.equals(tool) ? "vendor/lib/tool.tgz" : "tars/" + one.name() + ".tgz";
            Files.createDirectories(world.source.resolve(at).getParent());
            Files.write(world.source.resolve(at), one.bytes());
        }
        world.write(
                "package.json",
                "{\"name\":\"tiny\",\"workspaces\":[\"packages/*\"],\"overrides\":{\"over\":\"file:./tars/over.tgz\"},"
                        + "\"catalog\":{\"cat\":\"file:./tars/cat.tgz\"},\"dependencies\":{\"lib\":\"file:vendor/lib\"}}");
        world.write(
                "packages/app/package.json",
                "{\"name\":\"app\",\"dependencies\":{\"over\":\"1.0.0\",\"cat\":\"catalog:\"}}");
        world.write("vendor/lib/package.json", "{\"name\":\"lib\",\"dependencies\":{\"tool\":\"file:./tool.tgz\"}}");
        world.write("bun.lock", """
                {
                  "lockfileVersion": 2,
                  "workspaces": {
                    "": { "name": "tiny", "dependencies": { "lib": "file:vendor/lib" } },
                    "packages/app": { "name": "app", "dependencies": { "over": "1.0.0", "cat": "catalog:" } },
                  },
                  "overrides": { "over": "file:./tars/over.tgz" },
                  "catalog": { "cat": "file:./tars/cat.tgz" },
                  "packages": {
                    "app": ["app@workspace:packages/app"],
                    "cat": ["cat@./tars/cat.tgz", {}],
                    "lib": ["lib@file:vendor/lib", { "dependencies": { "tool": "file:./tool.tgz" } }],
                    "over": ["over@./tars/over.tgz", {}],
                    "tool": ["tool@./tool.tgz", {}],
                  },
                }
                """);
        world.generate();
        String dependencies = world.text("dependencies.nix");
        for (String path : List.of("tars/over.tgz", "tars/cat.tgz", "vendor/lib/tool.tgz")) {
            assertTrue(dependencies.contains(path), dependencies);
        }
        Files.delete(world.source.resolve("vendor/lib/tool.tgz"));
        assertTrue(world.refusal().contains("vendor/lib/tool.tgz"));
    }

    @Test
    void aWorkspaceHasItsNameAsWellAsItsPath() throws Exception {
        world.write("package.json", "{\"name\":\"tiny\",\"workspaces\":[\"packages/*\"]}");
        world.write("packages/app/package.json", "{\"name\":\"@tiny/app\",\"version\":\"4.0.0\",\"bin\":\"a.js\"}");
        world.write(
                "bun.lock",
                "{\"lockfileVersion\":1,\"workspaces\":{\"\":{\"name\":\"tiny\"},\"packages/app\":{\"name\":\"@tiny/app\","
                        + "\"version\":\"4.0.0\",\"bin\":\"a.js\"}},\"packages\":{\"@tiny/app\":[\"@tiny/app@workspace:packages/app\"]}}");
        world.workspace = Optional.of("@tiny/app");
        world.generate();
        assertTrue(world.text("package.nix").contains("packages/app"));
        world.workspace = Optional.of("pakages/app");
        assertEquals(
                "The lockfile has no workspace \"pakages/app\"; ocnix.workspace is the path or the name of one, such as"
                        + " packages/app, @tiny/app, or . for the root.",
                world.refusal());
    }

    @Test
    void aLockfileOfAnotherPackageManagerIsCalledByItsName() throws Exception {
        Files.delete(world.source.resolve("bun.lock"));
        world.write("package-lock.json", "{}");
        assertTrue(
                world.refusal().contains("There is a package-lock.json, which `bun install` migrates."),
                world::refusal);
    }

    @Test
    void aMergeConflictInALockfileIsCalledByItsName() throws Exception {
        world.relock("  \"packages\": {\n", "<<<<<<< HEAD\n=======\n>>>>>>> other\n  \"packages\": {\n");
        assertTrue(world.refusal().startsWith("The lockfile bun.lock holds a merge conflict;"), world::refusal);
    }

    private static PackageTarball tarball(String name) {
        return PackageTarball.of(name, "1.0.0").file("index.js", "\n").build();
    }

    /** Changes the root's package.json, and nothing else. */
    private void edit(String from, String to) throws Exception {
        String text = Files.readString(world.source.resolve("package.json"));
        assertTrue(text.contains(from), text);
        world.write("package.json", text.replace(from, to));
    }
}
