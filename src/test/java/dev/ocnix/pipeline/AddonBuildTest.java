package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.NeedsBuilds;
import dev.ocnix.testing.NeedsNetwork;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.NixStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nix builds published packages with native parts of each kind, and they do their work: {@code src/test/projects/addons}. */
@NeedsBuilds
@NeedsNetwork
class AddonBuildTest {
    private static final Path PROJECT = Path.of("src/test/projects/addons").toAbsolutePath();
    private static final List<String> COMPILED =
            List.of("bufferutil@4.1.0", "keytar@7.9.0", "node-pty@1.0.0", "node-pty@1.1.0", "node-pty@1.2.0-beta.12");

    @TempDir
    static Path folder;

    private static World world;
    private static NixStore store;
    private static List<Path> built;

    @BeforeAll
    static void build() throws Exception {
        world = new World(folder);
        for (String file : List.of("package.json", "bun.lock")) {
            world.write(file, Files.readString(PROJECT.resolve(file)));
        }
        world.local = true;
        world.linker = Optional.of("hoisted");
        world.registryMirror = Optional.empty();
        world.generate();
        store = NixStore.open();
        built = store.build(
                with("[ modules (said modules) (said prebuilt) modules.check ] ++ map (id: app.nativeAddons.${id}) [ \""
                        + String.join("\" \"", COMPILED) + "\" ]"));
    }

    @AfterAll
    static void close() {
        world.close();
        store.close();
    }

    private static String with(String expression) {
        return """
                let
                  pkgs = import %s { };
                  app = import %s/default.nix { inherit pkgs; };
                  modules = app.productionModules;
                  prebuilt = (import %2$s/default.nix {
                    inherit pkgs;
                    preferSource = { "node-pty@1.2.0-beta.12" = false; bufferutil = false; };
                  }).productionModules;
                  said = modules: pkgs.runCommand "said" { nativeBuildInputs = [ pkgs.nodejs pkgs.bun ]; } ''
                    cp ${%s}/*.js .
                    ${app.consume { inherit modules; }}
                    {
                      for module in node-pty node-pty-1.0 node-pty-1.1; do node terminal.js $module; done
                      bun terminal.js bun-pty
                      # a program that left node_modules
                      mkdir /build/moved; cp -R -L node_modules/bun-pty/src terminal.js /build/moved; cd /build/moved
                      if bun terminal.js ./src/index.ts 2> /dev/null; then echo "found without a variable"; fi
                      BUN_PTY_LIB=${modules.environment.BUN_PTY_LIB} bun terminal.js ./src/index.ts
                      cd - > /dev/null
                      for module in bufferutil esbuild keytar sharp; do node loads.js $module; done
                    } > $out
                  '';
                  # as Electron's are: another version of the interface to V8
                  headers = pkgs.runCommand "headers" { } ''
                    cp -R ${pkgs.nodejs.dev} $out; chmod -R u+w $out
                    sed -i 's/#define NODE_MODULE_VERSION .*/#define NODE_MODULE_VERSION 128/' $out/include/node/node_version.h
                  '';
                  other = (import %2$s/default.nix {
                    inherit pkgs;
                    overrides."node-pty@1.0.0" = package: package.overrideAttrs (old: {
                      env = old.env // { npm_config_nodedir = "${headers}"; npm_config_runtime = "electron"; npm_config_target = "32.0.0"; };
                    });
                  }).productionModules;
                in
                """.formatted(NixStore.standIn(), world.tree, PROJECT) + expression;
    }

    @Test
    void theyDoTheirWork() throws IOException {
        String expected = """
                node-pty: go 33 91 exit code 7
                node-pty-1.0: go 33 91 exit code 7
                node-pty-1.1: go 33 91 exit code 7
                bun-pty: go 33 91 exit code 7
                ./src/index.ts: go 33 91 exit code 7
                bufferutil: some bytes (114)
                bufferutil: bufferutil/build/Release/bufferutil.node
                esbuild: let x=1; 0.28.0
                keytar: no bus
                keytar: keytar/build/Release/keytar.node
                sharp: png 6x4
                sharp: @img/sharp-libvips-linux-x64/lib/libvips-cpp.so.8.18.3
                sharp: @img/sharp-linux-x64/lib/sharp-linux-x64-0.35.2.node
                """;
        assertEquals(expected, Files.readString(built.get(1)));
        assertEquals(
                expected.replace("build/Release/bufferutil.node", "prebuilds/linux-x64/bufferutil.node"),
                Files.readString(built.get(2)));
    }

    @Test
    void whatIsCompiledNamesNoFolderOfTheBuild() throws IOException {
        for (Path addon : built.subList(4, built.size())) {
            List<Path> files = files(addon, ".node");
            assertFalse(files.isEmpty(), addon.toString());
            for (Path file : files) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(
                        bytes.contains("/build/"),
                        () -> file + ": "
                                + bytes.substring(bytes.indexOf("/build/")).replaceFirst("(?s)\0.*", ""));
            }
            assertTrue(
                    store.references(addon).stream()
                            .allMatch(path -> path.matches(".*-(glibc|gcc|libsecret|glib)-host(-lib)?")),
                    store.references(addon)::toString);
        }
    }

    @Test
    void anotherBuildGivesTheSameBytes() {
        store.rebuild(with("map (id: app.nativeAddons.${id}) [ \"" + String.join("\" \"", COMPILED) + "\" ]"));
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(end)).toList();
        }
    }

    @Test
    void anOverrideCompilesAgainstOtherHeaders() throws IOException {
        Path said = store.build(with("pkgs.runCommand \"said\" { nativeBuildInputs = [ pkgs.nodejs ]; } ''\n"
                        + "node -e 'require(\"${other}/node_modules/node-pty-1.0\")' 2> $out || true''"))
                .get(0);
        assertTrue(Files.readString(said).contains("using\nNODE_MODULE_VERSION 128."), Files.readString(said));
    }

    @Test
    void filesOfOtherPlatformsAreLeftOut() throws IOException {
        Path modules = built.get(0).resolve("node_modules");
        assertFalse(
                Files.exists(modules.resolve("@img/sharp-linuxmusl-x64")),
                "the lockfile has no libc, the package does");
        for (String name : List.of("node-pty", "node-pty-1.1", "bufferutil")) {
            assertFalse(Files.exists(modules.resolve(name).resolve("prebuilds")), name);
        }
        assertEquals(1, files(modules.resolve("bun-pty"), ".so").size());
    }

    /** It comes without the executable bit, and nothing compiles it anew when the prebuilt files are wanted. */
    @Test
    void aHelperOfMacOsIsAProgram() {
        String started =
                Nix.get().eval("""
                        (import %s/default.nix {
                          pkgs = import %s { system = "aarch64-darwin"; };
                          preferSource."node-pty@1.1.0" = false;
                        }).productionModules.started
                        """.formatted(world.tree, NixStore.standIn())).getAsString();
        assertTrue(started.contains("node_modules/node-pty-1.1/prebuilds/darwin-arm64/spawn-helper\n"), started);
        assertFalse(started.contains(".node\n") || started.contains("darwin-x64"), started);
    }
}
