package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.testing.PackageTarball;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StalePatchTest {
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
        world.relock(
                "  \"packages\": {\n",
                "  \"patchedDependencies\": { \"left@1.0.0\": \"patches/left.patch\" },\n  \"packages\": {\n");
        return world;
    }

    @Test
    void aPatchThatDoesNotApplyIsToldWhereTheTreeIsGenerated() throws Exception {
        try (World world = patched(FITS.replace("= 1", "= 2"))) {
            assertEquals(
                    "The patch patches/left.patch of left@1.0.0 does not fit index.js (hunk 1, for line 1); make it anew"
                            + " against this version (bun patch writes one), or drop it from patchedDependencies and run"
                            + " bun install.",
                    world.refusal());
        }
    }

    @Test
    void aPatchThatIsNoneIsToldToo() throws Exception {
        try (World world = patched("words\n")) {
            assertEquals(
                    "The patch patches/left.patch of left@1.0.0 names no files; make it anew against this version (bun"
                            + " patch writes one), or drop it from patchedDependencies and run bun install.",
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
}
