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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    private static final List<String> SECRETS = List.of(
            ".env",
            ".ENV.production",
            ".npmrc",
            ".ssh/id",
            "lib/Id_RSA",
            "lib/server.Key",
            "lib/deep/.aws/credentials",
            "lib/prod.env",
            ".netrc",
            "lib/service-account-7.json");

    private static final List<String> OPEN =
            List.of(".env.example", "lib/id_rsa.pub", "lib/keys.json", "lib/environment.js", "lib/.envelope");

    /** Secrets and what looks like them, in a project whose root is the application. */
    private void writeSecrets() throws Exception {
        world.lockfile = Optional.of("bun.lock");
        Files.move(world.source.resolve("app/bun.lock"), world.source.resolve("bun.lock"));
        world.write(
                "bun.lock",
                "{ \"lockfileVersion\": 1, \"workspaces\": { \"\": { \"name\": \"tiny\" } }, \"packages\": {} }");
        world.write("package.json", "{\"name\":\"tiny\",\"version\":\"1.0.0\",\"bin\":\"main.js\"}");
        for (String path : SECRETS) {
            world.write(path, "//r.test/:_authToken=PRIVATE KEY\n");
        }
        for (String path : OPEN) {
            world.write(path, "x\n");
        }
    }

    private static Set<String> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** A copy of the source that a build sees. */
    private static String seen(String app) {
        return "(let pkgs = import " + NixStore.standIn() + " { }; in pkgs.runCommand \"seen\" { } \"cp -R ${" + app
                + ".src} $out\")";
    }

    private static Set<String> among(Set<String> files, List<String> paths) {
        Set<String> found = new TreeSet<>(files);
        found.retainAll(paths);
        return found;
    }

    @NeedsBuilds
    @Test
    void secretsReachNeitherTheStoreNorThePackage() throws Exception {
        writeSecrets();
        world.generate();
        String said = String.join("\n", world.warnings);
        for (String path : SECRETS) {
            assertTrue(said.contains(path), said);
        }
        OPEN.forEach(path -> assertFalse(said.contains(path), said));
        try (NixStore store = NixStore.open()) {
            String app = "(import " + world.tree + "/default.nix { pkgs = import " + NixStore.standIn() + " { }; })";
            Set<String> source = files(store.build(seen(app)).get(0));
            assertEquals(Set.of(), among(source, SECRETS));
            assertEquals(new TreeSet<>(OPEN), among(source, OPEN));
            Path installed = store.build(app).get(0).resolve("lib/tiny");
            assertEquals(Set.of(), among(files(installed), SECRETS));
            assertTrue(Files.exists(installed.resolve("main.js")));
            assertFalse(Files.exists(installed.resolve(".env.example")), "for people who look after the project");

            // another source, which the filter did not make
            Path raw = Files.createDirectories(folder.resolve("raw"));
            Command.of("cp", "-R", world.source + "/.", raw.toString()).runOrFail();
            String given = app.replace("{ pkgs", "{ src = " + raw + "; pkgs");
            Path again = store.build(given).get(0).resolve("lib/tiny");
            assertEquals(Set.of(), among(files(again), SECRETS));

            world.write("profile.json", "{\"installPaths\":[\"main.js\",\"lib\",\"package.json\"]}");
            world.profile = new ProfileChoice.File(world.source.resolve("profile.json"));
            world.generate();
            String refused = store.tryBuild(given).err();
            for (String path : List.of("lib/Id_RSA", "lib/server.Key", "lib/deep/.aws", "lib/prod.env")) {
                assertTrue(refused.contains(path + " looks like a secret"), refused);
            }
            world.write(
                    "profile.json",
                    "{\"installPaths\":[\"main.js\",\"lib/prod.env\",\"package.json\"],\"buildCommands\":[\"mkdir -p lib;"
                            + " echo > lib/prod.env\"]}");
            world.generate();
            assertTrue(Files.exists(store.build(app).get(0).resolve("lib/tiny/lib/prod.env")), "named by the user");
        }
    }

    @Needs({Tool.BUILDS, Tool.GIT})
    @Test
    void ofAGitWorkTreeABuildSeesWhatGitTracks() throws Exception {
        writeSecrets();
        world.write(".gitignore", "*.log\n/private/\n");
        world.generate();
        TinyProject.commit(world.source, "v1");
        world.write("debug.log", "ignored\n");
        world.write("private/a.js", "ignored\n");
        world.write("notes.txt", "untracked\n");
        world.write("main.js", "module.exports = 'changed';\n");
        world.write("lib/new.js", "added\n");
        Command.of("git", "-C", world.source.toString(), "add", "lib/new.js").runOrFail();
        world.warnings.clear();
        assertTrue(world.generate().isEmpty());
        try (NixStore store = NixStore.open()) {
            String app = "(import " + world.tree + "/default.nix { pkgs = import " + NixStore.standIn() + " { }; })";
            Path source = store.build(seen(app)).get(0);
            Set<String> files = files(source);
            assertEquals(
                    Set.of("lib/new.js", "main.js"),
                    among(files, List.of("debug.log", "private/a.js", "notes.txt", "lib/new.js", "main.js")));
            assertEquals("module.exports = 'changed';\n", Files.readString(source.resolve("main.js")));
            assertEquals(Set.of(), among(files, SECRETS));
        }
        Command.of("git", "-C", world.source.toString(), "rm", "-q", "--cached", "bun.lock")
                .runOrFail();
        world.generate();
        assertTrue(
                world.warnings.stream().anyMatch(line -> line.startsWith("Git does not track bun.lock")),
                world.warnings::toString);
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
