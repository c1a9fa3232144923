package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.PackageTarball;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchesTest {
    private static final String FITS = "--- a/index.js\n+++ b/index.js\n@@ -1 +1 @@\n-module.exports = 1;\n+patched\n";

    @TempDir
    Path folder;

    private World patched(String patch) throws Exception {
        PackageTarball left = PackageTarball.of("left", "1.0.0")
                .file("index.js", "module.exports = 1;\n")
                .build();
        World world = World.of(folder, left, World.right());
        world.local = true;
        world.write("patches/left.patch", patch);
        String manifest = Files.readString(world.source.resolve("package.json"));
        world.write(
                "package.json",
                manifest.replace(
                        "{\"name\"", "{\"patchedDependencies\":{\"left@1.0.0\":\"patches/left.patch\"},\"name\""));
        return world;
    }

    @Test
    void aPatchThatDoesNotApplyIsToldWhereTheTreeIsGenerated() throws Exception {
        try (World world = patched(FITS.replace("= 1", "= 2"))) {
            assertEquals(
                    "The patch patches/left.patch of left@1.0.0 does not fit index.js (hunk 1, for line 1); make it anew"
                            + " against this version (bun patch or patch-package writes one), or drop it.",
                    world.refusal());
        }
    }

    @Test
    void aPatchThatIsNoneIsToldToo() throws Exception {
        try (World world = patched("words\n")) {
            assertEquals(
                    "The patch patches/left.patch of left@1.0.0 names no files; make it anew against this version (bun"
                            + " patch or patch-package writes one), or drop it.",
                    world.refusal());
        }
    }

    @Test
    void onlyAPatchThatIsNewIsTried() throws Exception {
        try (World world = patched(FITS)) {
            world.generate();
            world.forgetRequests();
            world.generate();
            assertEquals(0, world.requests());
            world.write("patches/left.patch", FITS.replace("patched", "patched anew"));
            world.generate();
            assertEquals(1, world.requests());
            world.write("patches/left.patch", FITS.replace("= 1", "= 2"));
            world.refusal();
        }
    }

    private static final String UNTRIED =
            "Whether these patches apply was not tried, as this run does not look into their"
                    + " packages: patches/left.patch of left@1.0.0; a run with ocnix.prefetch=all, online, tries them.";

    @Test
    void whatHasANewPatchIsLookedIntoWhereOnlyMissingHashesWouldBe() throws Exception {
        try (World world = patched(FITS.replace("= 1", "= 2"))) {
            world.prefetch = PrefetchMode.MISSING;
            assertTrue(world.refusal().contains("does not fit index.js"));
            world.write("patches/left.patch", FITS);
            world.forgetRequests();
            world.generate();
            assertEquals(1, world.requests());
            world.generate();
            assertEquals(1, world.requests());
            assertEquals(
                    List.of(), world.warnings.stream().filter(UNTRIED::equals).toList());
        }
    }

    @Test
    void aPatchThatNobodyTriedIsToldAndTriedByTheNextRunThatCan() throws Exception {
        try (World world = patched(FITS.replace("= 1", "= 2"))) {
            world.prefetch = PrefetchMode.NONE;
            for (int run = 1; run <= 2; run++) {
                world.generate();
                assertEquals(
                        run, world.warnings.stream().filter(UNTRIED::equals).count());
            }
            assertTrue(world.text("ocnix.json").contains("\"untriedPatches\": [\n    \"patches/left-1.0.0.patch\"\n"));
            world.prefetch = PrefetchMode.ALL;
            assertTrue(world.refusal().contains("does not fit index.js"));
            world.write("patches/left.patch", FITS);
            world.generate();
            assertFalse(world.text("ocnix.json").contains("untriedPatches"));
        }
    }

    @Test
    void aKnownPatchOfAnotherVersionIsTried() throws Exception {
        try (World world = patched(FITS)) {
            world.generate();
            PackageTarball newer = PackageTarball.of("left", "1.0.1")
                    .file("index.js", "module.exports = 3;\n")
                    .build();
            world.registry.publish(newer);
            String manifest = Files.readString(world.source.resolve("package.json"));
            world.write("package.json", manifest.replace("left@1.0.0", "left@1.0.1"));
            world.relock("\"left@1.0.0\"", "\"left@1.0.1\"");
            world.relock(
                    PackageTarball.of("left", "1.0.0")
                            .file("index.js", "module.exports = 1;\n")
                            .build()
                            .integrity(),
                    newer.integrity());
            assertTrue(world.refusal().contains("of left@1.0.1 does not fit index.js"), world::refusal);
        }
    }

    private static final String AT_THE_ROOT = """
            diff --git a/node_modules/@scope/right/index.js b/node_modules/@scope/right/index.js
            index 0000000..1111111 100644
            --- a/node_modules/@scope/right/index.js
            +++ b/node_modules/@scope/right/index.js
            @@ -1 +1,2 @@
            -module.exports = 2;
            +-- a/node_modules/@scope/right/
            +patched
            """;

    private void patchPackage(World world, String script, String name, String patch) throws Exception {
        world.local = true;
        world.write(
                "package.json",
                Files.readString(world.source.resolve("package.json"))
                        .replaceFirst("\\{", "{ \"scripts\": { \"postinstall\": \"" + script + "\" },"));
        world.write(name, patch);
    }

    @Test
    void whatPatchPackageChangesIsPatchedToo() throws Exception {
        try (World world = World.of(folder, World.left(), World.right())) {
            patchPackage(world, "node x.js && npx patch-package", "patches/@scope+right+2.0.0.patch", AT_THE_ROOT);
            world.write("patches/gone+1.0.0.patch", AT_THE_ROOT);
            world.write("patches/read.me", "");
            world.generate();
            assertEquals("""
                    diff --git a/index.js b/index.js
                    index 0000000..1111111 100644
                    --- a/index.js
                    +++ b/index.js
                    @@ -1 +1,2 @@
                    -module.exports = 2;
                    +-- a/node_modules/@scope/right/
                    +patched
                    """, world.text("patches/scope-right-2.0.0.patch"));
            assertEquals(
                    List.of("The patch patches/gone+1.0.0.patch is for node_modules/gone, where the lockfile has no"
                            + " package; it is left out. Delete it if nobody needs it."),
                    world.warnings.stream()
                            .filter(warning -> !warning.startsWith("The root has a postinstall script"))
                            .toList());
        }
    }

    @Test
    void aStalePatchOfPatchPackageIsTold() throws Exception {
        try (World world = World.of(folder, World.left(), World.right())) {
            patchPackage(
                    world,
                    "patch-package --patch-dir mine/",
                    "mine/@scope+right+1.9.9+001+first.patch",
                    AT_THE_ROOT.replace("= 2", "= 1"));
            assertTrue(world.refusal()
                    .startsWith("The patch mine/@scope+right+1.9.9+001+first.patch of @scope/right@2.0.0 does not"
                            + " fit index.js (hunk 1, for line 1); "));
        }
    }

    @Test
    void withoutPatchPackageItsPatchesAreNothing() throws Exception {
        try (World world = World.of(folder, World.left(), World.right())) {
            patchPackage(world, "my-patch-package", "patches/@scope+right+2.0.0.patch", AT_THE_ROOT);
            world.generate();
            assertFalse(Files.exists(world.tree.resolve("patches")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ms+2.0.0.patch, ms, 0",
        "@scope+ms+2.0.0-rc.1+build.5.dev.patch, @scope/ms, 0",
        "parent++@scope+child+1.0.0+002+label.patch, parent/@scope/child, 2",
        "@a+b++c+1.0.0+010.patch, @a/b/c, 10",
        "ms@2.0.0.patch,,",
        "ms.patch,,",
        "..++ms+1.0.0.patch,,",
        "ms+2.0.0.diff,,"
    })
    void namesAreReadAsPatchPackageReadsThem(String file, String key, Integer sequence) {
        assertEquals(
                Optional.ofNullable(key),
                TreePatch.of(file).map(patch -> patch.key().toString()));
        assertEquals(Optional.ofNullable(sequence), TreePatch.of(file).map(TreePatch::sequence));
    }
}
