package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.LoopbackGitHub;
import dev.ocnix.testing.Needs;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import dev.ocnix.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of entry that a lockfile can have, and what becomes of its address and its hash. */
class LockedKindsTest {
    private static final String PACKAGES = "  \"packages\": {\n";
    private static final String SLUG = "some/tool";

    @TempDir
    Path folder;

    private final PackageTarball left = World.left();
    private final PackageTarball right = World.right();
    private World world;

    @BeforeEach
    void open() {
        world = World.of(folder.resolve("world"), left, right);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void lock(String... entries) throws IOException {
        world.relock(PACKAGES, PACKAGES + String.join(",\n", entries) + ",\n");
    }

    private static PackageTarball tarball(String name) {
        return PackageTarball.of(name, "1.0.0").build();
    }

    private JsonObject sources() {
        JsonObject all = Nix.get()
                .eval("import " + world.tree + "/dependencies.nix { fetchurl = a: a // { by = \"fetchurl\"; };"
                        + " fetchgit = a: a // { by = \"fetchgit\"; };"
                        + " fetchFromGitHub = a: a // { by = \"fetchFromGitHub\"; };"
                        + " fromSource = a: a // { by = \"fromSource\"; }; }")
                .getAsJsonObject();
        JsonObject sources = new JsonObject();
        all.entrySet()
                .forEach(entry -> sources.add(
                        entry.getKey(), entry.getValue().getAsJsonObject().get("src")));
        return sources;
    }

    private static JsonElement json(String text, Object... values) {
        return JsonParser.parseString(text.replace('\'', '"').formatted(values));
    }

    private String hashOf(Path clone, String attributes) throws IOException {
        Path files = Files.createDirectories(folder.resolve("files-of-" + clone.getFileName()));
        Command.of("sh", "-c", "git -C \"$0\" archive " + attributes + " HEAD | tar -x -C \"$1\"")
                .and(clone.toString(), files.toString())
                .runOrFail();
        return Nix.get().narHash(files);
    }

    @Needs({Tool.NIX, Tool.GIT})
    @Test
    void everyKindGetsItsFetcherOrNone() throws Exception {
        PackageTarball custom = tarball("custom");
        PackageTarball remote = tarball("remote");
        PackageTarball vendored = tarball("vendored");
        PackageTarball parent = tarball("parent");
        world.registry.publish(parent);
        world.registry.serve("/deep/base/custom-1.0.0.tgz", "application/octet-stream", custom.bytes());
        world.registry.serve("/re%20mote%7B1%7D.tgz?a=%5B1%5D", "application/octet-stream", remote.bytes());
        world.write("v/vendored.tgz", "");
        Files.write(world.source.resolve("v/vendored.tgz"), vendored.bytes());
        world.write("v/folder/package.json", "{\"name\":\"folder\"}");
        world.write("w/package.json", "{\"name\":\"w\"}");
        String manifest = Files.readString(world.source.resolve("package.json"));
        world.write("package.json", manifest.replace("{\"name\"", "{\"workspaces\":[\"w\"],\"name\""));
        world.write(".npmrc", "@scope:registry=https://npm.example.org/base/\n");
        Path tool = Files.createDirectories(folder.resolve("tool"));
        Files.writeString(tool.resolve("package.json"), "{\"name\":\"tool\"}");
        String toolCommit = TinyProject.commit(tool, "v3");
        String shortId = toolCommit.substring(0, 7);
        world.github.publish(SLUG, tool, toolCommit);
        world.github.publish(SLUG, tool, shortId);
        Path dep = Files.createDirectories(folder.resolve("dep"));
        Files.writeString(dep.resolve("package.json"), "{\"name\":\"dep\",\"version\":\"2.0.0\"}");
        String depCommit = TinyProject.commit(dep, "v2");
        String depUrl = world.serveClone(dep);
        String base = world.registry.url();
        world.relock("  \"workspaces\": {\n", "  \"workspaces\": {\n    \"w\": { \"name\": \"w\" },\n");
        lock(
                "\"custom\": [\"custom@1.0.0\", \"%s/deep/base/custom-1.0.0.tgz\", {}, \"%s\"]"
                        .formatted(base, custom.integrity()),
                "\"remote\": [\"remote@%s/re mote{1}.tgz?a=[1]\", {}, \"%s\"]".formatted(base, remote.integrity()),
                "\"vendored\": [\"vendored@v/vendored.tgz\", {}, \"%s\"]".formatted(vendored.integrity()),
                "\"folder\": [\"folder@file:v/folder\", {}]",
                "\"tool\": [\"tool@github:%s#%s\", {}, \"some-tool-%s\", \"%s\"]"
                        .formatted(SLUG, shortId, shortId, right.integrity()),
                "\"dep\": [\"dep@git+%s#%s\", {}, \"%s\"]".formatted(depUrl, depCommit, depCommit),
                "\"linked\": [\"linked@link:linked\", {}]",
                "\"w\": [\"w@workspace:w\"]",
                "\"parent\": [\"parent@1.0.0\", \"\", {}, \"%s\"]".formatted(parent.integrity()),
                "\"parent/inner\": [\"inner@1.0.0\", \"\", { \"bundled\": true }, \"%s\"]".formatted(left.integrity()));
        world.commit();
        world.generate();

        JsonObject expected = new JsonObject();
        String fetchurl = "{'by':'fetchurl','name':'%s','url':'%s','hash':'%s'}";
        String npm = "https://registry.npmjs.org";
        expected.add("left@1.0.0", json(fetchurl, "left-1.0.0.tgz", npm + left.path(), left.integrity()));
        expected.add("parent@1.0.0", json(fetchurl, "parent-1.0.0.tgz", npm + parent.path(), parent.integrity()));
        expected.add(
                "@scope/right@2.0.0",
                json(
                        fetchurl,
                        "scope-right-2.0.0.tgz",
                        "https://npm.example.org/base" + right.path(),
                        right.integrity()));
        expected.add(
                "custom@1.0.0",
                json(fetchurl, "custom-1.0.0.tgz", base + "/deep/base/custom-1.0.0.tgz", custom.integrity()));
        String name = ("remote-" + base + "/re mote{1}.tgz?a=[1]").replaceAll("[^A-Za-z0-9+._?=-]", "-") + ".tgz";
        expected.add(
                "remote@" + base + "/re mote{1}.tgz?a=[1]",
                json(
                        fetchurl,
                        name,
                        base + "/re%%20mote%%7B1%%7D.tgz?a=%%5B1%%5D".replace("%%", "%"),
                        remote.integrity()));
        expected.add(
                "vendored@v/vendored.tgz",
                json(
                        "{'by':'fromSource','name':'vendored-v-vendored.tgz','path':'v/vendored.tgz','hash':'%s','folder':false}",
                        vendored.integrity()));
        expected.add(
                "folder@file:v/folder",
                json(
                        "{'by':'fromSource','name':'folder-folder','path':'v/folder','hash':'%s','folder':true}",
                        Nix.get().narHash(world.source.resolve("v/folder"))));
        expected.add(
                "tool@github:" + SLUG + "#" + shortId,
                json(
                        "{'by':'fetchFromGitHub','name':'tool-%1$s','owner':'some','repo':'tool','rev':'%1$s','hash':'%2$s',"
                                + "'fetchSubmodules':false,'leaveDotGit':false}",
                        toolCommit, hashOf(tool, "")));
        expected.add(
                "dep@git+" + depUrl + "#" + depCommit,
                json(
                        "{'by':'fetchgit','name':'dep-%1$s','url':'%2$s','rev':'%1$s','hash':'%3$s',"
                                + "'fetchSubmodules':false,'leaveDotGit':false}",
                        depCommit, depUrl, hashOf(dep, "")));
        assertEquals(expected, sources());
        assertTrue(
                world.infos.stream()
                        .anyMatch(line -> line.contains("not applicable to tool@github:" + SLUG + "#" + shortId + ":")),
                world.infos::toString);
        for (String path : List.of("/deep/base/custom-1.0.0.tgz", "/re%20mote%7B1%7D.tgz?a=%5B1%5D")) {
            assertEquals(1, world.registry.requests(path), path);
        }
        assertEquals(1, world.github.requests(LoopbackGitHub.archivePath(SLUG, shortId)));
        assertEquals(0, world.github.requests(LoopbackGitHub.archivePath(SLUG, toolCommit)));
    }

    @Test
    void weakAndMissingHashesAreReportedInEachRun() throws Exception {
        world.weaken(left, right);
        world.commit();
        for (int run = 1; run <= 2; run++) {
            world.warnings.clear();
            world.generate();
            List<String> warnings = world.warnings.stream()
                    .filter(line -> line.startsWith("The lockfile has no strong hash for "))
                    .toList();
            assertEquals(1, warnings.size(), world.warnings::toString);
            assertTrue(warnings.get(0).contains("@scope/right@2.0.0 (none), left@1.0.0 (sha1)"), warnings.get(0));
        }
    }

    @Test
    void strongHashesAreNotReported() throws Exception {
        world.relock(left.integrity(), left.integrity("SHA-256"));
        world.commit();
        world.generate();
        assertEquals(List.of(), world.warnings);
        assertTrue(world.text("dependencies.nix").contains(left.integrity()), "the sha512, and not the sha256");
    }

    @Test
    void plainHttpWithoutASha512InTheLockfileIsRefusedBeforeItIsAsked() throws Exception {
        String url = world.registry.url() + left.path();
        lock(
                "\"one\": [\"one@1.0.0\", \"%s\", {}, \"%s\"]".formatted(url, left.integrity("SHA-1")),
                "\"two\": [\"two@1.0.0\", \"%s\", {}, \"%s\"]".formatted(url, left.integrity("SHA-256")),
                "\"three\": [\"three@%s\", {}]".formatted(url));
        world.commit();
        OcnixException failure = world.failure();
        assertEquals(OcnixException.Fault.INPUT, failure.fault());
        assertEquals(3, failure.problems().size(), failure::getMessage);
        for (String problem : failure.problems()) {
            assertTrue(problem.contains(url + ", is plain http, which needs a sha512"), problem);
        }
        assertEquals(List.of(), world.registry.requests());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bad@https://me:hunter2@example.org/a.tgz\", {}, \"HASH",
                "bad@https://hunter2@example.org/a.tgz\", {}, \"",
                "bad@https://me:hun@ter2:hunter2@example.org/a.tgz\", {}, \"sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "bad@HTTPS://me:hunter2@example.org/a.tgz\", {}, \"HASH",
                "bad@1.0.0\", \"https://hunter2@example.org/a.tgz\", {}, \"HASH",
                "bad@1.0.0\", \"https://me:hunter2@registry.npmjs.org.example.org/a.tgz\", {}, \"",
                "bad@1.0.0\", \"https://me:hunter2@example.org\\\\@x/a.tgz\", {}, \"HASH",
                "bad@git+https://hunter2@example.org/b.git#COMMIT\", {}, \"COMMIT",
                "bad@git+https://me:hunter2@github.com/b/b.git#COMMIT\", {}, \"COMMIT",
                "bad@git+ssh://git:hunter2@github.com/c/c.git#COMMIT\", {}, \"COMMIT",
                "bad@git://me:hunter2@github.com/c/c.git#COMMIT\", {}, \"COMMIT",
            })
    void noUserInfoReachesAMessageALogAReportOrTheTree(String entry) throws Exception {
        String text = entry.replace("HASH", right.integrity()).replace("COMMIT", "c".repeat(40));
        lock("\"bad\": [\"" + text + "\"]");
        world.commit();
        for (PrefetchMode mode : PrefetchMode.values()) {
            world.prefetch = mode;
            String told = world.failure().getMessage();
            assertTrue(told.contains("bad"), told);
            boolean isOrdered = mode == PrefetchMode.NONE || told.contains("user-info") || told.contains("credentials");
            assertTrue(isOrdered || entry.contains("HTTPS") || entry.contains("@x"), told);
            for (String said : List.of(told, world.infos.toString(), world.warnings.toString())) {
                assertFalse(said.contains("hunter2"), said);
            }
        }
        for (Path place : List.of(world.reports, world.cache, world.tree.getParent())) {
            contents(place).forEach((path, content) -> assertFalse(content.contains("hunter2"), path));
        }
        assertEquals(0, world.requests());
    }

    private static SortedMap<String, String> contents(Path folder) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    contents.put(file.toString(), Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
                }
            }
        }
        return contents;
    }
}
