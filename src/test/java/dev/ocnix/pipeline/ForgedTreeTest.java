package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree that somebody else has committed, with a facts.json to his liking. */
class ForgedTreeTest {
    private static final String STEP = "touch /tmp/owned";

    @TempDir
    private Path folder;

    private final PackageTarball plain =
            PackageTarball.of("plain", "1.0.0").file("index.js", "").build();
    private final PackageTarball addon = PackageTarball.of("addon", "1.0.0")
            .field("scripts", "{\"install\":\"node-gyp rebuild\"}")
            .file("binding.gyp", "{'targets':[{'target_name':'a','sources':['a.c']}]}")
            .file("a.c", "")
            .build();
    private World world;

    @BeforeEach
    void open() throws OcnixException {
        world = World.of(folder, plain, addon);
        world.commit();
        world.generate();
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Changes facts.json, and makes the rest of the tree what it then is. */
    private void forge(String from, String to) throws Exception {
        Path file = world.tree.resolve("facts.json");
        String before = Files.readString(file);
        String after = before.replace(from, to);
        assertFalse(after.equals(before), () -> from + " is not in " + before);
        Files.writeString(file, after);
        Path manifest = world.tree.resolve("ocnix.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace(digest(before), digest(after)), StandardCharsets.UTF_8);
        Path cache = world.cache;
        world.facts = FactsMode.TRUST;
        world.cache = folder.resolve("cache of the forger");
        world.generate();
        world.facts = FactsMode.VERIFY;
        world.cache = cache;
    }

    private static String digest(String content) {
        return Sri.ofContent(HashAlgorithm.SHA256, content.getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLongerInstallScriptIsDrift(boolean isCacheEmpty) throws Exception {
        forge("\"install\":\"node-gyp rebuild\"", "\"install\":\"node-gyp rebuild && " + STEP + "\"");
        assertTrue(world.text("native-addons.nix").contains(STEP));
        judge(isCacheEmpty);
        assertFalse(world.text("native-addons.nix").contains(STEP));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHiddenAddonIsDrift(boolean isCacheEmpty) throws Exception {
        String honest = world.text("facts.json");
        int start = honest.indexOf("\"scripts\"");
        int end = honest.indexOf("\n    }", start);
        forge(honest.substring(start, end), "\"license\": \"MIT\"");
        assertFalse(world.text("native-addons.nix").contains("node-gyp"));
        judge(isCacheEmpty);
        assertTrue(world.text("native-addons.nix").contains("addon"));
    }

    /** The check finds it, and the next run of generate does not keep it. */
    private void judge(boolean isCacheEmpty) throws Exception {
        if (isCacheEmpty) {
            world.cache = folder.resolve("empty");
        }
        List<String> drift = world.check().lines();
        assertTrue(drift.toString().contains("native-addons.nix"), drift::toString);
        assertTrue(drift.toString().contains("facts.json"), drift::toString);
        world.generate();
        assertEquals(List.of(), world.check().lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-1", "SHA-256", "SHA-384"})
    void anotherHashThanThatOfAWeakerOneIsNeverBelieved(String algorithm) throws Exception {
        world.relock(plain.integrity(), plain.integrity(algorithm));
        TinyProject.commit(world.source, "v2.0.0");
        world.revision = "v2.0.0";
        world.generate();
        PackageTarball evil =
                PackageTarball.of("plain", "1.0.0").file("index.js", "evil").build();
        forge(plain.integrity(), evil.integrity());
        assertFalse(world.text("dependencies.nix").contains(evil.integrity()), "not even when the tree is trusted");
        world.cache = folder.resolve("empty");
        world.facts = FactsMode.TRUST;
        assertTrue(world.generate().isEmpty() || world.text("dependencies.nix").contains(plain.integrity()));
        assertFalse(world.text("dependencies.nix").contains(evil.integrity()));
    }

    @Test
    void whatCannotBeSeenOfflineIsToldWithTheWayOut() throws OcnixException {
        world.offline = true;
        world.cache = folder.resolve("empty");
        OcnixException refusal = assertThrows(OcnixException.class, world::check);
        assertTrue(refusal.getMessage().contains("set ocnix.facts to trust"), refusal.getMessage());
        world.facts = FactsMode.TRUST;
        assertEquals(List.of(), world.check().lines());
    }

    @Test
    void aVerdictOfATrustingRunIsNoneOfAVerifyingOne() throws Exception {
        forge("\"install\":\"node-gyp rebuild\"", "\"install\":\"node-gyp rebuild && " + STEP + "\"");
        world.facts = FactsMode.TRUST;
        assertEquals(List.of(), world.check().lines());
        world.facts = FactsMode.VERIFY;
        assertFalse(world.check().lines().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx", "rwxrwxrwx"})
    void aCacheThatOthersMayWriteIsRefused(String permissions) throws Exception {
        Files.setPosixFilePermissions(world.cache, PosixFilePermissions.fromString(permissions));
        OcnixException refusal = assertThrows(OcnixException.class, world::check);
        assertTrue(refusal.getMessage().startsWith("The cache directory " + world.cache), refusal.getMessage());
        assertThrows(OcnixException.class, world::generate);
        Files.setPosixFilePermissions(world.cache, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertEquals(List.of(), world.check().lines());
        Path facts;
        try (Stream<Path> all = Files.list(world.cache)) {
            facts = all.filter(one -> one.getFileName().toString().startsWith("facts-"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.setPosixFilePermissions(facts, PosixFilePermissions.fromString(permissions));
        assertTrue(assertThrows(OcnixException.class, world::check).getMessage().contains("since " + facts));
    }
}
