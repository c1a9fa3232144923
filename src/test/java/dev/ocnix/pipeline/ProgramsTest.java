package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsBuilds;
import dev.ocnix.testing.NeedsNetwork;
import dev.ocnix.testing.NixStore;
import dev.ocnix.testing.PackageTarball;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of an application and of its packages are started as a kernel would start them, whatever they are. */
@NeedsBuilds
@NeedsNetwork
class ProgramsTest {
    private static final Path TRUE = Path.of("/usr/bin/true");

    /** First lines of every form that env has. */
    private static final PackageTarball LINES = PackageTarball.of("lines", "1.0.0")
            .field(
                    "bin",
                    "{\"variable\":\"variable.js\",\"joined\":\"joined.js\",\"long\":\"long.js\",\"quoted\":\"quoted.js\","
                            + "\"unset\":\"unset.js\",\"cleared\":\"cleared.js\",\"odd\":\"odd.js\",\"strange\":\"strange.js\"}")
            .program("variable.js", "#!/usr/bin/env -S GREETING=hello node\nconsole.log(process.env.GREETING);\n")
            .program("joined.js", "#!/usr/bin/env -Snode --no-warnings\nconsole.log(process.execArgv.join());\n")
            .program("long.js", "#!/usr/bin/env --split-string=node --title=long\nconsole.log(process.title);\n")
            .program(
                    "quoted.js",
                    "#!/usr/bin/env -S A=\"b c\" \"node\" '--title=d e'\nconsole.log(process.env.A, process.title);\n")
            .program(
                    "unset.js",
                    "#!/usr/bin/env -S -u GONE -- A=b node\nconsole.log(process.env.GONE, process.env.A);\n")
            .program("cleared.js", "#!/usr/bin/env -iS A=b node\nconsole.log(Object.keys(process.env).join());\n")
            .program("odd.js", "#!/usr/bin/env A=b node\n")
            .program("strange.js", "#!/usr/bin/env -S ${RUNTIME} --flag\n")
            .build();

    private static World world;
    private static NixStore store;

    @TempDir
    static Path folder;

    @BeforeAll
    static void generate() throws Exception {
        PackageTarball runner = PackageTarball.of("runner", "1.0.0")
                .field("bin", "\"run.sh\"")
                .program("run.sh", "#!/bin/sh\nshift $(($# - 1)); echo \"runs $1\"\n")
                .build();
        world = World.of(folder, LINES, runner, helpers());
        world.local = true;
        world.write("package.json", """
                {
                  "name": "tiny", "version": "1.0.0", "scripts": { "build": "./script/build.ts && script/after && script/note.py" },
                  "bin": { "in-bash": "bin/cli", "in-sh": "bin/run.sh", "in-js": "bin/j.js", "in-ts": "bin/t.ts",
                    "in-mjs": "bin/plain.mjs", "flags": "bin/flags.js", "words": "bin/words.js", "variables": "bin/v.js",
                    "unknown": "bin/unknown.js", "bare": "bin/bare.sh", "own": "bin/own", "elf": "dist/elf", "made": "dist/made",
                    "taken": "dist/taken.js", "in-py": "bin/tool.py", "in-other": "bin/other.mts" },
                  "dependencies": { "lines": "1.0.0", "runner": "1.0.0", "helpers": "1.0.0" }
                }
                """);
        program("bin/cli", "#!/usr/bin/env bash\nset -e\nx=(1 2); echo \"bash ${x[1]} $* $GREETING\"\n");
        world.write("bin/run.sh", "#!/bin/sh\necho sh ${1:-default}; case $1 in a) echo A;; esac\n");
        program(
                "bin/j.js",
                "#!/usr/bin/env node\nconsole.log('js', process.argv[2], String('bun' in process.versions));\n");
        program("bin/t.ts", "#!/usr/bin/env bun\nconst x: string = 'ts'; console.log(x);\n");
        world.write("bin/plain.mjs", "console.log('mjs', String(import.meta.url.endsWith('plain.mjs')));\n");
        program(
                "bin/flags.js",
                "#!/usr/bin/env -S node --stack-size=500 '--title=a b'\nconsole.log(process.execArgv.join());\n");
        program("bin/words.js", "#!/usr/bin/env node --no-warnings --title=c\nconsole.log(process.execArgv.join());\n");
        program("bin/v.js", "#!/usr/bin/env -S -u GONE A=\"b c\" node --no-warnings\nconsole.log(process.env.A);\n");
        program(
                "bin/unknown.js",
                "#!/usr/bin/env -S A=${HOME} node\nconsole.log(String(process.env.A === process.env.HOME));\n");
        world.write("bin/bare.sh", "echo bare $1\n");
        program("bin/tool.py", "#!/usr/bin/env -S python3 -u\nimport sys; print('py', sys.argv[1])\n");
        program("bin/own", "#!/usr/bin/env runner\nwords\n");
        program("src/taken.js", "#!/usr/bin/env node\nconsole.log('taken');\n");
        program("script/build.ts", """
                #!/usr/bin/env bun
                import { $ } from "bun";
                await $`mkdir dist`;
                await Bun.write("main.ts", "console.log('made', process.argv.slice(2).join());\\n");
                await Bun.write("main.c", "#include <stdio.h>\\nint main() { puts(\\"elf\\"); }\\n");
                await $`bun build --compile main.ts --outfile dist/made && gcc main.c -o dist/elf && cp src/taken.js dist`;
                """);
        program("script/after", "#!/usr/bin/env -S LOUD=yes bash -e\necho \"after: $LOUD\" > log\n");
        program(
                "bin/other.mts",
                "#!/usr/bin/env -S tsx --no-cache\nconst said: string = 'tsx'; console.log(said, process.argv[2]);\n");
        program("script/note.py", "#!/usr/bin/env python3\nopen('note', 'w').write('noted')\n");
        Path profile = folder.resolve("profile.json");
        Files.writeString(profile, "{\"wrapperEnvironment\":{\"bun\":{\"GREETING\":\"good day\"}}}");
        world.profile = new ProfileChoice.File(profile);
        world.generate();
        store = NixStore.open();
    }

    /** Programs that their publisher forgot to make such: plain, and with data behind the image. */
    private static PackageTarball helpers() throws IOException {
        byte[] program = Files.readAllBytes(TRUE);
        return PackageTarball.of("helpers", "1.0.0")
                .file("linux/x64/helper", program)
                .file("linux/x64/helper-with-data", withData(program))
                .file("linux/x64/helper.node", program)
                .build();
    }

    private static byte[] withData(byte[] program) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(program);
        bytes.write("payload".getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static void program(String path, String text) throws IOException {
        world.write(path, text);
        Files.setPosixFilePermissions(world.source.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterAll
    static void close() {
        world.close();
        store.close();
    }

    private static String with(World project, String arguments, String expression) {
        return "let pkgs = import " + NixStore.standIn() + " { }; app = import " + project.tree
                + "/default.nix { inherit pkgs; " + arguments
                + " fetchurl = given: pkgs.fetchurl (given // { url = builtins.replaceStrings "
                + "[ \"https://registry.npmjs.org\" ] [ \"" + project.registry.url() + "\" ] given.url; }); }; in "
                + expression;
    }

    @Test
    void eachIsStartedByItsFirstLineOrAsTheExecutableThatItIs() throws Exception {
        List<Path> built = store.build(with(world, "", """
                [ (pkgs.runCommand "said" { } ''
                  export HOME=$TMPDIR
                  { for program in in-bash in-sh in-js in-ts in-mjs flags words variables unknown bare own elf made taken in-py in-other; do
                    ${app}/bin/$program a
                  done; } > $out
                '') app app.tests.programs ]
                """));
        assertEquals("""
                bash 2 a good day
                sh a
                A
                js a true
                ts
                mjs true
                --stack-size=500,--title=a b
                --no-warnings,--title=c
                b c
                true
                bare a
                runs a
                elf
                made a
                taken
                py a
                tsx a
                """, Files.readString(built.get(0)));
        Path installed = built.get(1).resolve("lib/tiny");
        assertEquals("after: yes\n", Files.readString(installed.resolve("log")));
        assertEquals("noted", Files.readString(installed.resolve("note")));
        for (String script : List.of("src/taken.js", "dist/taken.js", "bin/j.js")) {
            assertTrue(Files.readString(installed.resolve(script)).startsWith("#!/usr/bin/env node\n"), script);
        }
        assertTrue(
                store.references(built.get(1)).stream().noneMatch(path -> path.contains("-nodejs-")),
                store.references(built.get(1))::toString);
    }

    @Test
    void whatNodeRunsIsStartedByNode() throws Exception {
        Path said = store.build(with(world, "runtime = \"node\";", """
                pkgs.runCommand "said" { } ''
                  { for program in in-bash in-js flags variables made taken; do ${app}/bin/$program a; done; } > $out
                ''
                """)).get(0);
        assertEquals(
                "bash 2 a \njs a false\n--stack-size=500,--title=a b\nb c\nmade a\ntaken\n", Files.readString(said));
    }

    @Test
    void firstLinesOfPackagesNameTheStoreAsEnvReadsThem() throws Exception {
        List<Path> built = store.build(with(world, "", """
                [ (pkgs.runCommand "said" { } ''
                  cd ${app.productionModules}/node_modules/.bin
                  { ./variable; ./joined; ./long; ./quoted; GONE=1 ./unset; ./cleared; } > $out
                '') app.productionModules ]
                """));
        assertEquals("hello\n--no-warnings\nlong\nb c d e\nundefined b\nA\n", Files.readString(built.get(0)));
        Path lines = built.get(1).resolve("node_modules/lines");
        assertTrue(Files.readString(lines.resolve("odd.js")).startsWith("#!/usr/bin/env A=b node\n"));
        assertTrue(Files.readString(lines.resolve("strange.js")).startsWith("#!/usr/bin/env -S ${RUNTIME} --flag\n"));
        String log = store.nix("nix-store", "--read-log", store.inStore(built.get(1)))
                .runOrFail()
                .out();
        for (String script : List.of("odd.js", "strange.js")) {
            assertTrue(log.lines().anyMatch(line -> line.contains("/lines/" + script + " starts with ")), log);
        }
        assertFalse(log.contains("variable.js"), log);
    }

    @Test
    void aProgramOfAPackageCanBeStartedAndKeepsItsData() throws Exception {
        Path modules =
                store.build(with(world, "", "app.productionModules")).get(0).resolve("node_modules/helpers/linux/x64");
        assertTrue(Files.isExecutable(modules.resolve("helper")));
        assertTrue(Files.isExecutable(modules.resolve("helper-with-data")));
        assertFalse(Files.isExecutable(modules.resolve("helper.node")), "is loaded, not started");
        assertArrayEquals(withData(Files.readAllBytes(TRUE)), Files.readAllBytes(modules.resolve("helper-with-data")));
        String loader = Command.of(
                        "patchelf",
                        "--print-interpreter",
                        modules.resolve("helper").toString())
                .runOrFail()
                .out();
        assertTrue(loader.startsWith("/nix/store/"), loader);
    }

    /** Both releases whose result differs: 1.4 finds its modules in another way than 1.3. */
    @Test
    void aCompiledProgramHoldsItsModulesAndLeavesTheRestBehind(@TempDir Path other) throws Exception {
        PackageTarball inner = PackageTarball.of("inner", "1.0.0")
                .file("index.js", "module.exports = 'inner';\n")
                .build();
        try (World compiled = World.of(other, inner)) {
            compiled.local = true;
            compiled.write("package.json", """
                    { "name": "tiny", "version": "1.0.0", "bin": { "tiny": "dist/tiny" }, "dependencies": { "inner": "1.0.0" },
                      "scripts": { "build": "bun build --compile --minify main.ts --outfile dist/tiny" } }
                    """);
            compiled.write(
                    "main.ts", "import inner from 'inner';\nconsole.log(inner, process.argv.slice(2).join());\n");
            compiled.generate();
            List<Path> built = store.build(with(compiled, "", """
                    let
                      newer = app.override {
                        bun = pkgs.bun.overrideAttrs (old: {
                          version = "1.4.5";
                          src = pkgs.fetchurl {
                            url = "https://registry.npmjs.org/@oven/bun-linux-x64/-/bun-linux-x64-1.4.5.tgz";
                            hash = "sha512-IWX9BELoGHAUtMonkeSaNaZwXzRk+oDw6Mk+HBFXd3KHYIBNBsIGRupMZPcgNoDbJpLu6gAJjIoIVPZtt1aJ1g==";
                          };
                        });
                      };
                      said = app: pkgs.runCommand "said" { } "${app}/bin/tiny a b > $out";
                    in [ (said app) (said newer) app newer app.tests.programs app.tests.links ]
                    """));
            assertEquals("inner a,b\n", Files.readString(built.get(0)));
            assertEquals("inner a,b\n", Files.readString(built.get(1)));
            for (Path app : built.subList(2, 4)) {
                assertTrue(
                        store.closure(app).stream().noneMatch(path -> path.contains("-modules-")),
                        store.closure(app)::toString);
                String loader = Command.of(
                                "patchelf",
                                "--print-interpreter",
                                app.resolve("lib/tiny/dist/tiny").toString())
                        .runOrFail()
                        .out();
                assertTrue(loader.startsWith("/nix/store/"), loader);
            }

            compiled.write("report.js", """
                    const lines = Array.from({ length: 60 }, (_, n) => '    line: ' + n);
                    console.error(['Error: Could not resolve "missing"', '{', '  errors: [', '  {', ...lines, '  }', ']', '}'].join('\\n'));
                    process.exit(3);
                    """);
            compiled.write("package.json", """
                    { "name": "tiny", "version": "1.0.0", "bin": { "tiny": "dist/tiny" }, "dependencies": { "inner": "1.0.0" },
                      "scripts": { "build": "bun report.js" } }
                    """);
            Command.Result failed = store.tryBuild(with(compiled, "", "app"));
            assertNotEquals(0, failed.exit());
            List<String> end = failed.err()
                    .lines()
                    .filter(line -> !line.startsWith("error: "))
                    .toList();
            assertTrue(
                    String.join("\n", end.subList(end.size() - 4, end.size()))
                            .contains("Could not resolve \"missing\""),
                    failed::err);
            compiled.write("package.json", """
                    { "name": "tiny", "version": "1.0.0", "bin": { "tiny": "dist/tiny" }, "dependencies": { "inner": "1.0.0" },
                      "scripts": { "build": "mkdir dist && echo MZ of another system > dist/tiny" } }
                    """);
            String refusal = store.tryBuild(with(compiled, "", "app")).err();
            assertTrue(
                    refusal.contains(
                            "ocnix: the program tiny would start lib/tiny/dist/tiny, which is for another system"),
                    refusal);
        }
    }
}
