package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.PackageTarball;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package of a lockfile is explained, in words that a reader can check. */
class AddonInspectionTest {
    private static final PackageTarball KEYS = PackageTarball.of("native-keys", "1.0.0")
            .field("scripts", "{\"install\":\"prebuild-install || node-gyp rebuild\"}")
            .file(
                    "binding.gyp",
                    "{'targets':[{'target_name':'keys','sources':['keys.c'],"
                            + "'libraries':['<!(pkg-config --libs libsecret-1)']}]}")
            .file("keys.c", "int keys;\n")
            .build();
    private static final PackageTarball PLAIN = PackageTarball.of("@scope/plain", "2.0.0")
            .file("index.js", "module.exports = 2;\n")
            .build();

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private World world;
    private boolean offline;
    private Optional<String> location = Optional.empty();

    @BeforeEach
    void open() {
        world = World.of(folder, KEYS, PLAIN);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String explain(String wanted) throws OcnixException {
        AddonQuestion question = new AddonQuestion(
                wanted, Optional.empty(), new TreeMap<>(), Optional.of(world.registry.url()), world.cache, world.tree);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HttpSettings http = HttpSettings.standard()
                .withTrusted(world.registry.url())
                .withOffline(offline)
                .withLimits(world.limits);
        new Inspection(
                        new Inspection.Request(
                                location.orElse(world.source.toString()),
                                PrintFormat.TABLE,
                                Optional.of(question),
                                Optional.empty(),
                                world.tree.getParent(),
                                world.tree,
                                world.cache,
                                world.transport),
                        http,
                        new Ears(said, said))
                .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String problem(String wanted) {
        return assertThrows(OcnixException.class, () -> explain(wanted)).getMessage();
    }

    @Test
    void evidenceOutcomeAndAdviceAreToldOfOneTarball() throws Exception {
        String text = explain("native-keys");
        assertTrue(text.startsWith("native-keys@1.0.0\n"), text);
        for (String line : List.of(
                "prebuild-install: a file that an install script downloads from a release, or else compiles",
                "package.json#scripts.install  prebuild-install  prebuild-install || node-gyp rebuild",
                "x86_64-linux    compile  compiled from the sources in its tarball",
                "tools      pkg-config, python3",
                "libraries  glib, libsecret",
                "variables  npm_config_build_from_source=true",
                "install  prebuild-install || node-gyp rebuild")) {
            assertTrue(text.contains(line + "\n"), () -> line + "\nis not in\n" + text);
        }
        assertEquals(1, world.registry.requests().size(), "one tarball was asked for");
        assertEquals(1, world.registry.requests(KEYS.path()));
        assertEquals(text, explain("native-keys@1.0.0"));
        assertEquals(1, world.registry.requests().size(), "the cache knows it");
        assertEquals("""
                @scope/plain@2.0.0
                  neither native parts nor install scripts: its files are taken as they are
                """, explain("@scope/plain"));
        assertEquals(List.of(), said);
    }

    @Test
    void aTreeOnDiskIsEnoughOfWhatHasNoScripts() throws Exception {
        world.local = true;
        world.generate();
        world.cache = folder.resolve("empty");
        world.forgetRequests();
        offline = true;
        assertTrue(explain("@scope/plain").contains("neither native parts"));
        assertTrue(problem("native-keys").contains("run once without -o"));
        assertEquals(0, world.requests());
    }

    @Test
    void allVersionsOfANameAreToldAndWhatItIsInstalledAsCounts() throws Exception {
        PackageTarball older = PackageTarball.of("native-keys", "0.9.0").build();
        world.registry.publish(older);
        world.relock(
                "  \"packages\": {\n",
                "  \"packages\": {\n    \"old-keys\": [\"native-keys@0.9.0\", \"\", {}, \"" + older.integrity()
                        + "\"],\n");
        String all = explain("native-keys");
        assertTrue(all.startsWith("native-keys@0.9.0\n  neither") && all.contains("\n\nnative-keys@1.0.0\n"), all);
        assertTrue(explain("old-keys").startsWith("native-keys@0.9.0\n"));
        assertEquals(2, world.registry.requests().size());
    }

    @Test
    void whatThereIsNotIsRefusedWithTheNextStep() throws Exception {
        assertEquals(
                "ocnix.addon is \"native-kyes\", which is no package of this lockfile; near it are native-keys,"
                        + " @scope/plain.",
                problem("native-kyes"));
        assertEquals(
                "ocnix.addon is \"native-keys@2.0.0\", which is no package of this lockfile; near it are"
                        + " native-keys@1.0.0.",
                problem("native-keys@2.0.0"));
        assertTrue(problem("plain").endsWith("; near it are @scope/plain."), problem("plain"));
        offline = true;
        String missing = problem("native-keys");
        assertTrue(missing.contains("native-keys@1.0.0") && missing.contains("offline"), missing);
        assertEquals(0, world.requests());
        Files.writeString(world.source.resolve("bun.lock"), """
                { "lockfileVersion": 1, "workspaces": { "": { "dependencies": { "x": "github:a/b" } } },
                  "packages": { "x": ["x@github:a/b#0123456", {}, "a-b-0123456"] } }
                """);
        assertTrue(
                problem("x").contains("is of the kind github, and only tarballs are looked into here"), problem("x"));
    }

    @Test
    void aWrapperIsInspectedThroughThePinOfItsTree() throws Exception {
        String beside = explain("native-keys");
        world.commit();
        world.generate();
        for (String place : List.of(".", "", "nix")) {
            location = Optional.of(place);
            said.clear();
            offline = true;
            assertEquals(beside, explain("native-keys"), "facts and source are known");
            assertTrue(said.get(0).startsWith("This is bun.lock of the source of the tree in "), said::toString);
        }
        world.cache = folder.resolve("empty");
        offline = false;
        assertEquals(beside, explain("native-keys"), "the source is fetched");
        world.local = true;
        world.generate();
        assertEquals(beside, explain("native-keys"), "the project is beside the tree");
        Files.delete(world.tree.resolve("ocnix.json"));
        location = Optional.of(".");
        assertTrue(problem("native-keys").contains("neither bun.lock nor bun.lockb in the current folder"));
    }
}
