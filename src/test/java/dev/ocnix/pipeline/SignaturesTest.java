package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.ocnix.testing.LoopbackServer.Fault;
import dev.ocnix.testing.Needs;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.RegistrySigner;
import dev.ocnix.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a registry vouches for what is locked, with keys of the test's own. */
@Needs(Tool.GIT)
class SignaturesTest {
    private static final String KEYS = "/-/npm/v1/keys";
    private static final Instant EXPIRY = Instant.parse("2021-01-01T00:00:00Z");
    private static final Instant BEFORE = Instant.parse("2020-12-31T23:59:59.999Z");

    @TempDir
    Path folder;

    private final RegistrySigner signer = RegistrySigner.create();
    private final PackageTarball left = World.left();
    private final PackageTarball right = World.right();
    private World world;

    @BeforeEach
    void lock() {
        world = World.of(folder, left, right);
        world.commit();
        world.verifySignatures = SignatureMode.CHECKED;
        publishKeys(signer.key(Optional.empty()));
        sign(signer, left);
        sign(signer, right);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void publishKeys(JsonObject... keys) {
        world.registry.serve(KEYS, "application/json", RegistrySigner.document(List.of(keys)));
    }

    private void sign(RegistrySigner by, PackageTarball tarball) {
        world.registry.publish(tarball, by.dist(tarball, world.registry.url(tarball)));
    }

    @Test
    void whatIsSignedIsNotAskedForAgain() throws Exception {
        world.verifySignatures = SignatureMode.REQUIRED;
        world.generate();
        assertTrue(said("signed the hashes of 2 of 2 packages"), world.infos::toString);
        assertEquals(1, world.registry.requests("/@scope%2Fright/2.0.0"));
        assertEquals(0, world.registry.requests("/left"), "the large document is not asked for");
        assertTrue(Files.readString(world.reports.resolve("sbom.cdx.json")).contains("\"signed\""));
        world.forgetRequests();
        world.offline = true;
        world.generate();
        assertEquals(0, world.requests());
    }

    /**
     * Serves another content of a package, and locks it.
     *
     * @param before what the lockfile records before its hash
     */
    private PackageTarball forge(String before) throws IOException {
        PackageTarball forged = PackageTarball.of("left", "1.0.0")
                .file("index.js", "steal();\n")
                .build();
        world.relock(left.integrity(), before + forged.integrity());
        world.release("v1.0.1");
        world.registry.serve(left.path(), "application/octet-stream", forged.bytes());
        return forged;
    }

    @Test
    void aForgedLockfileIsFoundAlthoughTheTarballAgrees() throws Exception {
        PackageTarball forged = forge("");
        String refusal = world.refusal();
        assertTrue(refusal.contains("left@1.0.0 has the hash " + forged.integrity()), refusal);
        assertTrue(refusal.contains("but the hash " + left.integrity() + " was signed"), refusal);
        world.verifySignatures = SignatureMode.OFF;
        world.generate();
    }

    @Test
    void aSignatureOfAnotherKeyByTheSameNameIsWrong() throws Exception {
        sign(signer.impostor(), left);
        String refusal = world.refusal();
        assertTrue(refusal.contains("left@1.0.0 has a signature that does not fit its hash"), refusal);
    }

    @Test
    void aSignatureByAKeyThatTheRegistryDoesNotPublishIsWrong() throws Exception {
        sign(RegistrySigner.create(), left);
        String refusal = world.refusal();
        assertTrue(refusal.contains("left@1.0.0 is signed with a key that is not among the keys"), refusal);
    }

    @Test
    void allThatIsWrongIsTold() {
        sign(signer.impostor(), left);
        sign(RegistrySigner.create(), right);
        assertEquals(2, world.failure().problems().size());
    }

    @Test
    void anExpiredKeyCountsForWhatWasPublishedBefore() throws Exception {
        publishKeys(signer.key(Optional.of(EXPIRY)));
        world.registry.published(left, BEFORE).published(right, BEFORE);
        world.verifySignatures = SignatureMode.REQUIRED;
        world.generate();
        assertTrue(said("signed the hashes of 2 of 2 packages"), world.infos::toString);
        world.forgetRequests();
        world.generate();
        assertEquals(0, world.requests());
    }

    @Test
    void anExpiredKeyDoesNotCountForWhatWasPublishedAfterwards() throws Exception {
        publishKeys(signer.key(Optional.of(EXPIRY)));
        world.registry.published(left, EXPIRY).published(right, BEFORE);
        String refusal = world.refusal();
        assertTrue(refusal.contains("left@1.0.0 was published at 2021-01-01T00:00:00Z"), refusal);
    }

    @Test
    void anExpiredKeyDoesNotCountWhereNobodyKnowsTheTime() throws Exception {
        publishKeys(signer.key(Optional.of(EXPIRY)));
        world.registry.published(right, BEFORE);
        String refusal = world.refusal();
        assertTrue(refusal.contains("left@1.0.0 was published nobody knows when"), refusal);
    }

    @Test
    void aMissingSignatureIsAWarningOrAnError() throws Exception {
        world.registry.publish(left);
        world.generate();
        List<String> warnings = world.warnings.stream()
                .filter(warning -> warning.contains("left@1.0.0"))
                .toList();
        assertEquals(1, warnings.size(), world.warnings::toString);
        assertFalse(warnings.get(0).contains("right"), warnings.get(0));
        world.verifySignatures = SignatureMode.REQUIRED;
        assertTrue(world.refusal().contains("left@1.0.0"));
    }

    @Test
    void aRegistryWithoutSignaturesIsOneLine() throws Exception {
        world.registry.fault(KEYS, Fault.status(404));
        world.generate();
        assertEquals(1, world.warnings.size(), world.warnings::toString);
        assertTrue(world.warnings.get(0).contains("publishes no signing keys"), world.warnings::toString);
        assertEquals(0, world.registry.requests("/left/1.0.0"));
        world.verifySignatures = SignatureMode.REQUIRED;
        assertTrue(world.refusal().contains("publishes no signing keys"));
    }

    @Test
    void keysOfTheUsersOwnStandInForThoseOfTheRegistry() throws Exception {
        Path file = Files.write(
                folder.resolve("keys.json"), RegistrySigner.document(List.of(signer.key(Optional.empty()))));
        RegistrySigner thief = RegistrySigner.create();
        publishKeys(thief.key(Optional.empty()));
        world.signatureKeys = Optional.of(file.toString());
        world.verifySignatures = SignatureMode.REQUIRED;
        world.generate();
        assertEquals(0, world.registry.requests(KEYS));
        sign(thief, left);
        world.cache = folder.resolve("other-cache");
        assertTrue(world.refusal().contains("left@1.0.0 is signed with a key that is not among the keys"));
    }

    @Test
    void whatAKeySignedThatCountsNoLongerIsAskedForAgain() throws Exception {
        world.generate();
        RegistrySigner other = RegistrySigner.create();
        publishKeys(other.key(Optional.empty()));
        world.signatureKeys = Optional.of(world.registry.url() + KEYS);
        assertEquals(2, world.failure().problems().size());
    }

    @Test
    void aRegistryWithoutDocumentsOfVersionsIsAskedForThoseOfPackages() throws Exception {
        world.registry.fault("/left/1.0.0", Fault.status(404));
        world.registry.fault("/@scope%2Fright/2.0.0", Fault.status(405));
        world.verifySignatures = SignatureMode.REQUIRED;
        world.generate();
        assertTrue(said("signed the hashes of 2 of 2 packages"), world.infos::toString);
    }

    @Test
    void requestsCarryCredentialsAndAreTriedAgain() throws Exception {
        world.authorization = url -> Optional.of("Bearer secret");
        world.registry.fault(KEYS, Fault.unless("Authorization", "Bearer secret", 401));
        world.registry.fault("/left/1.0.0", 1, Fault.status(503));
        world.registry.fault("/@scope%2Fright/2.0.0", Fault.unless("Authorization", "Bearer secret", 401));
        world.verifySignatures = SignatureMode.REQUIRED;
        world.generate();
        assertTrue(said("signed the hashes of 2 of 2 packages"), world.infos::toString);
    }

    @Test
    void whoIsOfflineOrHasNoAnswerIsTold() throws Exception {
        world.verifySignatures = SignatureMode.OFF;
        world.generate();
        world.verifySignatures = SignatureMode.CHECKED;
        world.offline = true;
        world.generate();
        assertTrue(world.warnings.stream().anyMatch(warning -> warning.contains("offline")), world.warnings::toString);
        world.offline = false;
        world.warnings.clear();
        world.registry.fault("/left/1.0.0", Fault.content("no JSON".getBytes(StandardCharsets.UTF_8)));
        world.generate();
        assertEquals(1, world.warnings.size(), world.warnings::toString);
        assertTrue(world.warnings.get(0).contains("left@1.0.0"), world.warnings::toString);
    }

    @Test
    void keysThatAreNoneAreRefused() throws Exception {
        world.signatureKeys = Optional.of(
                Files.writeString(folder.resolve("keys.json"), "{\"keys\": 1}").toString());
        assertTrue(world.refusal().contains("ocnix.signatureKeys"));
        world.signatureKeys = Optional.of(folder.resolve("none.json").toString());
        assertTrue(world.refusal().contains("ocnix.signatureKeys"));
    }

    /** What the forger's registry answers is right in itself: tarball, key and signature. */
    @Test
    void theKeysOfARegistryThatOnlyTheSourceNamesDoNotCount() throws Exception {
        world.verifySignatures = SignatureMode.REQUIRED;
        List<List<String>> settings = List.of(
                List.of(".npmrc", "registry=https://evil.example/\n"),
                List.of(".npmrc", "registry = https://registry.npmjs.org.evil.example\n"),
                List.of(".npmrc", "@scope:registry=https://evil.example/npm\n"),
                List.of("bunfig.toml", "[install]\nregistry = \"https://evil.example/\"\n"),
                List.of("bunfig.toml", "[install]\nregistry = { url = \"https://evil.example\" }\n"),
                List.of("bunfig.toml", "[install.scopes]\nscope = \"https://evil.example\"\n"));
        for (int index = 0; index < settings.size(); index++) {
            Files.deleteIfExists(world.source.resolve(".npmrc"));
            Files.deleteIfExists(world.source.resolve("bunfig.toml"));
            world.write(settings.get(index).get(0), settings.get(index).get(1));
            world.release("v1.1." + index);
            for (String problem : world.failure().problems()) {
                assertTrue(problem.contains("named by the source alone"), problem);
            }
        }
    }

    @Test
    void aSignatureOfOneOfSeveralHashesIsNoneOfTheContent() throws Exception {
        PackageTarball forged = forge(left.integrity() + " ");
        assertTrue(world.refusal().contains("left@1.0.0 has the hash " + forged.integrity()));
    }

    @Test
    void keysThatTheRegistryTakesBackCountForWhatIsNew() throws Exception {
        world.generate();
        PackageTarball forged = forge("");
        for (int status : List.of(404, 405, 410, 403)) {
            world.registry.fault(KEYS, Fault.status(status));
            assertTrue(world.refusal().contains("left@1.0.0 has the hash " + forged.integrity()), "status " + status);
        }
    }

    @Test
    void requiredMeansRequiredWhateverTheKeysAnswer() {
        world.verifySignatures = SignatureMode.REQUIRED;
        for (int status : List.of(404, 410, 403, 500, 503)) {
            world.registry.fault(KEYS, Fault.status(status));
            assertTrue(world.failure().getMessage().contains("left@1.0.0"), "status " + status);
        }
    }

    private boolean said(String words) {
        return world.infos.stream().anyMatch(info -> info.contains(words));
    }
}
