package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.NixStore;
import dev.ocnix.testing.PackageTarball;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Nix must build anew when something of a project changes: no more than what contains it. */
@NeedsNix
class RebuildTest {
    private static final String BUILD = "app.nodeModules";
    private static final String RUN = "app.productionModules";

    @TempDir
    Path folder;

    private World world;
    private NixStore store;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.local = true;
        store = NixStore.open();
    }

    @AfterEach
    void close() {
        store.close();
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hoisted", "isolated"})
    void aTarballAndOneAssemblyForEachScopeThatHasIt(String linker) throws Exception {
        world.linker = Optional.of(linker);
        lock("1.0.0", "2.0.0");
        Set<String> build = derivations(BUILD);
        Set<String> run = derivations(RUN);
        assertTrue(run.stream().anyMatch(path -> path.endsWith("-left-1.0.0.tgz.drv")), run::toString);

        lock("1.0.1", "2.0.0");
        assertEquals(Set.of("left-1.0.1.tgz.drv", "tiny-node-modules-1.0.0.drv"), added(build, derivations(BUILD)));
        assertEquals(Set.of("left-1.0.1.tgz.drv", "tiny-production-modules-1.0.0.drv"), added(run, derivations(RUN)));

        lock("1.0.0", "2.0.1");
        assertEquals(Set.of("right-2.0.1.tgz.drv", "tiny-node-modules-1.0.0.drv"), added(build, derivations(BUILD)));
        assertEquals(Set.of(), added(run, derivations(RUN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hoisted", "isolated"})
    void nothingOfNodeModulesForTheApplicationsOwnFiles(String linker) throws Exception {
        world.linker = Optional.of(linker);
        lock("1.0.0", "2.0.0");
        Set<String> before = derivations("app " + BUILD + " " + RUN);
        Files.writeString(world.source.resolve("index.js"), "#!/usr/bin/env node\nconsole.log(2);\n");
        assertEquals(Set.of("tiny-1.0.0.drv"), added(before, derivations("app " + BUILD + " " + RUN)));
    }

    /** A program that needs one package to run and another one to build. */
    private void lock(String left, String right) throws Exception {
        PackageTarball running = tarball("left", left);
        PackageTarball building = tarball("right", right);
        String needs = """
                "dependencies": { "left": "%s" }, "devDependencies": { "right": "%s" }""".formatted(left, right);
        world.write("index.js", "#!/usr/bin/env node\nconsole.log(1);\n");
        world.write("package.json", """
                { "name": "tiny", "version": "1.0.0", "bin": "index.js", %s }
                """.formatted(needs));
        world.write("bun.lock", """
                {
                  "lockfileVersion": 1,
                  "workspaces": { "": { "name": "tiny", %s } },
                  "packages": {
                    "left": ["left@%s", "", {}, "%s"],
                    "right": ["right@%s", "", {}, "%s"]
                  }
                }
                """.formatted(needs, left, running.integrity(), right, building.integrity()));
        world.generate();
    }

    private PackageTarball tarball(String name, String version) {
        PackageTarball tarball =
                PackageTarball.of(name, version).file("index.js", "").build();
        world.registry.publish(tarball);
        return tarball;
    }

    /** All derivations that these need. */
    private Set<String> derivations(String attributes) {
        String expression = "let pkgs = import " + NixStore.standIn() + " { }; app = import " + world.tree
                + "/default.nix { inherit pkgs; }; in [ " + attributes + " ]";
        String[] roots = store.nix("nix-instantiate", "-E", expression)
                .runOrFail()
                .out()
                .lines()
                .toArray(String[]::new);
        Set<String> derivations = new TreeSet<>();
        for (String root : roots) {
            store.nix("nix-store", "--query", "--requisites", root)
                    .runOrFail()
                    .out()
                    .lines()
                    .filter(path -> path.endsWith(".drv"))
                    .forEach(derivations::add);
        }
        return derivations;
    }

    private static Set<String> added(Set<String> before, Set<String> after) {
        return after.stream()
                .filter(path -> !before.contains(path))
                .map(path -> path.replaceFirst("^/nix/store/[a-z0-9]{32}-", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
