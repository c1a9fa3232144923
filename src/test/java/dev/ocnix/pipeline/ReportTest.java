package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.testing.Needs;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report that a pipeline reads after a run. */
@Needs(Tool.GIT)
class ReportTest {
    @TempDir
    Path folder;

    @Test
    void aRunThatWritesATreeReportsWhatItPinnedAndWhatIsNative() throws Exception {
        PackageTarball addon = PackageTarball.of("addon", "1.0.0")
                .file("binding.gyp", "{ 'targets': [ { 'target_name': 'addon', 'sources': [ 'a.c' ] } ] }\n")
                .build();
        try (World world = World.of(folder, World.left(), addon)) {
            String commit = world.commit();
            world.generate();
            JsonObject report = report(world);
            assertEquals("ok", report.get("status").getAsString());
            assertEquals(commit, report.get("commit").getAsString());
            assertEquals(2, report.getAsJsonObject("counts").get("dependencies").getAsInt());
            JsonObject found = report.getAsJsonArray("addons").get(0).getAsJsonObject();
            assertEquals("addon@1.0.0", found.get("package").getAsString());
            assertEquals("[\"gyp-implicit\"]", found.getAsJsonArray("kinds").toString());
            assertEquals(
                    "compile",
                    found.getAsJsonObject("systems").get("x86_64-linux").getAsString());
            JsonObject left = report.getAsJsonArray("packages").get(1).getAsJsonObject();
            assertEquals("left@1.0.0", left.get("package").getAsString());
            assertEquals("verified", left.get("hashStatus").getAsString());
            assertEquals(World.left().integrity(), left.get("hash").getAsString());
            assertEquals(World.left().bytes().length, left.get("size").getAsInt());
            assertTrue(Files.readString(world.reports.resolve("report.html")).contains("left@1.0.0"));
            assertFalse(
                    report.getAsJsonObject("files").getAsJsonArray("written").isEmpty());
        }
    }

    @Test
    void whatWouldRunOrDownloadIsListed() throws Exception {
        PackageTarball implicit = PackageTarball.of("implicit", "1.0.0")
                .field("scripts", "{\"postinstall\":\"node after.js\"}")
                .file("binding.gyp", "{}\n")
                .build();
        PackageTarball fetching = PackageTarball.of("fetching", "1.0.0")
                .field("scripts", "{\"install\":\"prebuild-install\"}")
                .file("index.js", "module.exports = 1;\n")
                .build();
        try (World world = World.of(folder, World.left(), implicit, fetching)) {
            world.commit();
            world.generate();
            JsonObject report = report(world);
            assertEquals(JsonParser.parseString("""
                            [ { "package": "fetching@1.0.0", "trusted": false, "addon": true,
                                "scripts": { "install": "prebuild-install" } },
                              { "package": "implicit@1.0.0", "trusted": false, "addon": true,
                                "scripts": { "install": "node-gyp rebuild", "postinstall": "node after.js" } } ]
                            """), report.get("lifecycleScripts"));
            assertEquals(JsonParser.parseString("""
                            [ { "package": "fetching@1.0.0", "kind": "prebuild-install",
                                "source": "package.json#scripts.install", "detail": "prebuild-install" } ]
                            """), report.get("downloads"));
        }
    }

    @Test
    void aRunThatFailsReportsItsProblems() throws Exception {
        try (World world = World.of(folder, World.left())) {
            world.commit();
            world.revision = "v404";
            String problem = world.failure().problems().get(0);
            JsonObject report = report(world);
            assertEquals("error", report.get("status").getAsString());
            assertEquals("v404", report.get("revision").getAsString());
            assertTrue(report.getAsJsonArray("problems").toString().contains("v404"), problem);
        }
    }

    private static JsonObject report(World world) throws Exception {
        return JsonParser.parseString(Files.readString(world.reports.resolve("report.json")))
                .getAsJsonObject();
    }
}
