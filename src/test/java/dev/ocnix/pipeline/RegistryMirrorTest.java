package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.LoopbackServer.Fault;
import dev.ocnix.testing.PackageTarball;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One mirror in every registry's place, and what is said when tarballs cannot be had. */
class RegistryMirrorTest {
    @TempDir
    Path folder;

    private final PackageTarball left = World.left();
    private final PackageTarball right = World.right();
    private World world;

    @BeforeEach
    void open() {
        world = World.of(folder, left, right);
        world.local = true;
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void lockAt(PackageTarball tarball, String url) throws Exception {
        String id = tarball.name() + "@" + tarball.version();
        world.relock("\"" + id + "\", \"\"", "\"" + id + "\", \"" + url + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "https://nexus.example.org/repository/npm-group/left/-/left-1.0.0.tgz, left, true",
        "https://nexus.example.org/left/-/left-1.0.0.tgz?cache=0, left, true",
        "https://art.example.org/api/npm/npm/@scope/right/-/right-2.0.0.tgz, right, true",
        "https://art.example.org/api/npm/npm/@scope%2fright/-/right-2.0.0.tgz, right, true",
        "https://art.example.org/api/npm/npm/%40scope%2Fright/-/right-2.0.0.tgz, right, true",
        "https://art.example.org/api/npm/npm/@scope/right/-/@scope/right-2.0.0.tgz, right, true",
        "https://registry.npmjs.org/left/-/left-1.0.0.tgz, left, true",
        "https://nexus.example.org/notleft/-/left-1.0.0.tgz, left, false",
        "https://nexus.example.org/@other/left/-/left-1.0.0.tgz, left, false",
        "https://nexus.example.org/left/-/left-1.0.1.tgz, left, false",
        "https://nexus.example.org/left-1.0.0.tgz, left, false",
    })
    void everyUrlOfARegistrysShapeIsAskedForThere(String url, String which, boolean isMirrored) throws Exception {
        PackageTarball tarball = which.equals("left") ? left : right;
        lockAt(tarball, url);
        world.offline = !isMirrored;
        if (isMirrored) {
            world.generate();
            assertTrue(world.text("dependencies.nix").contains('"' + url + '"'), world.text("dependencies.nix"));
            assertEquals(1, world.registry.requests(tarball.path()));
        } else {
            assertTrue(world.failure().getMessage().contains(url));
        }
        String host = url.split("/", -1)[2];
        boolean isTold = isMirrored && !host.equals("registry.npmjs.org");
        assertEquals(
                isTold
                        ? List.of("1 package is locked at hosts that are not configured, " + host
                                + "; ocnix.registryMirror stands in for them in this run, and the tree names them as the"
                                + " lockfile does: run bun install with your own registry if nobody can reach them.")
                        : List.of(),
                world.warnings.stream()
                        .filter(line -> line.contains("not configured"))
                        .toList());
    }

    @Test
    void aFailureNamesTheMirrorThatIsSetOrThatCouldHelp() throws Exception {
        lockAt(left, "https://nexus.invalid/left/-/left-1.0.0.tgz");
        world.registry.fault(left.path(), Fault.status(404));
        assertTrue(world.failure().getMessage().contains("; ocnix.registryMirror names that server; "));
        world.registryMirror = Optional.empty();
        lockAt(right, world.registry.url(right));
        String failure = world.failure().getMessage();
        assertTrue(failure.contains("nexus.invalid"), failure);
        assertTrue(
                failure.contains("; or name a registry that has it as ocnix.registryMirror, which stands in for every"
                        + " other; "),
                failure);
    }

    @Test
    void oneCauseIsOneSentenceWithAllNamesInTheReport() throws Exception {
        List<PackageTarball> many = IntStream.range(0, 40)
                .mapToObj(number -> PackageTarball.of("many-" + number, "1.0.0").build())
                .toList();
        try (World other = World.of(folder.resolve("other"), many.toArray(PackageTarball[]::new))) {
            other.local = true;
            many.forEach(tarball -> other.registry.fault(tarball.path(), Fault.status(404)));
            other.registry.fault(many.get(7).path(), Fault.status(401));
            OcnixException failure = other.failure();
            assertEquals(2, failure.problems().size(), failure::getMessage);
            assertTrue(
                    failure.getMessage()
                            .contains("Could not get 39 tarballs from 127.0.0.1:" + other.registry.port()
                                    + ": each answered 404; configure a registry"),
                    failure::getMessage);
            assertTrue(
                    failure.getMessage().contains(" Missing are many-0@1.0.0, many-10@1.0.0, many-11@1.0.0, "),
                    failure::getMessage);
            assertTrue(failure.getMessage().contains(" and 29 more."), failure::getMessage);
            String report = Files.readString(other.reports.resolve("report.json"));
            many.forEach(tarball -> assertTrue(report.contains(tarball.name() + "@1.0.0"), tarball.name()));
            assertTrue(Files.size(other.reports.resolve("changes.md")) < 2000);
        }
    }
}
