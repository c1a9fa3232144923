package dev.ocnix.fetch.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.TarballFacts;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FactsFileTest {
    private static final String URL = "https://example.org/x.tgz";

    private static Facts sample() {
        TreeMap<Sri, TarballFacts> tarballs = new TreeMap<>();
        TreeMap<String, Sri> aliases = new TreeMap<>();
        for (String name : new String[] {"a", "b", "c"}) {
            tarballs.put(Samples.plain(name).sha512(), Samples.plain(name));
        }
        TarballFacts rich = Samples.rich("r");
        tarballs.put(rich.sha512(), rich);
        aliases.put(Facts.key(Optional.of(Samples.sri(HashAlgorithm.SHA1, "r")), URL), rich.sha512());
        aliases.put(Facts.key(Optional.empty(), URL), Samples.plain("a").sha512());
        TreeMap<String, CheckoutFacts> checkouts = new TreeMap<>();
        checkouts.put("github:o/r#0123456", Samples.checkout("k"));
        return Facts.of(tarballs, aliases, checkouts);
    }

    private static Facts read(String text) throws OcnixException {
        return FactsFile.read(text.getBytes(StandardCharsets.UTF_8), "nix/facts.json");
    }

    @Test
    void nothingIsLostAndTheSecondWritingIsTheFirst() throws Exception {
        byte[] written = FactsFile.write(sample());
        Facts read = FactsFile.read(written, "facts.json");
        assertEquals(sample(), read);
        assertArrayEquals(written, FactsFile.write(read));
        assertArrayEquals(
                FactsFile.write(Facts.none()), FactsFile.write(FactsFile.read(FactsFile.write(Facts.none()), "")));
    }

    @Test
    void anOrdinaryPackageIsOneShortLine() {
        String sha512 = Samples.plain("a").sha512().toString();
        String text = new String(FactsFile.write(sample()), StandardCharsets.UTF_8);
        assertTrue(
                text.contains("\n    \"" + sha512
                        + "\": {\"name\":\"a\",\"version\":\"1.0.0\",\"size\":1234,\"license\":\"MIT\"}"),
                text);
        assertTrue(text.indexOf('\r') < 0);
    }

    @Test
    void aTarballIsFoundByWhateverTheLockfileHas() {
        Facts facts = sample();
        assertEquals(
                Optional.of(Samples.plain("b")), facts.find(Optional.of(Samples.sri(HashAlgorithm.SHA512, "b")), URL));
        TarballFacts rich = facts.find(Optional.of(Samples.sri(HashAlgorithm.SHA1, "r")), URL)
                .orElseThrow();
        assertEquals(Samples.rich("r").sha512(), rich.sha512());
        assertFalse(facts.isWhole(rich));
        assertEquals(Optional.of(Samples.plain("a")), facts.find(Optional.empty(), URL));
        assertEquals(Optional.empty(), facts.find(Optional.empty(), URL + "2"));
        assertEquals(Optional.empty(), facts.find(Optional.of(Samples.sri(HashAlgorithm.SHA256, "r")), URL));
    }

    @Test
    void aDamagedOrNewerFileIsRefusedWithItsNameAndWhatToDo() {
        String good = new String(FactsFile.write(sample()), StandardCharsets.UTF_8);
        for (String bad : new String[] {
            "",
            "[]",
            "{}",
            good.substring(0, good.length() / 2),
            good + "x",
            good.replace("\"size\":5", "\"size\":-5").replace("\"size\": 5", "\"size\": -5"),
            good.replace("prebuildify", "no-such-kind"),
            good.replace("\"install\":\"sha256-", "\"install\":\"echo "),
            good.replace("\"schema\": 5", "\"schema\": 6"),
            good.replace("\"sha512-", "\"sha513-"),
            good.replace("0123456789abcdef", "0123456789abcdeg"),
            "{\"schema\":5,\"tarballs\":[]}",
            "{\"schema\":5,\"tarballs\":" + "[".repeat(50_000) + "}",
            "{\"schema\":1e99}",
        }) {
            OcnixException failure = assertThrows(OcnixException.class, () -> read(bad), bad);
            assertTrue(failure.getMessage().startsWith("nix/facts.json "), failure.getMessage());
            assertTrue(failure.getMessage().contains("delete"), failure.getMessage());
        }
    }

    @Test
    void whatAnEarlierVersionSawIsLookedIntoAgain() throws Exception {
        String old =
                new String(FactsFile.write(sample()), StandardCharsets.UTF_8).replace("\"schema\": 5", "\"schema\": 3");
        assertEquals(Facts.none(), read(old));
    }

    @Test
    void textsOfScriptsThatAnEarlierVersionWroteBecomeDigests() throws Exception {
        String now = new String(FactsFile.write(sample()), StandardCharsets.UTF_8);
        String digest = Facts.digest("x || y\u0000");
        assertTrue(now.contains("\"scripts\":{\"install\":\"" + digest + "\"}"), now);
        String old = now.replace("\"schema\": 5", "\"schema\": 4").replace(digest, "x || y\\u0000");
        assertEquals(sample(), read(old));
    }

    @Test
    void deepNestingIsOneSentenceWithoutJavasNames() {
        String deep = "{\"tarballs\":" + "[".repeat(500_000);
        OcnixException e = assertThrows(
                OcnixException.class, () -> FactsFile.read(deep.getBytes(StandardCharsets.UTF_8), "facts.json"));
        assertTrue(e.getMessage().startsWith("facts.json is no JSON (line 1, column "), e::getMessage);
        assertTrue(e.getMessage().length() < 200, e::getMessage);
    }
}
