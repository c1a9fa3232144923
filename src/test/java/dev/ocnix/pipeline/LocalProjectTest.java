package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.Needs;
import dev.ocnix.testing.NeedsBuilds;
import dev.ocnix.testing.NeedsGit;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.NixStore;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import dev.ocnix.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project beside its tree is taken as it is: its own folders and tarballs have no fixed hash. */
class LocalProjectTest {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() throws Exception {
        world = new World(folder);
        world.local = true;
        world.tree = world.source.resolve("nix");
        world.lockfile = Optional.of("app/bun.lock");
        TinyProject.write(world.source.resolve("app"), "tiny", List.of());
        world.write("package.json", "{\"name\":\"plugin\",\"version\":\"1.0.0\"}");
        world.write("main.js", "module.exports = 1;\n");
        world.write("vendor/lib/package.json", "{\"name\":\"lib\",\"version\":\"1.0.0\"}");
        world.write("vendor/lib/index.js", "one\n");
        pack("one\n");
        world.write(
                "app/package.json",
                "{\"name\":\"tiny\",\"dependencies\":{\"plugin\":\"file:..\",\"lib\":\"file:../vendor/lib\","
                        + "\"packed\":\"file:../packed.tgz\"}}");
        world.write("app/bun.lock", """
                {
                  "lockfileVersion": 1,
                  "workspaces": {
                    "": {
                      "name": "tiny",
                      "dependencies": {
                        "lib": "file:../vendor/lib", "packed": "file:../packed.tgz", "plugin": "file:..",
                      },
                    },
                  },
                  "packages": {
                    "lib": ["lib@file:../vendor/lib", {}],
                    "packed": ["packed@../packed.tgz", {}],
                    "plugin": ["plugin@file:..", {}],
                  },
                }
                """);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void pack(String content) throws IOException {
        Files.write(
                world.source.resolve("packed.tgz"),
                PackageTarball.of("packed", "1.0.0")
                        .file("index.js", content)
                        .build()
                        .bytes());
    }

    private Path modules(NixStore store) throws IOException {
        Path built = store.build("(import " + world.tree + "/default.nix { pkgs = import " + NixStore.standIn()
                        + " { }; }).allModules")
                .get(0);
        return built.resolve("node_modules");
    }

    @NeedsBuilds
    @Test
    void aFolderThatHoldsTreesAndReportsIsWhatTheSourceLetsThrough() throws Exception {
        world.reports = world.source.resolve("docs/reports");
        world.write("docs/guide.md", "guide\n");
        Path first = world.tree;
        world.tree = world.source.resolve("other/tree");
        world.generate();
        world.tree = first;
        world.generate();
        SortedMap<String, String> before = world.bytes();
        assertTrue(world.generate().isEmpty(), "the second run changes nothing");
        assertEquals(before, world.bytes());
        assertFalse(world.text("dependencies.nix").contains("hash"), world.text("dependencies.nix"));
        world.reports = folder.resolve("elsewhere");
        assertTrue(world.check().isEmpty());
        try (NixStore store = NixStore.open()) {
            Path plugin = modules(store).resolve("plugin");
            try (var all = Files.walk(plugin)) {
                assertEquals(
                        List.of(
                                "app/bun.lock",
                                "app/index.js",
                                "app/package.json",
                                "docs/guide.md",
                                "main.js",
                                "package.json",
                                "packed.tgz",
                                "vendor/lib/index.js",
                                "vendor/lib/package.json"),
                        all.filter(Files::isRegularFile)
                                .map(path -> plugin.relativize(path).toString())
                                .sorted()
                                .toList());
            }
        }
    }

    @NeedsBuilds
    @Test
    void whatIsThereIsBuiltAndTheRestOfTheProjectMovesNothing() throws Exception {
        String lockfile = Files.readString(world.source.resolve("app/bun.lock"));
        world.write(
                "app/bun.lock",
                lockfile.replace("    \"plugin\": [\"plugin@file:..\", {}],\n", "")
                        .replace(" \"plugin\": \"file:..\",", ""));
        world.write(
                "app/package.json",
                "{\"name\":\"tiny\",\"dependencies\":{\"lib\":\"file:../vendor/lib\","
                        + "\"packed\":\"file:../packed.tgz\"}}");
        world.generate();
        try (NixStore store = NixStore.open()) {
            Path modules = modules(store);
            world.write("main.js", "another\n");
            assertEquals(modules, modules(store));
            world.write("vendor/lib/index.js", "two\n");
            pack("two\n");
            Path young = modules(store);
            assertEquals("two\n", Files.readString(young.resolve("lib/index.js")));
            assertEquals("two\n", Files.readString(young.resolve("packed/index.js")));
            assertTrue(world.check().isEmpty());
            Path given = store.build("(import " + world.tree + "/default.nix { pkgs = import " + NixStore.standIn()
                            + " { }; src = " + world.source + "; }).allModules")
                    .get(0);
            assertEquals("two\n", Files.readString(given.resolve("node_modules/lib/index.js")));
            assertEquals("two\n", Files.readString(given.resolve("node_modules/packed/index.js")));
        }
    }

    @NeedsGit
    @Test
    void aFreshCloneIsRightWithoutWhatGitIgnores() throws Exception {
        world.write(".gitignore", "*.log\n");
        world.write("vendor/lib/debug.log", "ignored\n");
        world.generate();
        TinyProject.commit(world.source, "v1");
        try (World clone = clone(world, "clone")) {
            assertFalse(Files.exists(clone.source.resolve("vendor/lib/debug.log")));
            assertTrue(clone.check().isEmpty());
            assertTrue(clone.generate().isEmpty());
        }
    }

    @Needs({Tool.BUILDS, Tool.GIT})
    @Test
    void aFlakeOfTheRepositoryBuilds() throws Exception {
        world.write(".gitignore", "*.log\n");
        world.write("vendor/lib/debug.log", "ignored\n");
        world.generate();
        TinyProject.commit(world.source, "v1");
        Nix nix = Nix.all().filter(one -> one.has("nix")).reduce((a, b) -> b).orElseThrow();
        Path nixpkgs = Files.createDirectories(folder.resolve("nixpkgs"));
        Files.writeString(
                nixpkgs.resolve("flake.nix"),
                "{ outputs = _: { lib = import ./stand-in/lib.nix; legacyPackages.x86_64-linux = import ./stand-in"
                        + " { system = \"x86_64-linux\"; }; }; }");
        Command.of(
                        "cp",
                        "-R",
                        NixStore.standIn().toString(),
                        nixpkgs.resolve("stand-in").toString())
                .runOrFail();
        try (NixStore store = NixStore.of(nix)) {
            String built = store.nix("nix", "build", "--no-link", "--json", "--no-write-lock-file")
                    .and("--override-input", "nixpkgs", "path:" + nixpkgs)
                    .and("git+file://" + world.source + "?dir=nix#packages.x86_64-linux.default.allModules")
                    .runOrFail()
                    .out();
            String path = JsonParser.parseString(built)
                    .getAsJsonArray()
                    .get(0)
                    .getAsJsonObject()
                    .getAsJsonObject("outputs")
                    .get("out")
                    .getAsString();
            Path lib = store.onDisk(path).resolve("node_modules/lib");
            assertTrue(Files.exists(lib.resolve("index.js")));
            assertFalse(Files.exists(lib.resolve("debug.log")));
        }
    }

    @NeedsGit
    @Test
    void aCheckoutWithOtherLineEndsGivesTheSameTree() throws Exception {
        try (World linux = textProject();
                World windows = clone(linux, "windows", "-c", "core.autocrlf=true")) {
            assertTrue(Files.readString(windows.source.resolve("bun.lock")).contains("\r\n"));
            assertTrue(Files.readString(windows.source.resolve("patches/left.patch"))
                    .contains("\r\n"));
            for (World one : List.of(linux, windows)) {
                one.lockfile = Optional.empty();
                one.profile = new ProfileChoice.File(one.source.resolve("profile.json"));
                one.generate();
            }
            assertEquals(linux.bytes(), windows.bytes());
            assertFalse(linux.text("patches/left-1.0.0.patch").contains("\r"));
            assertTrue(
                    linux.text("patches/scope-right-2.0.0.patch").contains("\r"), "in the repository it has them, too");
            assertTrue(windows.check().isEmpty());
        }
    }

    @Needs({Tool.BUILDS, Tool.GIT})
    @Test
    void theLockfileOfACheckoutWithOtherLineEndsIsTaken() throws Exception {
        world.generate();
        TinyProject.commit(world.source, "v1");
        try (World windows = clone(world, "windows", "-c", "core.autocrlf=true");
                NixStore store = NixStore.open()) {
            assertTrue(Files.readString(windows.source.resolve("app/bun.lock")).contains("\r\n"));
            String app = "(import " + windows.tree + "/default.nix { pkgs = import " + NixStore.standIn() + " { }; })";
            store.build(app);
            windows.write("app/bun.lock", Files.readString(windows.source.resolve("app/bun.lock")) + "// more\n");
            Command.Result refused = store.tryBuild(app);
            assertTrue(refused.err().contains("not the one that the tree was generated from"), refused.err());
        }
    }

    @Test
    void theProjectsOwnFolderIsNoPlaceForATree() {
        world.tree = world.source;
        String refusal = assertThrows(OcnixException.class, world::generate).getMessage();
        assertTrue(refusal.startsWith("ocnix.outputDirectory is the project's own folder, " + world.source), refusal);
    }

    /** A project with text of every kind that reaches a tree, committed. */
    private World textProject() throws Exception {
        World linux = World.of(folder.resolve("linux"), World.left(), World.right());
        linux.local = true;
        linux.tree = linux.source.resolve("nix");
        String patch = "--- a/index.js\n+++ b/index.js\n@@ -1 +1 @@\n-module.exports = %d;\n+patched\n";
        linux.write("patches/left.patch", patch.formatted(1));
        linux.write("patches/right.patch", patch.formatted(2).replace("\n", "\r\n"));
        linux.relock(
                "  \"packages\": {\n",
                "  \"patchedDependencies\": { \"left@1.0.0\": \"patches/left.patch\","
                        + " \"@scope/right@2.0.0\": \"patches/right.patch\" },\n  \"packages\": {\n");
        linux.write(
                "package.json",
                Files.readString(linux.source.resolve("package.json"))
                        .replace(
                                "\"bin\"",
                                "\"patchedDependencies\":{\"left@1.0.0\":\"patches/left.patch\","
                                        + "\"@scope/right@2.0.0\":\"patches/right.patch\"},\n\"bin\""));
        linux.write(".npmrc", "@scope:registry=https://npm.example.org/base/\nregistry=https://npm.example.org/\n");
        linux.write("scripts/step.sh", "echo one\necho two\n");
        linux.write(
                "profile.json",
                "{\n\"postAssemble\": { \"commands\": [\"sh scripts/step.sh\"], \"files\": [\"scripts/step.sh\"] }\n}\n");
        TinyProject.commit(linux.source, "v1");
        return linux;
    }

    /** A world whose source is a clone of another's. */
    private World clone(World of, String name, String... settings) {
        World clone = new World(folder.resolve(name), of.registry, of.github);
        Command.of("git")
                .and(settings)
                .and("clone", "-q", of.source.toString(), clone.source.toString())
                .runOrFail();
        clone.local = true;
        clone.tree = clone.source.resolve("nix");
        clone.lockfile = of.lockfile;
        return clone;
    }
}
