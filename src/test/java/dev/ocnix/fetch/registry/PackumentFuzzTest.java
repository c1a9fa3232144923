package dev.ocnix.fetch.registry;

import static dev.ocnix.testing.ParserFuzz.seed;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.ParserFuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackumentFuzzTest {
    @Test
    void damagedPackumentsAreReadOrRefused() {
        ParserFuzz.run(
                "packument",
                Set.of(OcnixException.class, IOException.class),
                List.of(seed("""
                        { "name": "a", "dist-tags": { "latest": "1.0.0" }, "time": { "1.0.0": "2026-01-01T00:00:00.000Z" },
                          "versions": { "1.0.0": { "dist": { "integrity": "sha512-AA==", "signatures": [ { "keyid": "k", "sig": "s" } ],
                          "tarball": "https://r.example/a.tgz" }, "x": [ [ 1.5e9, null ], { "y": true } ] } } }
                        """)),
                input -> new PackumentReader("r.example").packument(new ByteArrayInputStream(input), Set.of("1.0.0")));
    }
}
