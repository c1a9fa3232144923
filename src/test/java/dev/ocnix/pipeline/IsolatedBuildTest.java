package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Monorepo;
import dev.ocnix.testing.NeedsBuilds;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.NeedsNetwork;
import dev.ocnix.testing.NixStore;
import dev.ocnix.testing.PackageTarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nix builds isolated trees; they are Bun's, and what stands on them runs. */
@NeedsBuilds
class IsolatedBuildTest {
    private static final String PKGS = "let pkgs = import " + NixStore.standIn() + " { }; in ";
    private static final String GREETING = """
            hello, world: a year has 31536000000 ms
            3 is odd, an hour has 3600000 ms
            the greeter is built when a year had 31536000000 ms
            """;

    private static Optional<NixStore> store = Optional.empty();

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        store = Optional.of(NixStore.open());
    }

    @AfterAll
    static void close() {
        store.ifPresent(NixStore::close);
    }

    private static Path build(String expression) {
        return store.orElseThrow().build(PKGS + expression).get(0);
    }

    @NeedsNetwork
    @Test
    void programsAndTerminalsRunFromLinksAndFromCopies() throws Exception {
        try (World world = new World(folder)) {
            Monorepo.copy(Files.createDirectories(world.source), "1.3.14", "bun.lock");
            world.local = true;
            world.registryMirror = Optional.empty();
            world.generate();
            assertTrue(world.text("package.nix").contains("linker = \"isolated\""));
            for (String mode : List.of("link", "copy")) {
                String app = "import " + world.tree + "/default.nix { inherit pkgs; runtime = \"both\"; mode = \""
                        + mode + "\"; }";
                Path said = build("let app = " + app + "; in pkgs.runCommand \"said\" { } ''\n"
                        + "for program in ocnix-monorepo ocnix-monorepo-node ocnix-terminal ocnix-terminal-node; do\n"
                        + "${app}/bin/$program | tr -d '\\r' >> $out\ndone\n"
                        + "cat ${app.tests.links} ${app.tests.programs}\n''");
                assertEquals(
                        GREETING + GREETING + "go\n33 91\nexit code 7 (bun-pty)\ngo\n33 91\nexit code 7 (node-pty)\n",
                        Files.readString(said),
                        mode);
            }
        }
    }

    @NeedsBun
    @ParameterizedTest
    @CsvSource({"1.3.14, true", "1.3.14, false", "1.4.5, true", "1.4.5, false"})
    void theTreeIsThatOfBun(String release, boolean dev) throws Exception {
        try (World world = new World(folder)) {
            Bun bun = Bun.version(release);
            publish(world);
            write(world);
            String url = world.registry.url();
            bun.from(url, world.source, "install", "--lockfile-only", "--ignore-scripts")
                    .runOrFail();
            Path copy = folder.resolve("bun");
            copyTree(world.source, copy);
            world.local = true;
            world.linker = Optional.of("isolated");
            world.generate();
            bun.from(
                            url,
                            copy,
                            "install",
                            "--frozen-lockfile",
                            "--ignore-scripts",
                            "--linker",
                            "isolated",
                            dev ? "--no-progress" : "--production")
                    .runOrFail();
            Path made = build("let app = import " + world.tree + "/default.nix { inherit pkgs; bunRules = \""
                    + release.substring(0, 3)
                    + "\"; }; in pkgs.runCommand \"made\" { } ''\ncp -R ${" + world.source
                    + "} $out; chmod -R u+w $out; cd $out\n"
                    + "${app.consume { mode = \"copy\"; modules = app.modulesFor { dev = " + dev
                    + "; workspaces = [ \"\" \"packages/lib\" \"packages/web\" ]; }; }}\n''");
            SortedMap<String, String> theirs = listing(copy);
            SortedMap<String, String> ours = listing(made);
            if (release.startsWith("1.3")) {
                // two entries claim the name there, and Bun's threads race for it
                theirs.remove("node_modules/.bun/node_modules/peer");
                ours.remove("node_modules/.bun/node_modules/peer");
            }
            assertEquals(List.of(), differences(theirs, ours));
        }
    }

    private static void publish(World world) {
        List.of(
                        PackageTarball.of("peer", "1.0.0").file("index.js", "1").build(),
                        PackageTarball.of("peer", "2.0.0")
                                .field("bin", "\"cli.js\"")
                                .file("cli.js", "#!/usr/bin/env node\r\n1\r\n")
                                .build(),
                        PackageTarball.of("@s/plugin", "1.0.0")
                                .field("peerDependencies", "{\"peer\":\"*\",\"absent\":\"*\"}")
                                .field("peerDependenciesMeta", "{\"absent\":{\"optional\":true}}")
                                .field("bin", "{\"plug\":\"bin/plug.js\",\"none\":\"none.js\"}")
                                .file("bin/plug.js", "#!/usr/bin/env node\n")
                                .build(),
                        PackageTarball.of("host", "1.0.0")
                                .dependency("@s/plugin", "1.0.0")
                                .dependency("aliased", "npm:inner@1.0.0")
                                .field("directories", "{\"bin\":\"tools\"}")
                                .program("tools/one", "#!/bin/sh\n")
                                .file("tools/two", "#!/bin/sh\n")
                                .build(),
                        PackageTarball.of("esbuild", "1.0.0")
                                .field("bin", "{\"esbuild\":\"bin/esbuild\"}")
                                .field(
                                        "optionalDependencies",
                                        "{\"@esbuild/linux-x64\":\"1.0.0\",\"@esbuild/darwin-x64\":\"1.0.0\"}")
                                .file("bin/esbuild", "#!/usr/bin/env node\n")
                                .build(),
                        PackageTarball.of("@esbuild/linux-x64", "1.0.0")
                                .field("os", "[\"linux\"]")
                                .field("cpu", "[\"x64\"]")
                                .program("bin/esbuild", "native")
                                .build(),
                        PackageTarball.of("@esbuild/darwin-x64", "1.0.0")
                                .field("os", "[\"darwin\"]")
                                .field("cpu", "[\"x64\"]")
                                .program("bin/esbuild", "native")
                                .build(),
                        PackageTarball.of("bundler", "1.0.0")
                                .dependency("inner", "1.0.0")
                                .field("bundleDependencies", "[\"inner\"]")
                                .file("node_modules/inner/package.json", "{\"name\":\"inner\",\"version\":\"1.0.0\"}")
                                .build(),
                        PackageTarball.of("inner", "1.0.0").build(),
                        PackageTarball.of("ring-a", "1.0.0")
                                .dependency("ring-b", "1.0.0")
                                .build(),
                        PackageTarball.of("ring-b", "1.0.0")
                                .dependency("ring-a", "1.0.0")
                                .field("peerDependencies", "{\"peer\":\">=1\"}")
                                .build())
                .forEach(world.registry::publish);
    }

    private static void write(World world) throws IOException {
        world.write("package.json", """
                { "name": "whole", "version": "1.0.0", "workspaces": ["packages/*"],
                  "dependencies": { "host": "1.0.0", "peer": "2.0.0", "copied": "file:vendor/copied", "second": "npm:host@1.0.0" },
                  "devDependencies": { "@w/lib": "workspace:*", "esbuild": "1.0.0" },
                  "patchedDependencies": { "host@1.0.0": "patches/host.patch" } }
                """);
        world.write("patches/host.patch", """
                diff --git a/tools/two b/tools/two
                --- a/tools/two
                +++ b/tools/two
                @@ -1 +1,2 @@
                 #!/bin/sh
                +echo two
                """);
        world.write("packages/lib/package.json", """
                { "name": "@w/lib", "version": "1.0.0", "bin": { "lib": "lib.js" },
                  "dependencies": { "@s/plugin": "1.0.0", "ring-a": "1.0.0" }, "devDependencies": { "peer": "1.0.0" } }
                """);
        world.write("packages/lib/lib.js", "#!/usr/bin/env node\n");
        world.write("packages/web/package.json", """
                { "name": "web", "version": "1.0.0",
                  "dependencies": { "@w/lib": "workspace:*", "bundler": "1.0.0", "packed": "./packed.tgz" },
                  "peerDependencies": { "peer": "2" } }
                """);
        Files.write(
                world.source.resolve("packages/web/packed.tgz"),
                PackageTarball.of("packed", "3.0.0")
                        .field("bin", "\"packed.js\"")
                        .file("packed.js", "#!/usr/bin/env node\n")
                        .build()
                        .bytes());
        world.write("vendor/copied/package.json", """
                { "name": "copied-really", "version": "1.0.0", "dependencies": { "ring-b": "1.0.0" } }
                """);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted().toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    /** What is in the node_modules folders: links with their text, files with their mode and content. */
    private static SortedMap<String, String> listing(Path project) throws IOException {
        SortedMap<String, String> listing = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(project)) {
            for (Path path : paths.toList()) {
                String place = project.relativize(path).toString();
                if (!place.contains("node_modules/")
                        || path.getFileName().toString().startsWith(".bun-tag")) {
                    continue;
                }
                if (Files.isSymbolicLink(path)) {
                    listing.put(place, "-> " + Files.readSymbolicLink(path));
                } else if (Files.isRegularFile(path)) {
                    // Nix has its own path of an interpreter
                    String text = Files.readString(path)
                            .replaceFirst("^#!.*/(node|sh)", "#!$1")
                            .replaceFirst("^#!env ", "#!");
                    listing.put(
                            place,
                            (Files.isExecutable(path) ? "x " : "- ") + text.replaceFirst("^#!/usr/bin/env ", "#!"));
                }
            }
        }
        return listing;
    }

    private static List<String> differences(SortedMap<String, String> bun, SortedMap<String, String> ours) {
        TreeSet<String> places = new TreeSet<>(bun.keySet());
        places.addAll(ours.keySet());
        return places.stream()
                .filter(place -> !bun.getOrDefault(place, "").equals(ours.getOrDefault(place, "")))
                .map(place -> place + ": Bun has " + bun.get(place) + ", Nix " + ours.get(place))
                .toList();
    }
}
