package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.SourcePin;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Workspace;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.NixStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsNix
class NixTreeTest {
    private static final List<String> SYSTEMS =
            List.of("x86_64-linux", "aarch64-linux", "x86_64-darwin", "aarch64-darwin");

    @TempDir
    static Path folder;

    private final Nix nix = Nix.get();

    @BeforeAll
    static void write() throws IOException, OcnixException {
        writeTo(folder, SampleTree.small().tree());
    }

    private static void writeTo(Path target, NixTree tree) throws IOException {
        for (Map.Entry<String, FileContent> file : tree.files().entrySet()) {
            Path path = target.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().bytes());
        }
    }

    @Test
    void everyNixFileParses() throws IOException {
        List<Path> files = new ArrayList<>();
        try (var walk = Files.walk(folder)) {
            walk.filter(path -> path.toString().endsWith(".nix")).forEach(files::add);
        }
        assertTrue(files.size() > 10);
        nix.parse(files.toArray(Path[]::new));
    }

    @Test
    void whoReadsATreeSeesAllThatNixDoes() throws OcnixException {
        SampleTree sample = SampleTree.small();
        sample.options.put("workspace", "a\u202e\u2066b\u001b[2J\u0085\u200b");
        sample.options.put("##vso[task.complete]", "x");
        Application old = sample.application;
        sample.application = ChangedApplication.of(old)
                .buildCommands(List.of("echo \u2067 } ; \u2069 \u202e"))
                .environment(new TreeMap<>(Map.of("A", "\u009b31m\ufeff\u3164")))
                .build();
        sample.tree().files().forEach((path, content) -> {
            String text = content.toString();
            assertTrue(text.codePoints().allMatch(c -> c == '\n' || c == '\t' || Visible.isVisible(c)), path);
            assertFalse(text.contains("##vso["), path);
        });
        assertTrue(sample.tree().files().get("ocnix.json").toString().contains("a\\u202e\\u2066b\\u001b[2J"));
    }

    @Test
    void theLibraryIsAllThatIsInItsFolder() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("basedir", ""), "nix", "lib"))) {
            assertEquals(
                    BuilderFiles.LIBRARY,
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void dependenciesHoldWhatTheFetchersAreGiven() {
        JsonObject all = nix.eval("import " + folder + "/dependencies.nix { fetchurl = a: a; fetchgit = a: a; "
                        + "fetchFromGitHub = a: a; fromSource = a: a; }")
                .getAsJsonObject();
        assertEquals(
                Set.of(
                        "@rollup/m@4.0.0",
                        "@rollup/r@4.0.0",
                        "@rollup/x@4.0.0",
                        "bundler@1.0.0",
                        "debug@4.0.0",
                        "folder@file:vendor/folder",
                        "ghdep@github:acme/ghdep#0123456",
                        "gitdep@git+https://git.example.org/x.git#" + SampleTree.COMMIT,
                        "local@./vendor/local.tgz",
                        "ms@1.0.0",
                        "ms@2.1.3",
                        "node-addon-api@7.1.1",
                        "node-pty@1.0.0",
                        "rollup@4.0.0",
                        "string-width@4.2.3",
                        "typescript@5.9.0"),
                all.keySet());
        JsonObject scoped = all.getAsJsonObject("@rollup/x@4.0.0");
        assertEquals("rollup-x-4.0.0.tgz", text(scoped, "src", "name"));
        assertEquals("https://registry.npmjs.org/@rollup/x/-/x-4.0.0.tgz", text(scoped, "src", "url"));
        assertEquals("[\"linux\"]", scoped.get("os").toString());
        assertEquals("[]", all.getAsJsonObject("@rollup/r@4.0.0").get("cpu").toString());
        assertEquals("dist/bin/rollup", text(all.getAsJsonObject("rollup@4.0.0"), "bin"));
        assertEquals(
                1, all.getAsJsonObject("debug@4.0.0").getAsJsonArray("patch").size());
        JsonObject gitHub = all.getAsJsonObject("ghdep@github:acme/ghdep#0123456");
        assertEquals(SampleTree.COMMIT, text(gitHub, "src", "rev"));
        assertEquals("false", text(gitHub, "src", "fetchSubmodules"));
        assertEquals("false", text(gitHub, "src", "leaveDotGit"));
        assertEquals("vendor/local.tgz", text(all.getAsJsonObject("local@./vendor/local.tgz"), "src", "path"));
    }

    @Test
    void theApplicationAndAllItOffersAreDerivationsOnEachSystem() {
        for (String system : SYSTEMS) {
            String app = application(system, "");
            List<String> paths = nix.instantiate(
                    "let p = " + app + "; in [ p p.nodeModules p.allModules "
                            + "p.productionModules p.tests.links p.tests.programs p.devShell ] ++ builtins.attrValues p.nativeAddons");
            assertEquals(8, paths.size());
            assertTrue(paths.get(0).endsWith("-web-1.0.0.drv"), paths::toString);
        }
    }

    @Test
    void aScopeHoldsWhatIsReachedOnThePlatform() {
        assertEquals(
                List.of(
                        "@acme/ui",
                        "debug",
                        "debug/ms",
                        "ghdep",
                        "gitdep",
                        "ms",
                        "node-addon-api",
                        "node-pty",
                        "short"),
                keys("x86_64-linux", "productionModules"));
        List<String> linux = keys("x86_64-linux", "nodeModules");
        assertTrue(linux.containsAll(List.of("rollup", "@rollup/x", "typescript", "bundler")), linux::toString);
        for (String absent : List.of("@rollup/m", "@rollup/r", "folder", "bundler/inner")) {
            assertFalse(linux.contains(absent), absent);
        }
        List<String> mac = keys("aarch64-darwin", "nodeModules");
        assertTrue(mac.contains("@rollup/m") && !mac.contains("@rollup/x"), mac::toString);
    }

    @Test
    void aScopeIsChosenByItsWorkspacesDevelopmentOptionalsAndPlatform(@TempDir Path tree) throws Exception {
        SampleTree sample = SampleTree.small();
        sample.npm("prebuilt", "prebuilt@1.0.0", "optional prebuilt-glibc", "optional prebuilt-musl", "prod ms");
        for (String libc : List.of("glibc", "musl")) {
            sample.npm("prebuilt-" + libc, "prebuilt-" + libc + "@1.0.0");
            sample.platforms.put(
                    SampleTree.id("prebuilt-" + libc + "@1.0.0"),
                    new PlatformLimits(Optional.empty(), Optional.empty(), Optional.of(List.of(libc))));
        }
        sample.workspaces.add(SampleTree.workspace("packages/own", "own", "prod prebuilt", "dev rollup"));
        writeTo(tree, sample.tree());
        Map<String, List<String>> scopes = Map.of(
                "x86_64-linux { workspaces = [ \"packages/own\" ]; }",
                List.of("@rollup/x", "ms", "prebuilt", "prebuilt-glibc", "rollup"),
                "x86_64-linux { workspaces = [ \"packages/own\" ]; dev = false; }",
                List.of("ms", "prebuilt", "prebuilt-glibc"),
                "x86_64-linux-musl { workspaces = [ \"packages/own\" ]; dev = false; }",
                List.of("ms", "prebuilt", "prebuilt-musl"),
                "aarch64-darwin { workspaces = [ \"packages/own\" ]; }",
                List.of("@rollup/m", "ms", "prebuilt", "rollup"),
                "x86_64-linux { workspaces = [ \"packages/own\" ]; optional = false; }",
                List.of("ms", "prebuilt", "rollup"),
                "x86_64-linux { workspaces = [ \"\" ]; }",
                List.of("bundler", "typescript"));
        scopes.forEach((scope, keys) -> {
            String[] words = scope.split(" ", 2);
            assertEquals(keys, keysOf("(" + application(tree, words[0], "") + ".modulesFor " + words[1] + ")"), scope);
        });
        assertEquals(
                keysOf(application(tree, "x86_64-linux", "") + ".allModules"),
                keysOf("(" + application(tree, "x86_64-linux", "") + ".modulesFor { })"));
    }

    @Test
    void packagesCanBeReplacedAndLeftOut() {
        List<String> left = keysOf(application("x86_64-linux", "overrides.debug = _: null;") + ".productionModules");
        assertFalse(left.contains("debug") || left.contains("debug/ms"), left::toString);
        String error = failure(application("x86_64-linux", "overrides.\"ms@2.1.3\" = p: throw \"of ${p.version}\";")
                + ".productionModules.drvPath");
        assertTrue(error.contains("of 2.1.3"), error);
        nix.instantiate(application(
                        "x86_64-linux",
                        "overrides.ms = p: p.overrideAttrs (old: { postInstall = \"echo ${old.version}\"; });")
                + ".productionModules");
    }

    @Test
    void anOverrideThatMatchesNothingNamesWhatIsNear() {
        String error = failure(application("x86_64-linux", "overrides.debgu = _: null;") + ".drvPath");
        assertTrue(error.contains("debgu") && error.contains("near it are debug"), error);
        error = failure(application("x86_64-linux", "preferSource.\"ms@9.9.9\" = true;") + ".drvPath");
        assertTrue(error.contains("names no package of native-addons.nix; it can name node-pty@1.0.0"), error);
        error = failure(application("x86_64-linux", "overrides.\"ms@9.9.9\" = _: null;") + ".drvPath");
        assertTrue(error.contains("ms@1.0.0, ms@2.1.3"), error);
    }

    @Test
    void anOverrideThatIsNoFunctionIsToldWhatToWrite() {
        String error = failure(application("x86_64-linux", "overrides.debug = null;") + ".productionModules.drvPath");
        assertTrue(error.contains("is not a function of the package; write _: null"), error);
    }

    @Test
    void argumentsThatPackageNixDoesNotKnowAreRefused() {
        assertTrue(failure(application("x86_64-linux", "runtme = \"bun\";") + ".drvPath")
                .contains("runtme"));
        assertTrue(failure(application("x86_64-linux", "runtime = \"deno\";") + ".drvPath")
                .contains("deno"));
    }

    @Test
    void theOverlayAndTheFlakeLeadToTheSamePackage() {
        String direct = nix.eval(application("x86_64-linux", "") + ".drvPath").getAsString();
        assertEquals(
                direct,
                nix.eval("(import " + standIn() + " { overlays = [ (import " + folder
                                + "/overlay.nix) ]; }).web.drvPath")
                        .getAsString());
        String flake = "let flake = import " + folder
                + "/flake.nix; self = flake.outputs { inherit self; nixpkgs.legacyPackages = "
                + "builtins.listToAttrs (map (name: { inherit name; value = import " + standIn()
                + " { system = name; }; }) [ \"x86_64-linux\" \"aarch64-linux\" \"x86_64-darwin\" \"aarch64-darwin\" ]); }; in ";
        assertEquals(
                direct,
                nix.eval(flake + "self.packages.x86_64-linux.default.drvPath").getAsString());
        assertEquals(
                direct,
                nix.eval(flake + "self.packages.x86_64-linux.web.drvPath").getAsString());
        assertTrue(nix.eval(flake + "self.apps.aarch64-darwin.default.program")
                .getAsString()
                .endsWith("/bin/shop"));
        nix.eval(flake + "self.devShells.x86_64-darwin.default.drvPath");
        nix.eval(flake + "self.checks.aarch64-linux.links.drvPath");
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw \"src has been removed\"", "prev.bash", "null"})
    void whatNixpkgsCallsSrcIsNoSource(String src) {
        String direct = nix.eval(application("x86_64-linux", "") + ".drvPath").getAsString();
        String pkgs = "(import " + standIn() + " { system = \"x86_64-linux\"; overlays = [ (final: prev: { src = " + src
                + "; }) ]; })";
        assertEquals(
                direct,
                nix.eval("(" + pkgs + ".callPackage " + folder + "/package.nix { }).drvPath")
                        .getAsString());
        assertEquals(
                direct,
                nix.eval("(import " + folder + "/default.nix { pkgs = " + pkgs + "; }).drvPath")
                        .getAsString());
    }

    @Test
    void buildToolsComeFromTheMachineThatBuilds() {
        String cross = "import " + folder + "/default.nix { pkgs = import " + standIn()
                + " { system = \"aarch64-linux\"; buildSystem = \"x86_64-linux\"; }; }";
        assertTrue(keysOf("(" + cross + ").nodeModules").contains("@rollup/x"));
        assertFalse(keysOf("(" + cross + ").productionModules").contains("@rollup/x"));
    }

    @Test
    void aSourceOfOneMachineOnlyMustBePassed(@TempDir Path other) throws Exception {
        SampleTree sample = SampleTree.small();
        sample.source = new TreeSource.Pinned(new SourcePin(
                new SourceIdentity.Git("file:///somewhere/repo.git"),
                SampleTree.COMMIT,
                Optional.empty(),
                SampleTree.COMMIT,
                SampleTree.sha256("x"),
                false));
        writeTo(other, sample.tree());
        String error = failure(application(other, "x86_64-linux", "") + ".drvPath");
        assertTrue(error.contains("pass src") && error.contains(SampleTree.COMMIT), error);
        assertFalse(Files.readString(other.resolve("ocnix.json")).contains("somewhere"));
        nix.instantiate(application(other, "x86_64-linux", "src = " + other + "/lib;"));
    }

    @Test
    void aLocalSourceLeavesOutTheTreeAndWhatIsBuilt(@TempDir Path project) throws Exception {
        SampleTree sample = SampleTree.small();
        sample.source = new TreeSource.Local("..", new TreeSet<>(List.of("nix", "target")));
        for (String file :
                List.of("package.json", "nix/x", "target/y", "a/node_modules/z", "a/target/kept", "${odd}\"")) {
            Path path = project.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
        }
        writeTo(project.resolve("nix"), sample.tree());
        nix.instantiate(application(project.resolve("nix"), "x86_64-linux", ""));
        JsonObject seen = nix.eval("let lib = import " + standIn() + "/lib.nix; s = import " + project
                        + "/nix/source.nix { lib = lib // { cleanSourceWith = a: builtins.listToAttrs (map (p: { name = p; value = "
                        + "a.filter (toString a.src + \"/\" + p) \"directory\"; }) [ \"nix\" \"target\" \"a/target\" "
                        + "\"a/node_modules\" \".git\" ]); }; }; in s")
                .getAsJsonObject();
        assertEquals(
                "{\".git\":false,\"a/node_modules\":false,\"a/target\":true,\"nix\":false,\"target\":false}",
                seen.toString());
    }

    @Test
    void aProgramsPathStaysOneWordInItsWrapper(@TempDir Path other) throws Exception {
        String evil = "bin/a b'\"$(touch pwned);touch pwned #.js";
        SampleTree sample = SampleTree.small();
        sample.application = new Application(
                "web",
                "1.0.0",
                Application.Meta.none(),
                "",
                Optional.empty(),
                new TreeMap<>(Map.of("shop", evil)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Collections.emptySortedMap(),
                List.of(),
                List.of(),
                PostAssembly.nothing(),
                Running.plain(),
                Building.plain());
        writeTo(other, sample.tree());
        String install = text(
                nix.eval("{ i = (" + application(other, "x86_64-linux", "") + ").installPhase; }")
                        .getAsJsonObject(),
                "i");
        Path file = other.resolve("out/lib/web/" + evil);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "1\n");
        // what makeWrapper does with flags: they are part of the text of the script that it writes
        Path script = Files.writeString(other.resolve("install.sh"), """
                out=$PWD/out NIX_STORE=/nix/store
                for name in shebang binaries programs; do source %s/$name.sh; done
                makeWrapper() {
                  printf '%%s\\n' "printf '<%%s>' $4" > wrapper
                }
                %s
                ocnixMakePrograms
                """.formatted(
                Path.of("nix/lib").toAbsolutePath(),
                install.substring(install.indexOf("ocnixPrograms="), install.indexOf("if ocnixNeedsModules"))
                        + install.substring(install.indexOf("ocnixRuntimes="), install.indexOf("ocnixPrograms="))));
        Command.of("bash", script.toString()).in(other).runOrFail();
        assertEquals(
                "<" + file + ">",
                Command.of("bash", "wrapper").in(other).runOrFail().out());
        assertFalse(Files.exists(other.resolve("pwned")));
    }

    @Test
    void hostileTextsOfALockfileStayTexts(@TempDir Path other) throws Exception {
        String evil = "x\"; a = builtins.abort \"x\"; b = \"${builtins.abort \"y\"}''";
        SampleTree sample = SampleTree.small();
        sample.npm(evil, evil + "@1.0.0", "prod " + "ms");
        sample.npm("${x}", "${x}@1.0.0-$(touch a)");
        sample.workspaces.add(new Workspace(
                "packages/evil",
                Optional.of("evil"),
                Optional.empty(),
                Bin.none(),
                List.of(
                        new Dependency(evil, "*", DependencyKind.PROD),
                        new Dependency("${x}", "*", DependencyKind.PROD))));
        sample.options.put("ocnix.x", evil);
        writeTo(other, sample.tree());
        nix.instantiate("let p = " + application(other, "x86_64-linux", "") + "; in [ p p.allModules ]");
        assertTrue(nix.eval("import " + other + "/layout.nix")
                .getAsJsonObject()
                .getAsJsonObject("placements")
                .has(evil));
    }

    /** Values that only a hand can have put into the data, and one of each kind as it should be. */
    @Test
    void dataOfAnotherFormIsRefusedBeforeItReachesAShell() {
        String digest = "a".repeat(64);
        List<String> lockfiles = new ArrayList<>();
        lockfiles.add("{ path = \"bun.lock\"; sha256 = \"" + digest + "\"; }");
        for (String sha256 : List.of(
                "\"$(echo PWNED > file)\"",
                "\"" + digest + "\\n\"",
                "\"" + digest.toUpperCase(Locale.ROOT) + "\"",
                "\"" + digest.substring(1) + "\"",
                "\"" + digest + "  -\"",
                "null",
                "1",
                "[ \"" + digest + "\" ]")) {
            lockfiles.add("{ path = \"bun.lock\"; sha256 = " + sha256 + "; }");
        }
        for (String path : List.of("../bun.lock", "/etc/passwd", "a//b", "a/./b", "a\\nb", "", "..")) {
            lockfiles.add("{ path = \"" + path + "\"; sha256 = \"" + digest + "\"; }");
        }
        lockfiles.add("{ }");
        List<String> layouts = new ArrayList<>();
        layouts.add("{ workspaces.\"\" = { }; workspaces.\"packages/a\" = { }; placements.\"@a/b/c\" = { }; }");
        for (String key : List.of("../../home", "/home", "a\\tb", "a\\nb", "a/../..", "a/")) {
            layouts.add("{ workspaces.\"" + key + "\" = { }; placements = { }; }");
            layouts.add("{ workspaces = { }; placements.\"" + key + "\" = { }; }");
            layouts.add("{ workspaces = { }; placements.a.workspace = \"" + key + "\"; }");
        }
        List<String> applications = new ArrayList<>();
        String sound = "{ name = \"web\"; workspace = \"\"; programs.shop = \"bin/shop.js\"; buildWorkspaces = [ ]; "
                + "environment.A_1 = \"$x\"; wrapperEnvironment.bun.B = \"\"; }";
        applications.add(sound);
        for (String change : List.of(
                "name = \"a$(id)\"",
                "name = \"../a\"",
                "name = 1",
                "workspace = \"../..\"",
                "programs.\"../../sh\" = \"a\"",
                "programs.a = \"../../../bin/sh\"",
                "buildWorkspaces = [ \"/\" ]",
                "environment.\"A;id\" = \"\"",
                "wrapperEnvironment.bun.\"A=1; touch pwned; B\" = \"\"",
                "wrapperEnvironment.node.\"$(id)\" = \"\"",
                "wrapperEnvironment.node.\"1A\" = \"\"",
                "service.environment.\"A B\" = \"\"")) {
            applications.add("(" + sound + " // { " + change + "; })");
        }
        String tried = "map (value: (builtins.tryEval (builtins.deepSeq (%s value) null)).success) [ %s ]";
        JsonObject seen = nix.eval("let lib = import " + NixStore.standIn() + "/lib.nix; forms = import "
                        + Path.of("nix/lib/forms.nix").toAbsolutePath()
                        + " { inherit lib; }; in { lockfiles = " + tried.formatted("forms.lockfile", join(lockfiles))
                        + "; layouts = " + tried.formatted("forms.layout", join(layouts))
                        + "; applications = " + tried.formatted("forms.application", join(applications)) + "; }")
                .getAsJsonObject();
        for (String kind : List.of("lockfiles", "layouts", "applications")) {
            JsonArray verdicts = seen.getAsJsonArray(kind);
            for (int i = 0; i < verdicts.size(); i++) {
                assertEquals(i == 0, verdicts.get(i).getAsBoolean(), kind + " " + i);
            }
        }
    }

    private static String join(List<String> values) {
        return String.join(" ", values);
    }

    @Test
    void aValueThatIsRefusedIsShownWithoutMarksOfDirection(@TempDir Path other) throws Exception {
        writeTo(other, SampleTree.small().tree());
        Path manifest = other.resolve("ocnix.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst(
                                "\"sha256\": \"[0-9a-f]{64}\"", "\"sha256\": \"a\u202egnp.\u200b\u0085b\u007f c\""));
        String said = nix.tryEval(application(other, "x86_64-linux", "") + ".drvPath")
                .run()
                .err();
        assertTrue(
                said.contains(
                        "ocnix: lockfile.sha256 of ocnix.json is \"a\ufffdgnp.\ufffdb\ufffd c\", where ocnix writes"),
                said);
    }

    @Test
    void aDigestThatIsShellCodeStopsTheShell(@TempDir Path other) throws Exception {
        writeTo(other, SampleTree.small().tree());
        Path manifest = other.resolve("ocnix.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst("\"sha256\": \"[0-9a-f]{64}\"", "\"sha256\": \"\\$(echo PWNED > file)\""));
        for (String attribute : List.of("devShell", "drvPath")) {
            Command.Result result = nix.tryEval(application(other, "x86_64-linux", "") + "." + attribute)
                    .run();
            assertNotEquals(0, result.exit());
            assertTrue(result.err().contains("ocnix: lockfile.sha256 of ocnix.json is"), result.err());
        }
    }

    @Test
    void packagesWithoutASourceAreNamedTogether() throws OcnixException {
        SampleTree sample = SampleTree.small();
        sample.sources.remove(SampleTree.id("ms@2.1.3"));
        sample.sources.remove(SampleTree.id("debug@4.0.0"));
        OcnixException e = assertThrows(OcnixException.class, sample::tree);
        assertEquals(2, e.problems().size());
        assertTrue(e.getMessage().contains("ms@2.1.3") && e.getMessage().contains("debug@4.0.0"), e::getMessage);
    }

    @Test
    void theSameInputGivesTheSameBytes() throws OcnixException {
        assertEquals(SampleTree.small().tree(), SampleTree.small().tree());
    }

    private static String application(String system, String arguments) {
        return application(folder, system, arguments);
    }

    private static String application(Path tree, String system, String arguments) {
        return "(import " + tree + "/default.nix { pkgs = import " + standIn() + " { system = \"" + system + "\"; }; "
                + arguments + " })";
    }

    private List<String> keys(String system, String scope) {
        return keysOf(application(system, "") + "." + scope);
    }

    private List<String> keysOf(String scope) {
        return nix.eval(scope + ".keys").getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private String failure(String expression) {
        Command.Result result = nix.tryEval(expression).run();
        assertNotEquals(0, result.exit(), result::out);
        return result.err();
    }

    private static String text(JsonObject object, String... path) {
        JsonElement element = object;
        for (String name : path) {
            element = element.getAsJsonObject().get(name);
        }
        return element.getAsString();
    }

    static Path standIn() {
        return Path.of(System.getProperty("basedir", ""), "nix", "tests", "nixpkgs")
                .toAbsolutePath();
    }
}
