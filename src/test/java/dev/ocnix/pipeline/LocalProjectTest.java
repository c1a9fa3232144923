package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        try (World clone = clone("clone")) {
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
            String built = store.nix("nix", "build", "--no-link", "--print-out-paths", "--no-write-lock-file")
                    .and("--override-input", "nixpkgs", "path:" + nixpkgs)
                    .and("git+file://" + world.source + "?dir=nix#packages.x86_64-linux.default.allModules")
                    .runOrFail()
                    .out()
                    .strip();
            Path lib = store.onDisk(built).resolve("node_modules/lib");
            assertTrue(Files.exists(lib.resolve("index.js")));
            assertFalse(Files.exists(lib.resolve("debug.log")));
        }
    }

    /** A world whose source is a clone of ours. */
    private World clone(String name, String... settings) {
        World clone = new World(folder.resolve(name), world.registry, world.github);
        Command.of("git")
                .and(settings)
                .and("clone", "-q", world.source.toString(), clone.source.toString())
                .runOrFail();
        clone.local = true;
        clone.tree = clone.source.resolve("nix");
        clone.lockfile = world.lockfile;
        return clone;
    }
}
