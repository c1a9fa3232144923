package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.LoopbackServer;
import dev.ocnix.testing.PackageTarball;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is downloaded in each mode, and what stands for a tarball that nobody has seen. */
class PrefetchModesTest {
    @TempDir
    Path folder;

    private final PackageTarball left = World.left();
    private final PackageTarball right = World.right();
    private World world;

    @BeforeEach
    void open() {
        world = World.of(folder, left, right);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String unverified() throws IOException {
        return JsonParser.parseString(world.text("ocnix.json"))
                .getAsJsonObject()
                .get("unverified")
                .toString();
    }

    @Test
    void aTarballOverPlainHttpIsWarnedOfOnce() throws Exception {
        world.relock("\"left@1.0.0\", \"\"", "\"left@1.0.0\", \"http://npm.example.org/left-1.0.0.tgz\"");
        world.commit();
        world.prefetch = PrefetchMode.NONE;
        world.generate();
        List<String> warnings = world.warnings.stream()
                .filter(warning -> warning.contains("plain http"))
                .toList();
        assertEquals(1, warnings.size(), world.warnings::toString);
        assertTrue(warnings.get(0).contains("left@1.0.0"), warnings.get(0));
    }

    @Test
    void noneAsksForNoTarballAndTrustsTheLockfilesHashes() throws Exception {
        world.commit();
        world.prefetch = PrefetchMode.NONE;
        world.generate();
        assertEquals(List.of(), world.registry.requests());
        assertTrue(world.text("dependencies.nix").contains(left.integrity()));
        assertTrue(world.text("dependencies.nix").contains(right.integrity()));
        assertEquals("[]", unverified());
    }

    @Test
    void noneRefusesWhatHasNoStrongHashNamingAllOfIt() throws Exception {
        world.weaken(left, right);
        world.commit();
        world.prefetch = PrefetchMode.NONE;
        OcnixException failure = world.failure();
        assertEquals(OcnixException.Fault.INPUT, failure.fault());
        assertEquals(2, failure.problems().size());
        assertTrue(failure.getMessage().contains("left@1.0.0")
                && failure.getMessage().contains("@scope/right@2.0.0"));
        assertTrue(failure.problems().stream().allMatch(problem -> problem.contains("ocnix.prefetch")));
    }

    @Test
    void missingDownloadsOnlyWhatHasNoStrongHash() throws Exception {
        world.relock(left.integrity(), left.integrity("SHA-1"));
        world.commit();
        world.prefetch = PrefetchMode.MISSING;
        world.generate();
        assertEquals(1, world.registry.requests(left.path()));
        assertEquals(0, world.registry.requests(right.path()));
        assertTrue(world.text("dependencies.nix").contains(left.integrity()));
        assertTrue(world.text("dependencies.nix").contains(right.integrity()));
    }

    @Test
    void weakAndMissingHashesBecomeThoseOfTheBytes() throws Exception {
        world.weaken(left, right);
        world.commit();
        world.generate();
        assertTrue(world.text("dependencies.nix").contains(left.integrity()));
        assertTrue(world.text("dependencies.nix").contains(right.integrity()));
        assertFalse(world.text("dependencies.nix").contains("sha1-"));
        world.forgetRequests();
        for (PrefetchMode mode : PrefetchMode.values()) {
            world.prefetch = mode;
            world.generate();
            assertEquals(List.of(), world.registry.requests(), mode::toString);
            assertTrue(world.text("dependencies.nix").contains(right.integrity()), mode::toString);
        }
    }

    @Test
    void aWeakHashIsVerifiedToo() throws Exception {
        world.weaken(left, right);
        world.registry.fault(left.path(), LoopbackServer.Fault.content(right.bytes()));
        world.commit();
        String refusal = world.refusal();
        assertTrue(refusal.contains("left@1.0.0") && refusal.contains(left.integrity("SHA-1")), refusal);
    }

    @Test
    void aTarballThatCannotBeHadFailsTheRun() throws Exception {
        world.registry.fault(left.path(), LoopbackServer.Fault.status(404));
        world.commit();
        OcnixException failure = world.failure();
        assertEquals(OcnixException.Fault.OUTSIDE, failure.fault());
        String problem = failure.getMessage();
        assertTrue(problem.contains("left@1.0.0") && problem.contains(world.registry.url(left)), problem);
        assertTrue(problem.contains("404"), problem);
    }

    @Test
    void withoutFailOnUnverifiedItIsWrittenAndListed() throws Exception {
        world.registry.fault(left.path(), 1, LoopbackServer.Fault.status(404));
        world.commit();
        world.failOnUnverified = false;
        world.generate();
        assertEquals("[\"left@1.0.0\"]", unverified());
        assertTrue(world.text("dependencies.nix").contains(left.integrity()));
        assertTrue(
                world.warnings.stream().anyMatch(line -> line.contains("left@1.0.0")), () -> world.warnings.toString());
        world.generate();
        assertEquals("[]", unverified(), "there again");
    }

    @Test
    void withoutFailOnUnverifiedAWeakHashIsNotEnough() throws Exception {
        world.weaken(left, right);
        world.registry.fault(left.path(), LoopbackServer.Fault.status(404));
        world.registry.fault(right.path(), LoopbackServer.Fault.status(404));
        world.commit();
        world.failOnUnverified = false;
        String problem = world.failure().getMessage();
        assertTrue(problem.startsWith("Could not get 2 tarballs from 127.0.0.1:"), problem);
        assertTrue(problem.endsWith(" Missing are @scope/right@2.0.0, left@1.0.0."), problem);
    }

    @Test
    void withoutFailOnUnverifiedAWrongTarballStaysAnError() throws Exception {
        world.registry.fault(left.path(), LoopbackServer.Fault.wrongBytes());
        world.commit();
        world.failOnUnverified = false;
        assertTrue(world.refusal().contains("left@1.0.0"));
    }
}
