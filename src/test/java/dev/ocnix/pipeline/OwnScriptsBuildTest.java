package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsBuilds;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.NeedsNetwork;
import dev.ocnix.testing.NixStore;
import dev.ocnix.testing.PackageTarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts of the project make while it is installed and built, as Bun has it: their order and variables, and what they leave in node_modules. */
@NeedsBuilds
@NeedsBun
@NeedsNetwork
class OwnScriptsBuildTest {
    /** Writes beside the packages what one of them imports. */
    private static final PackageTarball GENERATOR = PackageTarball.of("make-things", "1.0.0")
            .field("bin", "\"cli.js\"")
            .file("cli.js", """
                    #!/usr/bin/env node
                    const fs = require("fs");
                    fs.mkdirSync("node_modules/.things/made", { recursive: true });
                    fs.writeFileSync("node_modules/.things/made/index.js", "module.exports = 'things';");
                    fs.mkdirSync("node_modules/.cache/things", { recursive: true });
                    fs.writeFileSync("node_modules/.cache/things/a", "1");
                    """)
            .build();

    private static final PackageTarball CLIENT = PackageTarball.of("@made/client", "1.0.0")
            .field("main", "\"lib/index.js\"")
            .file("lib/index.js", "module.exports = require('.things/made');\n")
            .build();
    /** Finds the client, which the project has, from its own place. */
    private static final PackageTarball ADAPTER = PackageTarball.of("adapter", "1.0.0")
            .field("peerDependencies", "{\"@made/client\":\"1.0.0\"}")
            .field("peerDependenciesMeta", "{\"@made/client\":{\"optional\":true}}")
            .file("index.js", "module.exports = 'adapted ' + require('@made/client');\n")
            .build();
    /** Writes into a package that it finds by its real place. */
    private static final PackageTarball PATCHER = PackageTarball.of("patcher", "1.0.0")
            .field("bin", "{\"patch-it\":\"cli.js\"}")
            .dependency("target", "1.0.0")
            .file("cli.js", """
                    #!/usr/bin/env node
                    const file = require.resolve("target", { paths: [process.cwd()] });
                    require("fs").appendFileSync(file, "module.exports = 'patched';\\n");
                    """)
            .build();

    private static final PackageTarball TARGET = PackageTarball.of("target", "1.0.0")
            .file("index.js", "module.exports = 'plain';\n")
            .build();
    /** Brings programs of the builder's names, which say that they were used. */
    private static final PackageTarball BUN = PackageTarball.of("bun", "0.0.1")
            .field("bin", "{\"bun\":\"bun.sh\",\"node\":\"bun.sh\"}")
            .program("bun.sh", """
                    #!/bin/sh
                    echo "$(basename "$0")" >> "${INIT_CWD:-.}/theirs"
                    case $0 in *bun) exec "$npm_execpath" "$@" ;; esac
                    PATH=$(echo "$PATH" | tr : '\\n' | grep -v 'node_modules/.bin$' | paste -sd:)
                    exec "$(basename "$0")" "$@"
                    """)
            .build();

    private static final PackageTarball STAMPER = PackageTarball.of("stamper", "1.0.0")
            .field("bin", "{\"stamp\":\"stamp.js\"}")
            .file("stamp.js", "#!/usr/bin/env node\nrequire('fs').writeFileSync(process.argv[2], 'stamped');\n")
            .build();
    private static final PackageTarball HOOKS = PackageTarball.of("husky", "9.0.0")
            .field("bin", "\"bin.js\"")
            .file("bin.js", "#!/usr/bin/env node\nprocess.exit(5);\n")
            .build();

    @TempDir
    Path folder;

    private final List<World> worlds = new ArrayList<>();

    @AfterEach
    void close() {
        worlds.forEach(World::close);
    }

    @Test
    void theApplicationIsWhatBunMakesOfIt() throws Exception {
        Path project = project(folder.resolve("project"));
        World first = open("hoisted", project);
        for (PackageTarball tarball : List.of(GENERATOR, CLIENT, ADAPTER, PATCHER, TARGET, HOOKS, BUN, STAMPER)) {
            first.registry.publish(tarball);
        }
        String wanted = null;
        for (String version : List.of("1.3.14", "1.4.5")) {
            Path copy = project(folder.resolve("bun-" + version));
            Files.deleteIfExists(copy.resolve("bun.lock"));
            Bun bun = Bun.version(version);
            // what a build leaves out fails here
            Files.writeString(
                    copy.resolve("package.json"),
                    Files.readString(copy.resolve("package.json")).replaceAll("husky( install)? && ", ""));
            bun.from(first.registry.url(), copy, "install").runOrFail();
            bun.in(copy, "run", "build").runOrFail();
            assertTrue(Files.exists(copy.resolve("theirs")), "Bun's scripts use those of packages");
            wanted = Command.of("node", "bin/run.js").in(copy).runOrFail().out();
            Files.copy(copy.resolve("bun.lock"), project.resolve("bun.lock"), StandardCopyOption.REPLACE_EXISTING);
        }
        assertEquals("42 adapted things patched vendored 1.0.0\n", wanted);
        String lock = Files.readString(project.resolve("bun.lock")).replaceAll("\"http://127[^\"]*\"", "\"\"");
        Files.writeString(project.resolve("bun.lock"), lock);
        copy(project, first.source);
        World second = open("isolated", project);

        try (NixStore store = NixStore.open()) {
            List<String> apps = new ArrayList<>();
            for (World world : List.of(first, second)) {
                world.generate();
                for (String mode : world == first ? List.of("link", "copy") : List.of("link")) {
                    apps.add("(import " + world.tree + "/default.nix { inherit pkgs; src = " + world.source
                            + "; mode = \"" + mode
                            + "\"; runtime = \"node\"; fetchurl = given: pkgs.fetchurl (given // {"
                            + " url = builtins.replaceStrings [ \"https://registry.npmjs.org\" ] [ \""
                            + first.registry.url() + "\" ] given.url; }); })");
                }
            }
            List<Path> built = store.build("let pkgs = import " + NixStore.standIn() + " { }; apps = [ "
                    + String.join(" ", apps) + " ]; in apps ++ [ (pkgs.runCommand \"said\" { } ''\n"
                    + "${pkgs.lib.concatMapStrings (app: \"${app}/bin/app >> $out\\n\") apps}'') ]");
            assertEquals(wanted.repeat(3), Files.readString(built.get(3)));
            for (Path app : built.subList(0, 3)) {
                Path installed = app.resolve("lib/app");
                assertEquals("""
                                base prepare base 1.0.0
                                core postinstall core 1.0.0
                                core prepare core 1.0.0
                                . postinstall app 1.0.0
                                . prepare app 1.0.0
                                """, Files.readString(installed.resolve("ran")));
                assertTrue(Files.notExists(installed.resolve("node_modules/.cache")));
                assertEquals("stamped", Files.readString(installed.resolve("stamped")));
                assertTrue(Files.notExists(installed.resolve("theirs")), "the builder's own programs are used");
                assertTrue(
                        store.closure(app).stream().noneMatch(path -> path.contains("-app-node-modules-")),
                        store.closure(app)::toString);
            }
        }
    }

    private World open(String linker, Path project) throws IOException {
        World world = worlds.isEmpty()
                ? new World(Files.createDirectories(folder.resolve(linker)))
                : new World(
                        Files.createDirectories(folder.resolve(linker)), worlds.get(0).registry, worlds.get(0).github);
        worlds.add(world);
        world.local = true;
        world.linker = Optional.of(linker);
        Path profile = folder.resolve("profile.json");
        Files.writeString(
                profile, "{ \"ownScripts\": true, \"writable\": [\"target\"], \"dependencyScripts\": [\"vendored\"] }");
        world.profile = new ProfileChoice.File(profile);
        copy(project, world.source);
        return world;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted().toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static Path project(Path folder) throws IOException {
        String log =
                "node -e \\\"require('fs').appendFileSync(process.env.INIT_CWD + '/ran', [require('path').basename(process.cwd() === process.env.INIT_CWD ? '.' : process.cwd()), process.env.npm_lifecycle_event, process.env.npm_package_name, process.env.npm_package_version].join(' ') + '\\\\n')\\\"";
        write(folder, "package.json", """
                {
                  "name": "app", "version": "1.0.0", "bin": { "app": "bin/run.js" }, "workspaces": ["packages/*"],
                  "scripts": {
                    "postinstall": "LOG && echo module.exports = 2 > two.js",
                    "prepare": "husky install && LOG",
                    "build": "make-things && patch-it && bun run --filter extra make && node bin/run.js"
                  },
                  "dependencies": { "core": "workspace:*", "adapter": "1.0.0", "@made/client": "1.0.0", "target": "1.0.0", "vendored": "file:vendored" },
                  "trustedDependencies": ["vendored"],
                  "devDependencies": { "bun": "0.0.1", "make-things": "1.0.0", "patcher": "1.0.0", "husky": "9.0.0" }
                }
                """.replace("LOG", log));
        write(folder, "bin/run.js", """
                #!/usr/bin/env node
                console.log(require("core") + require("../two.js"), require("adapter"), require("target"), require("vendored"));
                """);
        write(folder, "vendored/package.json", """
                { "name": "vendored", "version": "1.0.0", "main": "made.js",
                  "scripts": { "postinstall": "node make.js" } }
                """);
        write(folder, "vendored/make.js", """
                require("fs").writeFileSync("made.js",
                  `module.exports = '${process.env.npm_package_name ?? "vendored"} ${process.env.npm_package_version}';`);
                """);
        write(folder, "packages/core/package.json", """
                { "name": "core", "version": "1.0.0", "main": "dist/index.js", "dependencies": { "base": "workspace:*" },
                  "scripts": { "prepare": "LOG && mkdir -p dist && echo 'module.exports = require(`base`) - 2' > dist/index.js",
                    "postinstall": "LOG" } }
                """.replace("LOG", log));
        // nothing depends on it
        write(folder, "packages/extra/package.json", """
                { "name": "extra", "version": "1.0.0", "devDependencies": { "stamper": "1.0.0" },
                  "scripts": { "make": "stamp ../../stamped" } }
                """);
        write(folder, "packages/base/package.json", """
                { "name": "base", "version": "1.0.0", "main": "dist/index.js",
                  "scripts": { "prepare": "LOG && mkdir -p dist && echo module.exports = 42 > dist/index.js" } }
                """.replace("LOG", log));
        return folder;
    }

    private static void write(Path folder, String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), text);
    }
}
