package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.ocnix.addon.Binaries;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.NixStore;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application is kept from a system only by what it cannot run without: what Bun installs and starts there is available. */
@NeedsNix
class AvailabilityTest {
    private static final String ALL = "aarch64-darwin aarch64-linux x86_64-darwin x86_64-linux";
    private static final byte[] LINUX = Binaries.elf(Binaries.X64, "libc.so.6");
    private static final byte[] MAC_PROGRAM = Binaries.machO(0x01000007, 2);
    private static final byte[] MAC_ADDON = Binaries.machO(0x0100000c, 8);
    private static final byte[] WINDOWS = Binaries.pe(0x8664, false);
    private static final String OWN_PATH =
            "const file = `./bin/${process.platform}-${process.arch}/it.node`;\nmodule.exports = require(file);\n";
    private static final String TRIES = """
            let it = null, loadError = null;
            switch (process.platform) {
              case 'linux':
                try { it = require('./it.linux.node'); } catch (e) { loadError = e; }
                break;
              default:
                loadError = new Error('none');
            }
            if (!it) {
              throw loadError ?? new Error('Failed to load native binding');
            }
            module.exports = it;
            """;

    @TempDir
    Path folder;

    private record Case(String name, String systems, List<PackageTarball> packages) {}

    private static PackageTarball.Builder plain(String name, String code) {
        return PackageTarball.of(name, "1.0.0").file("index.js", code);
    }

    private static PackageTarball child(String name, String os, String cpu, String file, byte[] content) {
        return PackageTarball.of(name, "1.0.0")
                .field("os", "[\"" + os + "\"]")
                .field("cpu", "[\"" + cpu + "\"]")
                .file(file, content)
                .build();
    }

    private static PackageTarball.Builder parent(String name, String code, String... children) {
        return plain(name, code)
                .field(
                        "optionalDependencies",
                        Arrays.stream(children)
                                .map(child -> "\"" + child + "\":\"1.0.0\"")
                                .collect(Collectors.joining(",", "{", "}")));
    }

    private static List<Case> helpers() {
        return List.of(
                new Case(
                        "program for one system",
                        ALL,
                        List.of(plain("tell", """
                        const { spawnSync } = require('child_process');
                        module.exports = text => process.platform === 'darwin' ? spawnSync(__dirname + '/vendor/helper', [text]) : console.log(text);
                        """)
                                .file("vendor/helper", MAC_PROGRAM, 0755)
                                .build())),
                new Case(
                        "program for Windows",
                        ALL,
                        List.of(plain("clip", "exports.copy = () => 1;\n")
                                .file("fallbacks/windows/clip.exe", WINDOWS, 0755)
                                .build())),
                new Case(
                        "programs for two systems",
                        ALL,
                        List.of(plain("size", "module.exports = () => 80;\n")
                                .file("vendor/linux/size", LINUX, 0755)
                                .file("vendor/macos/size", MAC_PROGRAM, 0755)
                                .build())),
                new Case(
                        "addon that is tried",
                        ALL,
                        List.of(plain("tried", """
                        try {
                          module.exports = require('./fast.node');
                        } catch {
                          module.exports = require('./slow.js');
                        }
                        """)
                                .file("slow.js", "module.exports = 1;\n")
                                .file("fast.node", LINUX)
                                .build())),
                new Case(
                        "addon for one system's branch",
                        ALL,
                        List.of(plain(
                                        "branch",
                                        "module.exports = process.platform === 'linux' ? require('./it.node') : { plain: true };\n")
                                .file("it.node", LINUX)
                                .build())),
                new Case(
                        "addon that is loaded late",
                        ALL,
                        List.of(plain("late", "exports.load = function () {\n  return require('./it.node');\n};\n")
                                .file("it.node", LINUX)
                                .build())),
                new Case(
                        "WebAssembly with fsevents",
                        ALL,
                        List.of(
                                parent("tool", "module.exports = 1;\n", "fsevents")
                                        .file("tool.wasm", "\0asm\1\0\0\0")
                                        .build(),
                                PackageTarball.of("fsevents", "1.0.0")
                                        .field("os", "[\"darwin\"]")
                                        .file("fsevents.node", MAC_ADDON)
                                        .build())),
                new Case(
                        "one optional package for one system",
                        ALL,
                        List.of(
                                parent("single", "module.exports = 1;\n", "single-win32-x64")
                                        .file("one.wasm", "\0asm")
                                        .build(),
                                child("single-win32-x64", "win32", "x64", "it.exe", WINDOWS))),
                new Case(
                        "family for one system",
                        ALL,
                        List.of(
                                parent("note", "module.exports = 1;\n", "note-darwin-x64", "note-darwin-arm64")
                                        .build(),
                                child("note-darwin-x64", "darwin", "x64", "note", MAC_PROGRAM),
                                child("note-darwin-arm64", "darwin", "arm64", "note", MAC_ADDON))),
                new Case(
                        "family beside WebAssembly",
                        ALL,
                        List.of(
                                parent("speedy", "module.exports = 1;\n", "speedy-linux-x64-gnu", "speedy-darwin-arm64")
                                        .file("speedy.wasm", "\0asm")
                                        .build(),
                                child("speedy-linux-x64-gnu", "linux", "x64", "it.node", LINUX))));
    }

    private static List<Case> needs() {
        return List.of(
                new Case(
                        "addon that is loaded",
                        "x86_64-linux",
                        List.of(plain("needs", "module.exports = require('./lib/it');\n")
                                .file("lib/it.js", "const native = require('../it.node');\nmodule.exports = native;\n")
                                .file("it.node", LINUX)
                                .build())),
                new Case(
                        "addon of the platform's folder",
                        "aarch64-darwin x86_64-linux",
                        List.of(plain("folders", OWN_PATH)
                                .file("bin/linux-x64/it.node", LINUX)
                                .file("bin/darwin-arm64/it.node", MAC_ADDON)
                                .build())),
                new Case(
                        "addon by a helper",
                        "aarch64-darwin x86_64-linux",
                        List.of(plain(
                                        "helped",
                                        "const load = require('node-gyp-build');\nmodule.exports = load(__dirname);\n")
                                .file("prebuilds/linux-x64/it.node", LINUX)
                                .file("prebuilds/darwin-arm64/it.node", MAC_ADDON)
                                .build())),
                new Case(
                        "loader that gives up",
                        "x86_64-linux",
                        List.of(plain("gives-up", TRIES)
                                .file("it.linux.node", LINUX)
                                .build())),
                new Case(
                        "loader in a function",
                        "x86_64-linux",
                        List.of(PackageTarball.of("inner", "1.0.0")
                                .field("type", "\"module\"")
                                .field("exports", "{\"types\":\"./i.d.ts\",\"import\":\"./main.mjs\"}")
                                .file("main.mjs", "export { native } from './load.mjs';\n")
                                .file("load.mjs", """
                                import { createRequire } from 'node:module';
                                const require = createRequire(import.meta.url);
                                function load() {
                                  if (process.platform === 'linux') {
                                    return require('./it.node');
                                  }
                                  throw new Error(`Unsupported platform: ${process.platform}`);
                                }
                                export const native = load();
                                """)
                                .file("it.node", LINUX)
                                .build())),
                new Case(
                        "library that is opened",
                        "x86_64-linux",
                        List.of(PackageTarball.of("ffi", "1.0.0")
                                .field("main", "\"index.ts\"")
                                .file("index.ts", """
                                import { dlopen } from 'bun:ffi';
                                export const lib = dlopen(import.meta.dir + '/libit.so', {});
                                """)
                                .file("libit.so", LINUX)
                                .build())),
                new Case(
                        "family of which the lockfile has one",
                        "x86_64-linux",
                        List.of(
                                parent(
                                                "lone",
                                                "module.exports = require('lone-linux-x64-gnu');\n",
                                                "lone-linux-x64-gnu",
                                                "lone-darwin-arm64")
                                        .build(),
                                child("lone-linux-x64-gnu", "linux", "x64", "lone.node", LINUX))));
    }

    @Test
    void onlyWhatAnApplicationCannotRunWithoutLimitsIt() throws Exception {
        List<Case> cases = new ArrayList<>(helpers());
        cases.addAll(needs());
        Map<String, String> expected = new LinkedHashMap<>();
        List<String> trees = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        try (World world = new World(folder)) {
            world.local = true;
            for (Case one : cases) {
                one.packages.forEach(world.registry::publish);
                TinyProject.write(world.source, "app", one.packages);
                world.tree = folder.resolve("trees/" + trees.size() + "/nix");
                world.generate();
                trees.add("(import " + world.tree + "/default.nix { inherit pkgs; src = " + world.source + "; })");
                expected.put(one.name, one.systems);
            }
            warnings.addAll(world.warnings);
        }
        JsonArray platforms = Nix.get()
                .eval("let pkgs = import " + NixStore.standIn() + " { }; in map (app: app.meta.platforms) [ "
                        + String.join(" ", trees) + " ]")
                .getAsJsonArray();
        Map<String, String> found = new LinkedHashMap<>();
        for (JsonElement one : platforms) {
            TreeSet<String> systems = new TreeSet<>();
            one.getAsJsonArray().forEach(system -> systems.add(system.getAsString()));
            found.put(cases.get(found.size()).name, String.join(" ", systems));
        }
        assertEquals(expected, found);
        assertTrue(
                warnings.contains(
                        "lone@1.0.0 has its native part in packages for single platforms, of which the lockfile lacks "
                                + "lone-darwin-arm64; run 'bun update lone' so that it names them, or put the native part in "
                                + "place with overrides."),
                warnings::toString);
        assertTrue(
                warnings.contains(
                        "These packages have native files for some systems only and are taken to work elsewhere without: "
                                + "tell@1.0.0 (x86_64-darwin); try on those systems what uses them."),
                warnings::toString);
        assertTrue(
                warnings.contains(
                        "What needs these packages runs only where they have a native part: needs@1.0.0 (x86_64-linux); "
                                + "for another system put one in place with overrides."),
                warnings::toString);
    }
}
