package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.addon.Binaries;
import dev.ocnix.testing.Needs;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import dev.ocnix.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    void whoCannotWorkWithoutItsNativePartIsSaid() throws Exception {
        PackageTarball helped = PackageTarball.of("helped", "1.0.0")
                .file("index.js", "try { module.exports = require('./it.node'); } catch { module.exports = 1; }\n")
                .file("it.node", Binaries.elf(Binaries.X64, "libc.so.6"))
                .build();
        PackageTarball needs = PackageTarball.of("needs", "1.0.0")
                .file("index.js", "module.exports = require('./it.node');\n")
                .file("it.node", Binaries.elf(Binaries.X64, "libc.so.6"))
                .build();
        try (World world = World.of(folder, World.left(), helped, needs)) {
            world.commit();
            world.generate();
            Map<String, Boolean> found = new TreeMap<>();
            report(world).getAsJsonArray("addons").forEach(one -> {
                JsonObject addon = one.getAsJsonObject();
                found.put(
                        addon.get("package").getAsString(),
                        addon.has("essential") && addon.get("essential").getAsBoolean());
            });
            assertEquals(Map.of("helped@1.0.0", false, "needs@1.0.0", true), found);
            assertTrue(Files.readString(world.reports.resolve("report.html")).contains("\"essential\":true"));
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

    /** Which scripts these are, both Buns say; those of the build's workspaces and of what no registry published are warnings. */
    @Test
    void whatBunInstallRunsForTheProjectItselfIsTold() throws Exception {
        PackageTarball silent = PackageTarball.of("silent", "1.0.0").build();
        try (World world = World.of(folder, World.left(), silent)) {
            Path clone = Files.createDirectories(folder.resolve("prep"));
            Files.writeString(
                    clone.resolve("package.json"),
                    "{\"name\":\"prep\",\"scripts\":{\"prepare\":\"node make.js\",\"prepack\":\"x\",\"test\":\"x\"}}");
            String commit = TinyProject.commit(clone, "v3");
            world.github.publish("acme/prep", clone, commit);
            world.local = true;
            world.write("package.json", """
                    { "name": "tiny", "version": "1.0.0", "bin": "index.js", "workspaces": ["members/*"],
                      "trustedDependencies": ["prep", "vendored"],
                      "dependencies": { "one": "workspace:*", "left": "1.0.0", "prep": "github:acme/prep#v3", "vendored": "file:vendored", "silent": "1.0.0" },
                      "scripts": { "preinstall": "npx only-allow bun", "postinstall": "node gen.js", "prepack": "x" } }
                    """);
            world.write("members/one/package.json", """
                    { "name": "one", "scripts": { "prepare": "husky || true", "preprepare": "no member's", "install": "" } }
                    """);
            world.write("members/two/package.json", "{ \"name\": \"two\", \"scripts\": { \"prepare\": \"tsc\" } }");
            world.write("vendored/package.json", """
                    { "name": "vendored", "scripts": { "postinstall": "node v.js", "prepare": "no folder's" } }
                    """);
            world.write("bun.lock", """
                    { "lockfileVersion": 1, "trustedDependencies": ["prep", "vendored"],
                      "workspaces": {
                        "": { "name": "tiny", "dependencies": { "one": "workspace:*", "left": "1.0.0", "prep": "github:acme/prep#v3", "vendored": "file:vendored", "silent": "1.0.0" } },
                        "members/one": { "name": "one" },
                        "members/two": { "name": "two" },
                      },
                      "packages": {
                        "left": ["left@1.0.0", "", {}, "%s"],
                        "one": ["one@workspace:members/one"],
                        "prep": ["prep@github:acme/prep#%s", {}, "acme-prep-%s"],
                        "silent": ["silent@1.0.0", "", { "hasInstallScript": true, "bin": { "node": "n.js" } }, "%s"],
                        "two": ["two@workspace:members/two"],
                        "vendored": ["vendored@file:vendored", {}],
                      } }
                    """.formatted(
                            World.left().integrity(), commit, commit.substring(0, 7), silent.integrity()));
            world.generate();
            JsonArray expected =
                    JsonParser.parseString("""
                    [ { "package": "one@workspace:members/one", "workspace": "members/one", "trusted": true, "addon": false,
                        "scripts": { "prepare": "husky || true" }, "leftOut": { "prepare": "husky: installs git hooks" } },
                      { "package": "tiny@root:", "workspace": ".", "trusted": true, "addon": false,
                        "scripts": { "postinstall": "node gen.js", "preinstall": "npx only-allow bun" },
                        "leftOut": { "preinstall": "only-allow: checks who installs" } },
                      { "package": "two@workspace:members/two", "workspace": "members/two", "trusted": true, "addon": false,
                        "scripts": { "prepare": "tsc" } },
                      { "package": "prep@github:acme/prep#COMMIT", "trusted": true, "addon": false,
                        "scripts": { "prepare": "node make.js" } },
                      { "package": "vendored@file:vendored", "trusted": true, "addon": false,
                        "scripts": { "postinstall": "node v.js" } } ]
                    """.replace("COMMIT", commit)).getAsJsonArray();
            assertEquals(expected, report(world).get("lifecycleScripts"));
            List<String> told = world.warnings.stream()
                    .map(line -> line.replaceFirst("( \\(|; name |: silent).*", "$1"))
                    .toList();
            assertEquals(
                    List.of(
                            "The root has a postinstall script, which bun install runs and this build does not: \"node gen.js\" (",
                            "prep@github:acme/prep#" + commit
                                    + " has scripts that bun install runs and this build does not (",
                            "vendored@file:vendored has scripts that bun install runs and this build does not (",
                            "The lockfile says that these have install scripts, and their package.json has none: silent"),
                    told);
            String changes = Files.readString(world.reports.resolve("changes.md"));
            assertTrue(changes.contains("- `members/two`, prepare: `tsc`\n"), changes);
            assertTrue(Files.readString(world.reports.resolve("report.html")).contains("left out (only-allow"));

            world.warnings.clear();
            world.ownScripts = Optional.of(true);
            world.generate();
            assertEquals(3, world.warnings.size(), world.warnings::toString);
            assertEquals(
                    "[\"postinstall\"]",
                    report(world)
                            .getAsJsonArray("lifecycleScripts")
                            .get(1)
                            .getAsJsonObject()
                            .get("run")
                            .toString());
            assertTrue(
                    world.infos.stream()
                            .anyMatch(
                                    line -> line.startsWith(
                                            "silent@1.0.0 brings programs that the builder has, too (node); the build runs the builder's")),
                    world.infos::toString);
            world.warnings.clear();
            world.ownScripts = Optional.empty();
            Path profile = Files.writeString(
                    folder.resolve("profile.json"), "{ \"ownScripts\": [\"members/two\", \".#postinstal\"] }");
            world.profile = new ProfileChoice.File(profile);
            world.generate();
            assertTrue(
                    world.warnings.stream().anyMatch(line -> line.endsWith("did you mean .#postinstall?")),
                    world.warnings::toString);
            // who is named is in the build
            assertTrue(world.text("package.nix").contains("buildWorkspaces = [ \"members/two\" ];"));
            world.ownScripts = Optional.of(false);
            world.generate();
            assertFalse(world.text("package.nix").contains("ownScripts"));
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
