package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsBuilds;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.NixStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a project whose root is the application is installed where no profile says it. */
class InstalledFilesTest {
    private static final List<String> FILES = List.of(
            "README.md",
            "LICENSE",
            "cli.js",
            "util.js",
            "unused.js",
            "tsconfig.json",
            "src/main.js",
            "src/main.test.js",
            "src/__tests__/a.js",
            "src/text.txt",
            "lib/a.js",
            "lib/b.txt",
            "lib/deep/c.js",
            "test/t.js",
            "docs/guide.md",
            "notes/.DS_Store",
            "notes/a.orig",
            "notes/n.md",
            ".github/workflows/ci.yml",
            ".editorconfig",
            ".well-known/x.json");

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() throws Exception {
        world = new World(folder);
        world.local = true;
        world.lockfile = Optional.of("bun.lock");
        world.tree = world.source.resolve("nix");
        for (String file : FILES) {
            world.write(file, "// " + file + "\n");
        }
        world.write("cli.js", "#!/usr/bin/env bun\nimport u from './util.js';\nimport(\"./src/main\");\n");
        world.write(
                "bun.lock",
                "{ \"lockfileVersion\": 1, \"workspaces\": { \"\": { \"name\": \"tiny\" } }, \"packages\": {} }");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Set<String> installed(String fields) throws Exception {
        world.write("package.json", "{\"name\":\"tiny\",\"version\":\"1.0.0\"" + fields + "}");
        world.generate();
        try (NixStore store = NixStore.open()) {
            Path app = store.build(
                            "(import " + world.tree + "/default.nix { pkgs = import " + NixStore.standIn() + " { }; })")
                    .get(0)
                    .resolve("lib/tiny");
            try (var all = Files.walk(app)) {
                return all.filter(Files::isRegularFile)
                        .map(path -> app.relativize(path).toString())
                        .collect(Collectors.toCollection(TreeSet::new));
            }
        }
    }

    private static Set<String> set(String... paths) {
        return new TreeSet<>(Arrays.asList(paths));
    }

    @NeedsBuilds
    @Test
    void aListIsInstalledWithWhatProgramsAndEntriesNeed() throws Exception {
        String build = ",\"scripts\":{\"build\":\"mkdir -p dist && echo 1 > dist/made.js && echo 1 > other.js\"}";
        assertEquals(
                set(
                        "LICENSE",
                        "README.md",
                        ".well-known/x.json",
                        "cli.js",
                        "dist/made.js",
                        "lib/a.js",
                        "package.json",
                        // the program imports it, and an entry is in the folder
                        "src/main.js",
                        "src/main.test.js",
                        "src/text.txt",
                        "src/__tests__/a.js",
                        "tsconfig.json",
                        "util.js"),
                installed(
                        ",\"bin\":\"cli.js\",\"main\":\"./src/main.js\",\"files\":[\"dist\",\"/lib/*.js\",\".well-known\"]"
                                + build));
        assertTrue(
                world.infos.contains("The package installs what package.json lists in files, and what its programs and"
                        + " entries need (installPaths of a profile would replace that)."),
                world.infos::toString);
    }

    @NeedsBuilds
    @Test
    void withoutAListTestsAndDocumentationStayBehindAndWhatABuildMadeDoesNot() throws Exception {
        String build =
                ",\"scripts\":{\"build\":\"mkdir -p .output test && echo 1 > .output/made.js && echo 1 > test/made.js\"}";
        assertEquals(
                set(
                        ".output/made.js",
                        "LICENSE",
                        "README.md",
                        "cli.js",
                        "lib/a.js",
                        "lib/b.txt",
                        "lib/deep/c.js",
                        "notes/n.md",
                        "package.json",
                        "src/main.js",
                        "src/text.txt",
                        "test/made.js",
                        "tsconfig.json",
                        "unused.js",
                        "util.js"),
                installed(",\"bin\":\"cli.js\"" + build));
        assertTrue(
                world.infos.stream()
                        .anyMatch(line -> line.startsWith("The package installs the source without tests, ")),
                world.infos::toString);
        assertTrue(installed(",\"bin\":\"cli.js\",\"exports\":{\".\":{\"import\":\"./docs/guide.md\"}}")
                .contains("docs/guide.md"));
    }

    /** A list alone, without entries: what {@code bun pm pack} packs, and the settings that Bun reads at run time. */
    @NeedsBun
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"lib\"]",
                "[\"lib/\"]",
                "[\"./lib\",\"unused.js\"]",
                "[\"/lib/*.js\"]",
                "[\"lib/**\"]",
                "[\"**/*.js\"]",
                "[\"lib\",\"!lib/deep\"]",
                "[\"src\",\"!**/*.test.js\"]",
                "[\"docs\",\"test\"]",
                "[\"*.js\"]"
            })
    void aListMeansWhatItMeansToAPacker(String list) throws Exception {
        world.write("package.json", "{\"name\":\"tiny\",\"version\":\"1.0.0\",\"files\":" + list + "}");
        Set<String> packed = new TreeSet<>(Pattern.compile("(?m)^packed [0-9.]+[KM]?B (.+)$")
                .matcher(Bun.version("1.4.5")
                        .in(world.source, "pm", "pack", "--dry-run")
                        .runOrFail()
                        .out())
                .results()
                .map(line -> line.group(1))
                .toList());
        packed.add("tsconfig.json");
        for (String version : List.of("1.1.38", "1.4.5")) {
            assertEquals(packed, listed(Bun.version(version)), version);
        }
    }

    private Set<String> listed(Bun bun) throws IOException {
        Command.Result result = bun.in(
                        world.source,
                        Path.of("nix/lib/install-list.js").toAbsolutePath().toString(),
                        world.source.toString(),
                        "[\"\"]")
                .runOrFail();
        String names = new String(result.bytes(), StandardCharsets.UTF_8);
        return names.isEmpty() ? Set.of() : new TreeSet<>(List.of(names.split("\0")));
    }
}
