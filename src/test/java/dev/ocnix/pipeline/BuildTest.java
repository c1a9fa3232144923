package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Command;
import dev.ocnix.testing.Monorepo;
import dev.ocnix.testing.NeedsBuilds;
import dev.ocnix.testing.NeedsNetwork;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.NixStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nix builds what a conversion of the monorepo writes, and the programs run. */
@NeedsBuilds
@NeedsNetwork
class BuildTest {
    private static final String STAND_IN = "import " + NixStore.standIn();
    private static final String GREETING = """
            hello, world: a year has 31536000000 ms
            3 is odd, an hour has 3600000 ms
            the greeter is built when a year had 31536000000 ms
            """;

    @TempDir
    static Path folder;

    private static World world;
    private static List<NixStore> stores = List.of();

    @BeforeAll
    static void generate() throws Exception {
        world = new World(folder);
        Monorepo.copy(Files.createDirectories(world.source), "1.3.14", "bun.lock");
        world.local = true;
        world.linker = Optional.of("hoisted");
        world.registryMirror = Optional.empty();
        world.generate();
        Comparator<Nix> byAge = Comparator.comparing(nix -> ModuleDescriptor.Version.parse(nix.version()));
        Nix newest = Nix.all().max(byAge).orElseThrow();
        stores = Stream.of(Nix.get(), newest)
                .filter(nix -> nix == newest || !nix.version().equals(newest.version()))
                .map(NixStore::of)
                .toList();
    }

    @AfterAll
    static void close() {
        world.close();
        stores.forEach(NixStore::close);
    }

    static List<NixStore> stores() {
        return stores;
    }

    private static NixStore store() {
        return stores.get(0);
    }

    private static String app(String arguments) {
        return "(import " + world.tree + "/default.nix { inherit pkgs; " + arguments + " })";
    }

    private static String with(String expression) {
        return "let pkgs = " + STAND_IN + " { }; in " + expression;
    }

    /** What the programs of an application print, by their names. */
    private static SortedMap<String, String> said(NixStore store, String app, String... programs) {
        Path out = store.build(with("let app = " + app + "; in pkgs.runCommand \"said\" { } ''\n"
                        + "mkdir \"$out\"\n"
                        + "for program in " + String.join(" ", programs)
                        + "; do ${app}/bin/$program > \"$out/$program\"; done\n''"))
                .get(0);
        SortedMap<String, String> said = new TreeMap<>();
        for (String program : programs) {
            said.put(program, read(out.resolve(program)).replace("\r\n", "\n"));
        }
        return said;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void fromAnEmptyStoreToARunningProgramAndATerminal(NixStore store) throws Exception {
        String app = app("runtime = \"both\";");
        List<Path> built = store.build(with("let app = " + app + "; in "
                + "[ app app.nodeModules app.productionModules app.tests.links app.tests.programs ]"));
        assertEquals(
                Map.of(
                        "ocnix-monorepo",
                        GREETING,
                        "ocnix-monorepo-node",
                        GREETING,
                        "ocnix-terminal",
                        "go\n33 91\nexit code 7 (bun-pty)\n",
                        "ocnix-terminal-node",
                        "go\n33 91\nexit code 7 (node-pty)\n"),
                said(store, app, "ocnix-monorepo", "ocnix-monorepo-node", "ocnix-terminal", "ocnix-terminal-node"));

        Path production = built.get(2);
        Path pty = production.resolve("node_modules/node-pty");
        assertTrue(Files.exists(pty.resolve("build/Release/pty.node")), "node-pty is compiled");
        assertFalse(Files.exists(pty.resolve("prebuilds")), "its prebuilt files are gone");
        try (Stream<Path> libraries = Files.list(production.resolve("node_modules/bun-pty/rust-pty/target/release"))) {
            assertEquals(1, libraries.count(), "bun-pty's libraries of other platforms are gone");
        }
        for (Path modules : built.subList(1, 3)) {
            linksStayInside(store, modules, modules);
            assertTrue(
                    store.references(modules).stream()
                            .allMatch(path -> path.matches(".*-(glibc|gcc|bash|nodejs|bun)\\b.*")),
                    store.references(modules)::toString);
        }
        linksStayInside(store, built.get(0), production);
        assertTrue(
                store.closure(built.get(0)).stream()
                        .noneMatch(path -> path.matches(".*(-app-node-modules-|-node-pty-|-ms-2|\\.tgz$|node-gyp).*")),
                store.closure(built.get(0))::toString);
    }

    /** No link dangles or leaves its own store path, but for those in a consumer's node_modules, which lead to one tree. */
    private static void linksStayInside(NixStore store, Path output, Path tree) throws IOException {
        int seen = 0;
        try (Stream<Path> paths = Files.walk(output)) {
            for (Path link : paths.filter(Files::isSymbolicLink).toList()) {
                seen++;
                Path target = Files.readSymbolicLink(link);
                Path end = target.isAbsolute()
                        ? store.onDisk(target.toString())
                        : link.resolveSibling(target).normalize();
                assertTrue(end.startsWith(target.isAbsolute() ? tree : output), link + " leads to " + target);
                assertEquals(!output.equals(tree) && end.startsWith(tree), target.isAbsolute(), link.toString());
                assertTrue(Files.exists(end), link + " leads nowhere");
            }
        }
        assertTrue(output.equals(tree) || seen > 5, "a consumer has links");
    }

    @Test
    void aCopyNeedsNoTreeBesideIt() {
        String app = app("mode = \"copy\"; runtime = \"node\"; preferSource.node-pty = false;");
        assertEquals(
                Map.of("ocnix-monorepo", GREETING, "ocnix-terminal", "go\n33 91\nexit code 7 (node-pty)\n"),
                said(store(), app, "ocnix-monorepo", "ocnix-terminal"));
        Path output = store().build(with(app)).get(0);
        Path addon = output.resolve("lib/app/node_modules/node-pty/prebuilds/linux-x64/pty.node");
        assertTrue(Files.isRegularFile(addon), "the prebuilt file is what runs");
        assertTrue(
                store().closure(output).stream().noneMatch(path -> path.contains("-modules-")),
                store().closure(output)::toString);
        if (Command.onPath("patchelf").isPresent()) {
            String rpath = Command.of("patchelf", "--print-rpath", addon.toString())
                    .runOrFail()
                    .out()
                    .strip();
            assertTrue(store().closure(output).stream().anyMatch(path -> rpath.equals(path + "/lib")), rpath);
        }
    }

    @Test
    void aUserReplacesPatchesAndLeavesOut() throws Exception {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(mine.resolve("package.json"), "{\"name\":\"old-ms\"}");
        Path patch = Files.writeString(folder.resolve("odd.patch"), """
                --- a/package.json
                +++ b/package.json
                @@ -1,3 +1,3 @@
                 {
                   "name": "is-odd",
                -  "description": "Returns true if the given number is odd, and is an integer that does not exceed the JavaScript MAXIMUM_SAFE_INTEGER.",
                +  "description": "patched",
                """);
        Path modules = store().build(with(app("overrides = { \"ms@2.0.0\" = _: " + mine + "; bun-pty = _: null; "
                                + "is-odd = package: package.overrideAttrs (old: { patches = old.patches ++ [ "
                                + patch + " ]; }); };")
                        + ".productionModules"))
                .get(0)
                .resolve("node_modules");
        assertEquals("{\"name\":\"old-ms\"}", read(modules.resolve("old-ms/package.json")));
        assertFalse(Files.exists(modules.resolve("old-ms/index.js")));
        assertFalse(Files.exists(modules.resolve("bun-pty")));
        assertTrue(read(modules.resolve("is-odd/package.json")).contains("\"description\": \"patched\""));
    }

    @Test
    void badUseIsOneSentenceWithTheNextStep() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        Monorepo.copy(other, "1.3.14", "bun.lock");
        Files.writeString(other.resolve("bun.lock"), read(other.resolve("bun.lock")) + "\n");
        Path patch = Files.writeString(
                folder.resolve("stale.patch"), "--- a/index.js\n+++ b/index.js\n@@ -1,1 +1,1 @@\n-never\n+was\n");
        String links = "pkgs.runCommand \"x\" { } \"mkdir $out; ln -s nowhere $out/a\"";
        String self = "pkgs.runCommand \"x\" { } \"mkdir $out; echo $out > $out/a\"";
        Map<String, String> uses = Map.of(
                app("overrides.is-od = _: null;"),
                "overrides.\"is-od\" names no package of dependencies.nix; near it are is-odd",
                app("src = " + other + ";"),
                "bun.lock of this source is not the one that the tree was generated from; run mvn ocnix:generate",
                app("overrides.is-odd = p: p.overrideAttrs (old: { patches = [ " + patch + " ]; });")
                        + ".productionModules",
                "the patch stale.patch does not apply to is-odd@3.0.1; make it anew",
                app("overrides.is-odd = _: " + links + ";") + ".productionModules",
                "these links lead nowhere or out of node_modules; correct the override",
                app("overrides.is-odd = _: " + self + ";") + ".productionModules",
                "these files name the store path that node_modules/is-odd was copied from; let its derivation",
                app("preferSource.bun-pty = true;"),
                "preferSource asks to compile bun-pty@0.4.8, whose tarball carries no sources; take",
                app("mode = \"hard\";"),
                "mode is \"link\" or \"copy\", not \"hard\"",
                "(import " + world.tree + "/default.nix { pkgs = " + STAND_IN + " { system = \"x86_64-freebsd\"; }; })",
                "this tree serves Linux and Darwin, not x86_64-freebsd; evaluate it with the pkgs of such a system");
        for (Map.Entry<String, String> use : uses.entrySet()) {
            Command.Result result = store().tryBuild(with(use.getKey()));
            assertNotEquals(0, result.exit(), use.getKey());
            List<String> sentences = result.err()
                    .lines()
                    .filter(line -> line.matches(" *(error: )?ocnix: (?!\\d+ packages in ).*"))
                    .toList();
            assertEquals(1, sentences.size(), result.err());
            assertTrue(sentences.get(0).contains("ocnix: " + use.getValue()), result.err());
        }
    }

    @Test
    void aDerivationAndAShellOfTheUsersOwnTakeNodeModules() {
        String expression = "let app = " + app("") + "; in pkgs.runCommand \"own\" { nativeBuildInputs = [ pkgs.bun ] "
                + "++ app.devShell.nativeBuildInputs; } ''\n"
                + "cp -R ${" + world.source + "} checkout; chmod -R u+w checkout; cd checkout\n"
                + "ocnix-node-modules; ocnix-node-modules copy; ocnix-node-modules\n"
                + "test -L node_modules/is-number\n"
                + "(cd packages/greeter; bun run build)\n"
                + "bun packages/app/bin.js > $out\n"
                + "rm node_modules/.ocnix; if ocnix-node-modules 2> refusal; then exit 1; fi; cat refusal >> $out\n"
                + "rm -r node_modules; ${app.consume { modules = app.modulesFor { workspaces = [ \"packages/greeter\" ]; }; }}\n"
                + "ls node_modules >> $out\n''";
        Path out = store().build(with(expression)).get(0);
        assertEquals(GREETING + """
                        ocnix: node_modules exists and is not ours; delete it, then run this again
                        @isaacs
                        @ocnix-monorepo
                        ms
                        """, read(out));
    }
}
