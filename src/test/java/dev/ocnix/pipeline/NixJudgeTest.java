package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.Monorepo;
import dev.ocnix.testing.NeedsGit;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.PackageTarball;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nix reads what a conversion writes. */
@NeedsNix
class NixJudgeTest {
    private static final Path STAND_IN = Path.of(System.getProperty("basedir", ""), "nix", "tests", "nixpkgs")
            .toAbsolutePath();
    private static final String DEPENDENCIES =
            "import %s/dependencies.nix { fetchurl = a: a; fetchgit = a: a; fetchFromGitHub = a: a; fromSource = a: a; }";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() {
        world = World.of(folder, World.left(), World.right());
    }

    @AfterEach
    void close() {
        world.close();
    }

    static Stream<Nix> everyNix() {
        return Nix.all();
    }

    private void parse(Nix nix) throws Exception {
        try (Stream<Path> files = Files.walk(world.tree)) {
            nix.parse(files.filter(path -> path.toString().endsWith(".nix")).toArray(Path[]::new));
        }
    }

    private void instantiate(Nix nix) {
        for (String system : List.of("x86_64-linux", "aarch64-linux", "x86_64-darwin", "aarch64-darwin")) {
            List<String> derivations = nix.instantiate("import " + world.tree + "/default.nix { pkgs = import "
                    + STAND_IN + " { system = \"" + system + "\"; }; }");
            assertEquals(1, derivations.size());
            assertTrue(derivations.get(0).matches("/nix/store/[a-z0-9]{32}-tiny-1\\.0\\.0\\.drv"), derivations.get(0));
        }
    }

    /** Key to what the fetcher was given. */
    private Map<String, JsonObject> fetches(Nix nix) {
        Map<String, JsonObject> fetches = new TreeMap<>();
        String sources = "builtins.mapAttrs (key: entry: entry.src) (" + DEPENDENCIES.formatted(world.tree) + ")";
        for (Map.Entry<String, JsonElement> entry :
                nix.eval(sources).getAsJsonObject().entrySet()) {
            fetches.put(entry.getKey(), entry.getValue().getAsJsonObject());
        }
        return fetches;
    }

    @ParameterizedTest
    @MethodSource("everyNix")
    void theTreeParsesAndIsADerivationOnTheFourSystems(Nix nix) throws Exception {
        world.commit();
        world.generate();
        parse(nix);
        instantiate(nix);
        Map<String, JsonObject> fetches = fetches(nix);
        assertEquals(List.of("@scope/right@2.0.0", "left@1.0.0"), List.copyOf(fetches.keySet()));
        assertEquals(
                World.left().integrity(), fetches.get("left@1.0.0").get("hash").getAsString());
        assertEquals(
                "https://registry.npmjs.org/@scope/right/-/right-2.0.0.tgz",
                fetches.get("@scope/right@2.0.0").get("url").getAsString());
    }

    @NeedsGit
    @Test
    void theSourcesHashIsWhatNixComputesOfTheArchive() throws Exception {
        world.write("left-out.txt", "not in the archive");
        world.write(".gitattributes", "left-out.txt export-ignore\nversion.txt export-subst\n");
        world.write("version.txt", "$Format:%H$\n");
        String commit = world.commit();
        world.generate();
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        Command.of("sh", "-c", "git -C \"$0\" archive \"$1\" | tar -x -C \"$2\"")
                .and(world.source.toString(), commit, unpacked.toString())
                .runOrFail();
        assertTrue(world.text("source.nix").contains(Nix.get().narHash(unpacked)), world.text("source.nix"));
    }

    @ParameterizedTest
    @MethodSource("everyNix")
    void whatAManifestSaysCannotBreakOutOfAString(Nix nix) throws Exception {
        List<PackageTarball> hostile = new ArrayList<>();
        List<String> words = List.of(
                "${builtins.abort \"out\"}", "''${builtins.abort 1}''", "\"; builtins.abort 1; \"", "\\", "$${x}");
        for (String word : words) {
            String json = new JsonPrimitive(word).toString();
            hostile.add(PackageTarball.of("hostile-" + hostile.size(), "1.0.0")
                    .field("license", json)
                    .field("description", json)
                    .field("scripts", "{\"install\":" + json + ",\"postinstall\":" + json + "}")
                    .field("os", "[" + json + "]")
                    .file(
                            "binding.gyp",
                            "{'targets':[{'target_name':'x','libraries':['-l" + word.replace("'", "") + "']}]}")
                    .build());
        }
        try (World other = World.of(folder.resolve("hostile"), hostile.toArray(PackageTarball[]::new))) {
            other.write(
                    "package.json",
                    Files.readString(other.source.resolve("package.json"))
                            .replace(
                                    "\"version\":\"1.0.0\"",
                                    "\"version\":\"1.0.0\",\"description\":\"${builtins.abort 1}\""));
            other.commit();
            other.generate();
            close();
            world = other;
            parse(nix);
            instantiate(nix);
            assertEquals(words.size(), fetches(nix).size());
        }
    }

    @ParameterizedTest
    @MethodSource("everyNix")
    void whatALockfileSaysCannotBreakOutOfAString(Nix nix) throws Exception {
        String name = "${builtins.abort 1}''x";
        // in JSON: one backslash and one quote at the end
        String evil = "${builtins.abort 1}''\\\\\\\"";
        world.relock(
                "\"left\": [\"left@1.0.0\", \"\", {}",
                "\"left\": [\"left@1.0.0\", \"https://example.org/" + evil
                        + "\", { \"os\": \"" + evil + "\", \"bin\": { \"" + evil + "\": \"" + evil
                        + "\" }, \"optionalDependencies\": { \"" + name + "\": \"" + evil + "\" } }");
        world.relock("  \"packages\": {", "  \"overrides\": { \"x\": \"" + evil + "\" },\n  \"packages\": {");
        world.relock(
                "  \"packages\": {\n",
                "  \"packages\": {\n    \"%s\": [\"%s@1.0.0\", \"\", {}, \"%s\"],\n"
                        .formatted(name, name, World.left().integrity()));
        world.prefetch = PrefetchMode.NONE;
        world.frozen = false;
        world.commit();
        world.generate();
        parse(nix);
        instantiate(nix);
        assertTrue(fetches(nix).containsKey(name + "@1.0.0"));
        String url = fetches(nix).get("left@1.0.0").get("url").getAsString();
        assertEquals("https://example.org/$%7Bbuiltins.abort%201%7D%27%27%5C%22", url);
    }

    @Test
    void aControlCharacterInALockfileIsRefused() throws Exception {
        world.relock("\"left@1.0.0\", \"\", {}", "\"left@1.0.0\", \"\", { \"os\": \"a\\nb\" }");
        world.commit();
        String refusal = world.refusal();
        assertTrue(refusal.startsWith("bun.lock, line 7, ") && refusal.contains("control character"), refusal);
    }

    @Test
    void aPatchWhoseNameIsHostileIsWrittenUnderAPlainOne() throws Exception {
        String patch = "patches/${builtins.abort 1} ''.patch";
        String text = "--- a/index.js\n+++ b/index.js\n@@ -1 +1 @@\n-module.exports = 1;\n+patched\n";
        world.write(patch, text);
        String manifest = Files.readString(world.source.resolve("package.json"));
        world.write(
                "package.json",
                manifest.replace("{\"name\"", "{\"patchedDependencies\":{\"left@1.0.0\":\"" + patch + "\"},\"name\""));
        world.commit();
        world.generate();
        parse(Nix.get());
        instantiate(Nix.get());
        assertEquals(text, world.text("patches/left-1.0.0.patch"));
    }

    @ParameterizedTest
    @MethodSource("everyNix")
    void theMonorepoIsADerivation(Nix nix) throws Exception {
        Files.delete(world.source.resolve("bun.lock"));
        Files.delete(world.source.resolve("package.json"));
        Monorepo.copy(world.source, "1.3.14", "bun.lock");
        world.prefetch = PrefetchMode.NONE;
        world.commit();
        world.generate();
        parse(nix);
        String tree = "import " + world.tree + "/default.nix";
        for (String system : List.of("x86_64-linux", "aarch64-linux", "x86_64-darwin", "aarch64-darwin")) {
            nix.instantiate("let p = " + tree + " { pkgs = import " + STAND_IN + " { system = \"" + system
                    + "\"; }; }; in [ p p.nodeModules p.allModules p.productionModules p.devShell ]");
        }
        String cross =
                "let here = " + tree + " { pkgs = import " + STAND_IN + " { system = \"x86_64-linux\"; }; }; there = "
                        + tree + " { pkgs = import " + STAND_IN
                        + " { system = \"aarch64-linux\"; buildSystem = \"x86_64-linux\"; }; }; in ";
        assertTrue(nix.eval(cross + "there.nodeModules.drvPath == here.nodeModules.drvPath")
                .getAsBoolean());
        assertEquals(
                "{\"cpu\":\"arm64\",\"libc\":\"glibc\",\"os\":\"linux\",\"system\":\"aarch64-linux\"}",
                nix.eval(cross + "there.productionModules.platform").toString());
        assertTrue(nix.eval(cross + "builtins.isString there.drvPath").getAsBoolean());
        String mac = "let p = " + tree + " { pkgs = import " + STAND_IN
                + " { system = \"aarch64-darwin\"; buildSystem = \"x86_64-linux\"; }; }; in ";
        assertEquals(
                "[false,true]",
                nix.eval(mac + "map (m: builtins.match \".*fsevents.*\" m.manifest != null)"
                                + " [ p.nodeModules p.productionModules ]")
                        .toString());
        assertEquals(10, fetches(nix).size());
    }
}
