package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Command;
import dev.ocnix.testing.Miniature;
import dev.ocnix.testing.NeedsBuilds;
import dev.ocnix.testing.NeedsNetwork;
import dev.ocnix.testing.NixStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a project in the shape of OpenChamber, with a profile, to a running server with a page and a terminal. */
@NeedsBuilds
@NeedsNetwork
class MiniatureTest {
    @TempDir
    static Path folder;

    private static World world;
    private static NixStore store;

    @BeforeAll
    static void generate() throws Exception {
        world = new World(folder);
        Miniature.copy(Files.createDirectories(world.source));
        world.local = true;
        world.profile = new ProfileChoice.File(Miniature.profile());
        world.registryMirror = Optional.empty();
        world.generate();
        store = NixStore.open();
    }

    @AfterAll
    static void close() {
        world.close();
        store.close();
    }

    private static String with(String expression) {
        return "let pkgs = import " + NixStore.standIn() + " { }; app = import " + world.tree
                + " { inherit pkgs; opencode = null; runtime = \"both\"; }; in " + expression;
    }

    @Test
    void theServerAnswersAndItsTerminalRunsACommandUnderBothRuntimes() throws Exception {
        // the installation check ran, too, or there was no application
        List<Path> built = store.build(with(
                "[ app app.nodeModules app.productionModules app.tests.server app.tests.links app.tests.programs ]"));
        Path app = built.get(0);
        Path production = built.get(2);

        Path out = store.build(with("""
                pkgs.runCommand "session" { nativeBuildInputs = [ pkgs.bun pkgs.curl ]; } ''
                  mkdir "$out"
                  for suffix in "" -node; do
                    ${app}/bin/miniature$suffix serve --foreground --host 127.0.0.1 --port 4100 & server=$!
                    until curl -sf http://127.0.0.1:4100/health > "$out/health$suffix"; do kill -0 $server; sleep 0.1; done
                    curl -sf http://127.0.0.1:4100/assets/main.js > "$out/main$suffix"
                    SHELL=${pkgs.bash}/bin/bash bun ${%s} 4100 > "$out/terminal$suffix"
                    kill $server
                    wait $server || true
                  done
                ''
                """.formatted(Miniature.client()))).get(0);
        assertEquals("bun-pty: sum=42, 33 91, exit code 3\n", read(out.resolve("terminal")));
        assertEquals("node-pty: sum=42, 33 91, exit code 3\n", read(out.resolve("terminal-node")));
        for (String runtime : List.of("bun", "node")) {
            String health = read(out.resolve(runtime.equals("bun") ? "health" : "health-node"));
            assertTrue(health.contains("\"runtime\":\"" + runtime + "\""), health);
            assertTrue(health.matches(".*\"starts\":\"/nix/store/[^\"]*/bin/" + runtime + "\".*"), health);
            assertTrue(health.contains("\"year\":31536000000"), "patchedDependencies: " + health);
            assertTrue(health.contains("\"odd\":\"by patch-package\""), "patch-package: " + health);
            assertTrue(health.contains("\"notice\":\"fixed\""), "the step after the assembly: " + health);
        }
        String page = read(out.resolve("main"));
        assertTrue(page.contains("\"built by Nix as a 2.1\""), page);

        assertTrue(Files.exists(built.get(1).resolve("node_modules/clsx")), "the build has what it needs");
        assertFalse(Files.exists(built.get(1).resolve("node_modules/@types/estree")), "but not what is left out");
        assertFalse(Files.exists(built.get(1).resolve("fix-notice.js")), "nor what the steps needed");
        assertFalse(Files.exists(production.resolve("node_modules/clsx")), "only the build needs it");
        assertFalse(Files.exists(production.resolve("node_modules/left-pad")), "another workspace needs it");
        assertTrue(
                store.references(app).stream()
                        .allMatch(
                                path -> path.matches(
                                        ".*-(bash|bun|nodejs|git)\\b.*|.*-miniature-production-modules-2.1.0|.*-miniature-2.1.0")),
                store.references(app)::toString);
        assertTrue(
                store.closure(app).stream().noneMatch(path -> path.matches(".*(-node-modules-|\\.tgz$|node-gyp).*")),
                store.closure(app)::toString);
    }

    @Test
    void whatDoesNotComeUpFailsItsChecks() {
        String broken = "app.overrideAttrs (old: { postInstall = \"echo 'process.exit(3)' > "
                + "$out/lib/miniature/packages/web/%s\"; })";
        Command.Result refused = store.tryBuild(with("(" + broken.formatted("server/index.js") + ").tests.server"));
        assertNotEquals(0, refused.exit());
        assertTrue(refused.err().contains("the server ended; the server said:"), refused.err());
        assertNotEquals(0, store.tryBuild(with(broken.formatted("bin/cli.js"))).exit());
    }

    @Test
    void theExampleOfAnotherApplicationNeedsNoProfile() throws Exception {
        try (World notes = new World(Files.createDirectories(folder.resolve("notes")))) {
            for (String file : List.of("bun.lock", "package.json", "server.js", "page/main.ts")) {
                Path to = notes.source.resolve(file);
                Files.createDirectories(to.getParent());
                Files.copy(Path.of("example/notes").resolve(file), to);
            }
            notes.local = true;
            notes.registryMirror = Optional.empty();
            notes.generate();
            String app = "(import " + notes.tree + " { pkgs = import " + NixStore.standIn() + " { }; })";
            Path out = store.build(with("""
                    let at = { host = "127.0.0.1"; port = 4200; }; notes = %s; in
                    pkgs.runCommand "session" { nativeBuildInputs = [ pkgs.curl ]; } ''
                      env HOST=${(notes.service.environment at).HOST} PORT=${(notes.service.environment at).PORT} \
                        ${toString (notes.service.command at)} & server=$!
                      url=http://127.0.0.1:4200
                      until curl -sf $url/main.js > main.js; do kill -0 $server; sleep 0.1; done
                      curl -s -X PUT -H 'x-password: mine' -d hello $url/notes/first > "$out"
                      curl -s -H 'x-password: mine' $url/notes/first >> "$out"
                      curl -s -H 'x-password: theirs' $url/notes/first >> "$out"
                      grep -c 'no notes' main.js >> "$out"
                      kill $server
                    ''
                    """.formatted(app))).get(0);
            assertEquals("written\nhelloanother password guards this note\n1\n", read(out));
            Path modules = store.build(with(app + ".productionModules")).get(0);
            assertTrue(Files.exists(modules.resolve("node_modules/bcrypt/build/Release/bcrypt_lib.node")));
            assertFalse(Files.exists(modules.resolve("node_modules/clsx")));
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
