package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsBuilds;
import dev.ocnix.testing.NeedsNetwork;
import dev.ocnix.testing.NixStore;
import dev.ocnix.testing.PackageTarball;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nix builds a project of everything that is unusual and legal. */
@NeedsBuilds
@NeedsNetwork
class OddBuildTest {
    private static final PackageTarball SAYER = PackageTarball.of("sayer", "1.0.0")
            .field("bin", "{\"say\":\"say.js\",\"odd\":\"odd.js\",\"none\":\"none.js\"}")
            .file("say.js", "#!/usr/bin/env -S node --no-warnings\r\nconsole.log('said');\n")
            .file("odd.js", "#!/usr/bin/env A=b node\nconsole.log('odd');\n")
            .build();
    private static final PackageTarball BUNDLED = PackageTarball.of("bundled", "1.0.0")
            .field("main", "\"it.mjs\"")
            .file("it.mjs", "export default 'bundled';\n")
            .link("out", "../../../../../../../../tmp")
            .link("node_modules", "/tmp")
            .build();
    /** Brings a package of its own, folders that nixpkgs would move, and a binding.gyp. */
    private static final PackageTarball ADDON = PackageTarball.of("addon", "1.0.0")
            .file("index.js", "module.exports = require('./build/Release/addon.node') - require('inner');\n")
            .file("node_modules/inner/index.js", "module.exports = 1;\n")
            .file("doc/read.me", "me\n")
            .file("sbin/tool.js", "1\n")
            .file("binding.gyp", "{'targets':[{'target_name':'addon','sources':['addon.c']}]}")
            .file("addon.c", """
                    #include <node_api.h>
                    static napi_value init(napi_env env, napi_value exports) {
                      napi_value value;
                      napi_create_int32(env, 43, &value);
                      return value;
                    }
                    NAPI_MODULE(addon, init)
                    """)
            .build();

    /** Works without its native part, which does not compile. */
    private static final PackageTarball SHAKY = PackageTarball.of("cpu-features", "0.0.10")
            .field("scripts", "{\"install\":\"node-gyp rebuild || exit 0\",\"postinstall\":\"node none.js\"}")
            .file("index.js", "module.exports = 'shaky';\n")
            .file("binding.gyp", "{'targets':[{'target_name':'shaky','sources':['shaky.c']}]}")
            .file("shaky.c", "#error never\n")
            .build();

    /** Needed by an optional dependency alone, and compiled by nobody: its header would come from elsewhere. */
    private static final PackageTarball WISHED = PackageTarball.of("wished", "1.0.0")
            .file("index.js", "module.exports = require('./build/Release/wished.node');\n")
            .file("binding.gyp", "{'targets':[{'target_name':'wished','sources':['wished.c']}]}")
            .file("wished.c", "#include \"from-elsewhere.h\"\n")
            .build();

    private static final PackageTarball WISHER = PackageTarball.of("wisher", "1.0.0")
            .file("index.js", "try { require('wished'); } catch { module.exports = 'without'; }\n")
            .build();

    @TempDir
    Path folder;

    @Test
    void itIsBuiltAndRuns() throws Exception {
        try (World world = World.of(folder, SAYER, BUNDLED, ADDON, SHAKY, WISHED, WISHER);
                NixStore store = NixStore.open()) {
            world.local = true;
            write(world);
            world.generate();
            world.write("node_modules/addon/left-by-an-installer", "");
            world.write("packages/tool/node_modules", "");
            String app = "(import " + world.tree + "/default.nix { inherit pkgs; src = " + world.source
                    + "; fetchurl = given: pkgs.fetchurl (given // { url = builtins.replaceStrings "
                    + "[ \"https://registry.npmjs.org\" ] [ \"" + world.registry.url() + "\" ] given.url; }); })";
            String pkgs = "let pkgs = import " + NixStore.standIn() + " { }; in ";
            Path output = store.build(pkgs + app).get(0);
            assertEquals(
                    "bundled 42 without 21 22\n",
                    Files.readString(
                            store.build(pkgs + "pkgs.runCommand \"said\" { } \"${" + app + "}/bin/tiny > $out\"")
                                    .get(0)));
            assertTrue(
                    store.closure(output).stream().noneMatch(path -> path.contains("-tiny-node-modules-")),
                    store.closure(output)::toString);
            Path installed = output.resolve("lib/tiny");
            assertTrue(Files.readString(installed.resolve("dist/index.js")).contains("eeeeeeee"));
            assertEquals("said\nmember\n", Files.readString(installed.resolve("log")));
            assertTrue(
                    Files.readString(installed.resolve("packages/tool/tool.js")).startsWith("#!/usr/bin/env node\n"));

            Command libraries = Command.of(
                    "patchelf",
                    "--print-rpath",
                    installed.resolve("packages/ready/it.node").toString());
            assertTrue(
                    libraries.runOrFail().out().matches("/nix/store/[^:]*-gcc-host-lib/lib\\n"),
                    libraries.run().out());

            Path modules = store.build(pkgs + app + ".productionModules").get(0).resolve("node_modules");
            assertFalse(Files.exists(modules.resolve("addon/node_modules/node-addon-api")));
            assertFalse(Files.exists(modules.resolve("cpu-features/build/Release/shaky.node")));
            assertTrue(Files.exists(modules.resolve("cpu-features/index.js")));
            assertTrue(Files.isRegularFile(modules.resolve("addon/doc/read.me")));
            assertFalse(Files.isSymbolicLink(modules.resolve("addon/sbin")));
            assertFalse(Files.exists(modules.resolve("addon/left-by-an-installer")));
            for (String link : new String[] {"bundled/out", "bundled/node_modules", ".bin/none"}) {
                assertFalse(Files.isSymbolicLink(modules.resolve(link)), link);
            }
            assertTrue(Files.readString(modules.resolve("sayer/odd.js")).startsWith("#!/usr/bin/env A=b node\n"));
        }
    }

    private static void write(World world) throws Exception {
        world.write("package.json", """
                {
                  "name": "tiny", "version": "1.0.0", "bin": "dist/index.js", "workspaces": ["packages/*"],
                  "scripts": {
                    "build": "say > log && mtool >> log && bun build index.mjs --outdir dist --target node --external addon --external wished --external kept --external @acme/tool && mv dist/index.js dist/i && mv dist/i dist/index.js"
                  },
                  "dependencies": { "sayer": "1.0.0", "bundled": "1.0.0", "addon": "1.0.0", "cpu-features": "0.0.10", "wisher": "1.0.0",
                    "kept": "file:./vendor/kept", "@acme/tool": "workspace:*", "ready": "workspace:*" }
                }
                """);
        world.write(
                "index.mjs",
                "import word from 'bundled';\nimport addon from 'addon';\nimport wisher from 'wisher';\n"
                        + "import kept from 'kept';\nimport tool from '@acme/tool';\n"
                        + "console.log(`${word} ${addon} ${wisher} ${kept} ${tool}`);\n");
        world.write(
                "packages/tool/package.json", "{ \"name\": \"@acme/tool\", \"bin\": { \"mtool\": \"tool.js\" } }\n");
        part(world, "packages/tool", 22);
        part(world, "vendor/kept", 21);
        world.write("vendor/kept/package.json", "{ \"name\": \"kept\", \"version\": \"1.0.0\" }\n");
        world.write("packages/ready/package.json", "{ \"name\": \"ready\" }\n");
        world.write("packages/ready/empty.c", "int nothing;\n");
        Path ready = world.source.resolve("packages/ready");
        Command.of("gcc", "-shared", "-Wl,--no-as-needed", "-o", ready + "/it.node", ready + "/empty.c", "-lstdc++")
                .runOrFail();
        world.write("packages/tool/tool.js", "#!/usr/bin/env node\nconsole.log('member');\n");
        world.relock("\"wished\":\"1.0.0\",", "");
        world.relock(
                "\"wisher@1.0.0\", \"\", {}",
                "\"wisher@1.0.0\", \"\", { \"optionalDependencies\": { \"wished\": \"1.0.0\" } }");
        world.relock(
                "\"wisher\":\"1.0.0\"",
                "\"wisher\":\"1.0.0\", \"kept\": \"file:./vendor/kept\", \"@acme/tool\": \"workspace:*\", \"ready\": \"workspace:*\"");
        world.relock(
                "  },\n  \"packages\": {\n",
                "    \"packages/ready\": { \"name\": \"ready\" },\n    \"packages/tool\": { \"name\": \"@acme/tool\", \"bin\": { \"mtool\": \"tool.js\" } },\n  },\n"
                        + "  \"packages\": {\n    \"@acme/tool\": [\"@acme/tool@workspace:packages/tool\"],\n"
                        + "    \"kept\": [\"kept@file:vendor/kept\", {}],\n"
                        + "    \"ready\": [\"ready@workspace:packages/ready\"],\n");
    }

    /** A native part that an installer would compile without being asked. */
    private static void part(World world, String folder, int value) throws Exception {
        world.write(folder + "/index.js", "module.exports = require('./build/Release/part.node');\n");
        world.write(folder + "/binding.gyp", "{'targets':[{'target_name':'part','sources':['part.c']}]}");
        world.write(folder + "/part.c", """
                #include <node_api.h>
                static napi_value init(napi_env env, napi_value exports) {
                  napi_value value;
                  napi_create_int32(env, %d, &value);
                  return value;
                }
                NAPI_MODULE(part, init)
                """.formatted(value));
    }
}
