package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.LoopbackServer.Fault;
import dev.ocnix.testing.NeedsBuilds;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.NeedsNetwork;
import dev.ocnix.testing.NixStore;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that the registry no longer has; Bun 1.4.5 says which of them an installation can do without. */
@NeedsBun
class OptionalGoneTest {
    private final PackageTarball left = World.left();
    private final PackageTarball user = PackageTarball.of("user", "1.0.0")
            .field("optionalDependencies", "{\"opt-linux\":\"1.0.0\",\"opt-mac\":\"1.0.0\",\"both\":\"1.0.0\"}")
            .field("peerDependencies", "{\"peer\":\"1.0.0\"}")
            .field("peerDependenciesMeta", "{\"peer\":{\"optional\":true}}")
            .file("index.js", "")
            .build();
    private final PackageTarball host = PackageTarball.of("host", "1.0.0")
            .field("optionalDependencies", "{\"peer\":\"1.0.0\"}")
            .build();
    private final PackageTarball linux = PackageTarball.of("opt-linux", "1.0.0")
            .field("dependencies", "{\"child\":\"1.0.0\"}")
            .build();
    private final PackageTarball mac =
            PackageTarball.of("opt-mac", "1.0.0").field("os", "[\"darwin\"]").build();
    private final PackageTarball child = PackageTarball.of("child", "1.0.0").build();
    private final PackageTarball both = PackageTarball.of("both", "1.0.0").build();
    private final PackageTarball peer = PackageTarball.of("peer", "1.0.0").build();

    @TempDir
    Path folder;

    private World world;
    private Bun judge;

    @BeforeEach
    void lock() throws Exception {
        world = new World(folder);
        world.local = true;
        world.registryMirror = Optional.empty();
        judge = Bun.version("1.4.5");
        Stream.of(left, user, host, linux, mac, child, both, peer).forEach(world.registry::publish);
        world.write(
                "package.json",
                "{\"name\":\"tiny\",\"version\":\"1.0.0\",\"bin\":\"index.js\",\"dependencies\":"
                        + "{\"left\":\"1.0.0\",\"user\":\"1.0.0\",\"host\":\"1.0.0\",\"both\":\"1.0.0\"}}\n");
        world.write("index.js", "#!/usr/bin/env node\n");
        Bun.version("1.3.14")
                .from(world.registry.url(), world.source, "install", "--lockfile-only")
                .runOrFail();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Command.Result install(String linker) throws Exception {
        Path copy = folder.resolve("judge-" + linker);
        for (String file : List.of("package.json", "bun.lock")) {
            Files.createDirectories(copy);
            Files.copy(world.source.resolve(file), copy.resolve(file));
        }
        return judge.from(
                        world.registry.url(),
                        copy,
                        "install",
                        "--frozen-lockfile",
                        "--ignore-scripts",
                        "--linker=" + linker)
                .with(Map.of("GITHUB_API_URL", world.github.url()))
                .run();
    }

    private JsonObject json(String name) throws Exception {
        Path file = name.equals("report.json") ? world.reports.resolve(name) : world.tree.resolve(name);
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    @ParameterizedTest
    @ValueSource(strings = {"opt-linux", "opt-mac", "peer", "child", "both", "user", "left"})
    void whatBunInstallsWithoutIsLeftOutAndWhatItRefusesIsRefused(String name) throws Exception {
        PackageTarball gone = Stream.of(left, user, linux, mac, child, both, peer)
                .filter(tarball -> tarball.name().equals(name))
                .findFirst()
                .orElseThrow();
        world.registry.fault(gone.path(), Fault.status(name.equals("peer") ? 410 : 404));
        boolean isInstalled = install("hoisted").exit() == 0;
        assertEquals(isInstalled, install("isolated").exit() == 0);
        if (isInstalled) {
            world.generate();
            assertEquals(
                    "[\"" + name + "@1.0.0\"]",
                    json("ocnix.json").get("leftOut").toString());
        } else {
            OcnixException failure = world.failure();
            assertTrue(
                    failure.getMessage().startsWith("The tarball of " + name + "@1.0.0 is missing: could not get "),
                    failure::getMessage);
            assertTrue(failure.getMessage().contains("name it in the leaveOut of a profile"), failure::getMessage);
        }
    }

    @Test
    void theyAreToldOnceAndTheNextRunsKnowThemUntilTheLockfileChanges() throws Exception {
        world.registry.fault(linux.path(), Fault.status(404));
        world.registry.fault(mac.path(), Fault.status(410));
        world.generate();
        assertEquals(
                List.of(
                        "Nobody has 2 optional packages any more, so the tree leaves out opt-linux@1.0.0 ("
                                + world.registry.url(linux) + " answered 404), opt-mac@1.0.0 ("
                                + world.registry.url(mac)
                                + " answered 410), as Bun does; lock a version that there is, or give the files by an override."),
                world.warnings.stream()
                        .filter(line -> line.contains("any more"))
                        .toList());
        assertTrue(world.infos.stream().anyMatch(line -> line.startsWith("6 dependencies, all of them verified, ")));
        assertEquals(
                "[\"opt-linux@1.0.0\",\"opt-mac@1.0.0\"]",
                json("report.json").get("leftOut").toString());
        assertEquals("[]", json("ocnix.json").get("unverified").toString());
        assertFalse(Files.readString(world.reports.resolve("sbom.cdx.json")).contains("opt-mac"));
        SortedMap<String, String> first = world.bytes();

        world.forgetRequests();
        world.generate();
        assertEquals(List.of(), world.registry.requests());
        assertEquals(first, world.bytes());
        assertTrue(world.check().lines().isEmpty());
        world.offline = true;
        world.facts = FactsMode.TRUST;
        world.moveToFreshClone(folder.resolve("clone"));
        world.generate();
        assertEquals(first, world.bytes());

        world.offline = false;
        world.registry.fault(linux.path(), 0, Fault.status(404));
        world.force = true;
        world.generate();
        assertEquals("[\"opt-mac@1.0.0\"]", json("ocnix.json").get("leftOut").toString());
        world.force = false;
        world.registry.fault(mac.path(), 0, Fault.status(404));
        world.write("bun.lock", Files.readString(world.source.resolve("bun.lock")) + "\n");
        world.generate();
        assertFalse(json("ocnix.json").has("leftOut"));
        assertTrue(world.text("dependencies.nix").contains(mac.integrity()));
    }

    /** A commit that a repository lacks is another matter than a repository that is gone: Bun refuses the former. */
    @ParameterizedTest
    @CsvSource({
        "git,dependencies,false",
        "git,optionalDependencies,false",
        "git,optionalDependencies,true",
        "github,dependencies,false",
        "github,optionalDependencies,false",
    })
    void aSourceThatIsGoneIsLeftOutWhereBunInstallsWithout(String host, String group, boolean lacksCommit)
            throws Exception {
        Path clone = Files.createDirectories(folder.resolve("clone"));
        Files.writeString(clone.resolve("package.json"), "{\"name\":\"dep\",\"version\":\"1.0.0\"}");
        String commit = TinyProject.commit(clone, "v1");
        String url = lacksCommit ? world.serveClone(clone) : world.registry.url() + "/dep.git";
        String pinned = lacksCommit ? "a".repeat(40) : commit;
        String range = (host.equals("git") ? "git+" + url : "github:acme/dep") + "#" + pinned;
        String id = "dep@" + range;
        world.write(
                "package.json",
                "{\"name\":\"tiny\",\"version\":\"1.0.0\",\"bin\":\"index.js\",\"" + group + "\":{\"dep\":\"" + range
                        + "\"}}");
        world.write(
                "bun.lock",
                "{\"lockfileVersion\":1,\"workspaces\":{\"\":{\"name\":\"tiny\",\"" + group
                        + "\":{\"dep\":\"" + range + "\"}}},\"packages\":{\"dep\":[\"" + id + "\",{},\""
                        + (host.equals("git") ? pinned : "acme-dep-" + pinned.substring(0, 7)) + "\"]}}");
        boolean isInstalled = install("hoisted").exit() == 0;
        assertEquals(isInstalled, install("isolated").exit() == 0);
        assertEquals(group.equals("optionalDependencies") && !lacksCommit, isInstalled, "as Bun 1.4.5 does");
        if (!isInstalled) {
            assertTrue(world.refusal().startsWith("Could not fetch the dependency " + id + ": There is no "));
            return;
        }
        world.generate();
        assertEquals("[\"" + id + "\"]", json("ocnix.json").get("leftOut").toString());
        assertEquals(
                1,
                world.warnings.stream()
                        .filter(line -> line.startsWith(
                                "Nobody has an optional package any more, so the tree leaves out " + id))
                        .count(),
                world.warnings::toString);
        SortedMap<String, String> first = world.bytes();
        world.forgetRequests();
        world.generate();
        assertEquals(0, world.requests());
        assertEquals(first, world.bytes());
    }

    @Test
    void whatAProfileLeavesOutMayBeGone() throws Exception {
        world.registry.fault(both.path(), Fault.status(404));
        world.write("profile.json", "{\"leaveOut\":[\"both\"]}");
        world.profile = new ProfileChoice.File(world.source.resolve("profile.json"));
        world.registryMirror = Optional.of(world.registry.url());
        world.relock(both.integrity(), "");
        world.relock("\"" + world.registry.url(both) + "\"", "\"\"");
        world.generate();
        assertTrue(world.text("dependencies.nix").contains("sha512-" + "A".repeat(86) + "=="));
        assertEquals("[\"both@1.0.0\"]", json("ocnix.json").get("leftOut").toString());
    }

    @Test
    @NeedsBuilds
    @NeedsNetwork
    void nixBuildsWithoutThem() throws Exception {
        world.registry.fault(linux.path(), Fault.status(404));
        world.registry.fault(mac.path(), Fault.status(404));
        try (NixStore store = NixStore.open()) {
            for (String linker : List.of("hoisted", "isolated")) {
                assertEquals(0, install(linker).exit());
                world.linker = Optional.of(linker);
                world.generate();
                Path modules = store.build("(import " + world.tree + "/default.nix { pkgs = import "
                                + NixStore.standIn() + " { }; src = " + world.source + "; }).productionModules")
                        .get(0)
                        .resolve("node_modules");
                Set<String> expected = names(folder.resolve("judge-" + linker + "/node_modules"));
                // nobody but what is left out needs it
                expected.remove("child");
                assertEquals(expected, names(modules));
            }
        }
    }

    private static Set<String> names(Path modules) throws Exception {
        try (Stream<Path> entries = Files.list(modules)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
