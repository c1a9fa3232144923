package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.LoopbackServer;
import dev.ocnix.testing.PackageTarball;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that answer wrongly. */
class BadTarballTest {
    @TempDir
    Path folder;

    private final PackageTarball left = World.left();
    private final PackageTarball right = World.right();
    private World world;

    @BeforeEach
    void open() throws Exception {
        world = World.of(folder, left, right);
        world.commit();
        world.prefetch = PrefetchMode.NONE;
        world.generate();
        world.prefetch = PrefetchMode.ALL;
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void everyWrongTarballIsToldWithBothItsHashes() throws Exception {
        byte[] other = "other content".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String actual = "sha512-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-512").digest(other));
        List<PackageTarball> both = List.of(left, right);
        both.forEach(tarball -> world.registry.fault(tarball.path(), LoopbackServer.Fault.content(other)));
        OcnixException failure = world.failure();
        assertEquals(OcnixException.Fault.INPUT, failure.fault());
        assertEquals(2, failure.problems().size());
        for (PackageTarball tarball : both) {
            assertTrue(
                    failure.problems().stream()
                            .anyMatch(problem -> problem.contains(tarball.name() + "@" + tarball.version())
                                    && problem.contains(world.registry.url(tarball))
                                    && problem.contains(tarball.integrity())
                                    && problem.contains(actual)),
                    failure::getMessage);
        }
    }

    @Test
    void aWrongTarballAndAMissingOneAreToldTogether() {
        world.registry.fault(left.path(), LoopbackServer.Fault.wrongBytes());
        world.registry.fault(right.path(), LoopbackServer.Fault.status(503));
        OcnixException failure = world.failure();
        assertEquals(OcnixException.Fault.OUTSIDE, failure.fault());
        assertEquals(2, failure.problems().size(), failure::getMessage);
    }

    @Test
    void whatWasVerifiedBeforeAFailureIsNotDownloadedAgain() throws Exception {
        world.registry.fault(left.path(), 1, LoopbackServer.Fault.status(404));
        world.failure();
        world.generate();
        assertEquals(2, world.registry.requests(left.path()));
        assertEquals(1, world.registry.requests(right.path()));
    }

    @Test
    void aConnectionThatBreaksOnceIsTriedAgain() throws Exception {
        world.registry.fault(left.path(), 1, LoopbackServer.Fault.truncated());
        world.registry.fault(right.path(), 1, LoopbackServer.Fault.cut());
        world.generate();
        assertEquals(2, world.registry.requests(left.path()));
    }

    @Test
    void aConnectionThatBreaksForGoodIsToldWithItsAddress() {
        world.registry.fault(left.path(), LoopbackServer.Fault.truncated());
        OcnixException failure = world.failure();
        assertEquals(OcnixException.Fault.OUTSIDE, failure.fault());
        assertTrue(failure.getMessage().contains(world.registry.url(left)), failure::getMessage);
    }

    @Test
    void aRegistryThatIsDownIsToldOnceWithAllTarballs() {
        world.registry.close();
        OcnixException failure = world.failure();
        assertEquals(OcnixException.Fault.OUTSIDE, failure.fault());
        assertMissing(failure);
    }

    @Test
    void offlineListsWhatIsMissing() {
        world.offline = true;
        OcnixException failure = world.failure();
        assertMissing(failure);
        assertTrue(failure.getMessage().contains("run once without -o"), failure::getMessage);
        assertEquals(List.of(), world.registry.requests());
    }

    /** One cause is one sentence, which names everything that it keeps away. */
    private static void assertMissing(OcnixException failure) {
        assertEquals(1, failure.problems().size(), failure::getMessage);
        assertTrue(failure.getMessage().endsWith("Missing are @scope/right@2.0.0, left@1.0.0."), failure::getMessage);
    }
}
