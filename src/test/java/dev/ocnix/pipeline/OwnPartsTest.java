package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native parts of the project's own folders and workspaces are found, and told. */
class OwnPartsTest {
    private static final String GYP = "{'targets':[{'target_name':'part','sources':['part.c'],'libraries':['-lz']}]}";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() throws Exception {
        world = World.of(folder);
        world.write("package.json", """
                { "name": "tiny", "version": "1.0.0", "workspaces": ["packages/*"], "dependencies": { "kept": "file:./vendor/kept" } }
                """);
        world.write(
                "packages/gyp/package.json",
                "{ \"name\": \"@acme/gyp\", \"version\": \"1.0.0\", \"scripts\": { \"install\": \"node-gyp rebuild\" } }");
        world.write("packages/gyp/binding.gyp", GYP);
        world.write("packages/gyp/node_modules/other/binding.gyp", GYP);
        world.write(
                "packages/rust/package.json",
                "{ \"name\": \"rust\", \"version\": \"1.0.0\", \"scripts\": { \"build\": \"napi build --platform\" } }");
        world.write("packages/rust/Cargo.toml", "[package]\n");
        world.write("packages/desktop/package.json", "{ \"name\": \"desktop\", \"version\": \"1.0.0\" }");
        world.write("packages/desktop/src-tauri/Cargo.toml", "[package]\n");
        world.write("vendor/kept/package.json", "{ \"name\": \"kept\", \"version\": \"1.0.0\" }");
        world.write("vendor/kept/binding.gyp", GYP);
        world.write("bun.lock", """
                { "lockfileVersion": 1,
                  "workspaces": {
                    "": { "name": "tiny", "dependencies": { "kept": "file:./vendor/kept" } },
                    "packages/desktop": { "name": "desktop", "version": "1.0.0" },
                    "packages/gyp": { "name": "@acme/gyp", "version": "1.0.0" },
                    "packages/rust": { "name": "rust", "version": "1.0.0" } },
                  "packages": {
                    "@acme/gyp": ["@acme/gyp@workspace:packages/gyp"],
                    "desktop": ["desktop@workspace:packages/desktop"],
                    "kept": ["kept@file:vendor/kept", {}],
                    "rust": ["rust@workspace:packages/rust"] } }
                """);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private JsonObject addon(String id) throws Exception {
        JsonObject report = JsonParser.parseString(Files.readString(world.reports.resolve("report.json")))
                .getAsJsonObject();
        for (JsonElement addon : report.getAsJsonArray("addons")) {
            if (addon.getAsJsonObject().get("package").getAsString().equals(id)) {
                return addon.getAsJsonObject();
            }
        }
        throw new AssertionError("no " + id + " in " + report);
    }

    @Test
    void theReportListsThemAndARunSaysWhatBecomesOfThem() throws Exception {
        world.local = true;
        world.generate();
        for (String id : List.of("kept@file:vendor/kept", "@acme/gyp@workspace:packages/gyp")) {
            assertEquals(
                    "compile",
                    addon(id).getAsJsonObject("systems").get("x86_64-linux").getAsString());
            assertEquals("[\"zlib\"]", addon(id).get("systemLibraries").toString());
        }
        assertTrue(
                world.infos.stream()
                        .anyMatch(line -> line.contains("packages/gyp is compiled in the application's build")),
                world.infos::toString);
        assertTrue(
                world.warnings.stream().noneMatch(line -> line.contains("packages/gyp")),
                "nobody has to run its script");
        List<String> rust =
                world.warnings.stream().filter(line -> line.contains("Rust")).toList();
        assertEquals(1, rust.size(), world.warnings::toString);
        assertTrue(rust.get(0).contains("packages/rust "), rust.get(0));
        assertFalse(world.text("native-addons.nix").contains("desktop@"), world.text("native-addons.nix"));
        assertFalse(world.text("native-addons.nix").contains("\"tiny@root:\""), "of the members, not the root");
    }

    @Test
    void aPinnedSourceIsLookedIntoOnce() throws Exception {
        world.commit();
        world.generate();
        String hints = world.text("native-addons.nix");
        assertTrue(
                hints.contains("@acme/gyp@workspace:packages/gyp") && hints.contains("kept@file:vendor/kept"), hints);
        world.offline = true;
        assertTrue(world.generate().isEmpty());
        world.write("vendor/kept/binding.gyp", GYP.replace("-lz", "-lusb-1.0"));
        world.release("v1.0.1");
        world.offline = false;
        world.generate();
        assertTrue(world.text("native-addons.nix").contains("libusb1"), world.text("native-addons.nix"));
    }
}
