package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.NeedsGit;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        change("facts.json", from, to);
        Path cache = world.cache;
        world.facts = FactsMode.TRUST;
        world.cache = folder.resolve("cache of the forger");
        world.generate();
        world.facts = FactsMode.VERIFY;
        world.cache = cache;
    }

    /** Changes one file and says so in ocnix.json. */
    private void change(String name, String from, String to) throws Exception {
        Path file = world.tree.resolve(name);
        String before = Files.readString(file);
        String after = before.replace(from, to);
        assertFalse(after.equals(before), () -> from + " is not in " + before);
        Files.writeString(file, after);
        Path manifest = world.tree.resolve("ocnix.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace(digest(before), digest(after)), StandardCharsets.UTF_8);
    }

    private static String digest(String content) {
        return Sri.ofContent(HashAlgorithm.SHA256, content.getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    @ParameterizedTest
    @CsvSource({"TRUST,true", "TRUST,false", "VERIFY,true", "VERIFY,false"})
    void noTextOfAScriptReachesABuildFromATree(FactsMode mode, boolean isCacheEmpty) throws Exception {
        String honest = world.text("native-addons.nix");
        String facts = world.text("facts.json");
        assertFalse(facts.contains("node-gyp rebuild"), facts);
        String digest = digestOf("node-gyp rebuild");
        // as the tree of an earlier version had it
        change("facts.json", "\"schema\": 5", "\"schema\": 4");
        change("facts.json", digest, "node-gyp rebuild && " + STEP);
        world.facts = mode;
        if (isCacheEmpty) {
            world.cache = folder.resolve("empty");
        }
        assertFalse(world.check().lines().isEmpty());
        world.generate();
        assertEquals(honest, world.text("native-addons.nix"));
        assertEquals(facts, world.text("facts.json"));
        // a text in place of a digest is no digest
        change("facts.json", digest, STEP);
        world.cache = folder.resolve("another");
        world.facts = FactsMode.TRUST;
        assertTrue(world.failure().getMessage().contains("facts.json has a malformed hash"));
        world.facts = FactsMode.VERIFY;
        world.generate();
        assertEquals(honest, world.text("native-addons.nix"));
    }

    @ParameterizedTest
    @CsvSource({"TRUST,true", "TRUST,false", "VERIFY,true", "VERIFY,false"})
    void aForgedDigestOfAScriptIsDrift(FactsMode mode, boolean isCacheEmpty) throws Exception {
        change("facts.json", digestOf("node-gyp rebuild"), digestOf(STEP));
        world.facts = mode;
        if (isCacheEmpty) {
            world.cache = folder.resolve("empty");
        }
        assertTrue(world.check().lines().toString().contains("facts.json"));
    }

    private static String digestOf(String script) {
        return Sri.ofContent(HashAlgorithm.SHA256, script.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Takes the addon's kinds and scripts out. */
    private void hideTheAddon() throws Exception {
        String honest = world.text("facts.json");
        int start = honest.indexOf(",\"kinds\"");
        forge(honest.substring(start, honest.indexOf("}}", start) + 1), "");
        assertFalse(world.text("native-addons.nix").contains("node-gyp"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHiddenAddonIsDrift(boolean isCacheEmpty) throws Exception {
        hideTheAddon();
        judge(isCacheEmpty);
        assertTrue(world.text("native-addons.nix").contains("addon"));
    }

    @Test
    void aHiddenAddonIsHiddenFromWhoTrustsTheTreeAndHasNotSeenIt() throws Exception {
        hideTheAddon();
        world.facts = FactsMode.TRUST;
        assertFalse(world.check().lines().isEmpty(), "this machine has seen it");
        world.cache = folder.resolve("empty");
        assertEquals(List.of(), world.check().lines());
        assertTrue(
                world.infos.contains(
                        "What 2 tarballs contain was not looked at, but is taken from the tree's own facts.json."),
                world.infos::toString);
    }

    @NeedsGit
    @ParameterizedTest
    @CsvSource({"TRUST,ALL", "TRUST,MISSING", "VERIFY,ALL", "VERIFY,MISSING"})
    void theContentOfARepositoryIsNeverTheTreesWord(FactsMode mode, PrefetchMode prefetch) throws Exception {
        Path clone = Files.createDirectories(folder.resolve("tool"));
        Files.writeString(clone.resolve("package.json"), "{\"name\":\"tool\",\"version\":\"3.0.0\"}");
        String commit = TinyProject.commit(clone, "v3");
        world.github.publish("some/tool", clone, commit);
        world.relock(
                "  \"packages\": {\n",
                "  \"packages\": {\n    \"tool\": [\"tool@github:some/tool#%s\", {}, \"some-tool-%s\"],\n"
                        .formatted(commit, commit));
        world.release("v2.0.0");
        world.generate();
        Matcher honest = Pattern.compile("\"narHash\":\"([^\"]+)\"").matcher(world.text("facts.json"));
        assertTrue(honest.find());
        String evil = digestOf("evil");
        change("facts.json", honest.group(1), evil);
        change("dependencies.nix", honest.group(1), evil);
        world.facts = mode;
        world.prefetch = prefetch;
        world.cache = folder.resolve("empty");
        assertTrue(world.check().lines().toString().contains("dependencies.nix"));
        world.generate();
        assertTrue(world.text("dependencies.nix").contains(honest.group(1)));
    }

    @ParameterizedTest
    @CsvSource({"TRUST,true", "VERIFY,true", "VERIFY,false"})
    void aPackageThatIsSaidToBeGoneIsAskedFor(FactsMode mode, boolean isCacheEmpty) throws Exception {
        world.relock("\"dependencies\"", "\"optionalDependencies\"");
        Path manifest = world.source.resolve("package.json");
        world.write("package.json", Files.readString(manifest).replace("\"dependencies\"", "\"optionalDependencies\""));
        world.release("v2.0.0");
        world.generate();
        assertTrue(world.text("native-addons.nix").contains("addon"));
        change("ocnix.json", "\"files\"", "\"leftOut\": [\"addon@1.0.0\"],\n  \"files\"");
        world.facts = mode;
        if (isCacheEmpty) {
            world.cache = folder.resolve("empty");
        }
        world.generate();
        boolean isBelieved = world.text("ocnix.json").contains("leftOut");
        assertEquals(mode == FactsMode.TRUST, isBelieved);
        assertEquals(
                isBelieved,
                world.infos.contains(
                        "That nobody has addon@1.0.0 any more was not asked, but is taken from the tree's own"
                                + " ocnix.json."));
    }

    @ParameterizedTest
    @CsvSource({"TRUST,true", "TRUST,false", "VERIFY,true", "VERIFY,false"})
    void theContentOfATarballWithoutAHashIsWhatThisMachineGotFromThere(FactsMode mode, boolean isCacheEmpty)
            throws Exception {
        world.relock(plain.integrity(), "");
        world.release("v2.0.0");
        world.generate();
        world.forgetRequests();
        assertTrue(world.generate().isEmpty());
        assertEquals(0, world.registry.requests().size());
        // a content that this machine has from elsewhere
        String alias = "\": \"" + plain.integrity() + "\"";
        change("facts.json", alias, alias.replace(plain.integrity(), addon.integrity()));
        world.facts = mode;
        if (isCacheEmpty) {
            world.cache = folder.resolve("empty");
        }
        world.generate();
        assertTrue(world.text("dependencies.nix").contains(plain.integrity()));
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
        List<String> problems = refusal.problems();
        assertEquals(2, problems.size(), refusal::getMessage);
        assertFalse(problems.get(0).contains("ocnix.facts"), "of scripts no tree can be trusted");
        assertTrue(problems.get(1).contains("set ocnix.facts to trust"), refusal.getMessage());
        world.facts = FactsMode.TRUST;
        refusal = assertThrows(OcnixException.class, world::check);
        assertEquals(problems.subList(0, 1), refusal.problems());
        world.prefetch = PrefetchMode.NONE;
        refusal = assertThrows(OcnixException.class, world::check);
        assertTrue(refusal.getMessage().startsWith("addon@1.0.0 (line "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(") has install scripts, which no tree holds, "), refusal.getMessage());
        world.cache = folder.resolve("cache");
        // which says how it was made
        assertEquals(List.of("ocnix.json has another content"), world.check().lines());
    }

    @Test
    void aVerdictOfATrustingRunIsNoneOfAVerifyingOne() throws Exception {
        hideTheAddon();
        world.facts = FactsMode.TRUST;
        world.cache = folder.resolve("empty");
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
