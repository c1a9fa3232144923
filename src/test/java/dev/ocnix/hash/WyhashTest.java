package dev.ocnix.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes that Bun recorded for names. */
class WyhashTest {
    @ParameterizedTest
    @CsvSource({
        "is-odd, 11e2af7323ef853b",
        "is-number, f2145bf8fc482f2a",
        "ms, 488fd7b5d5c4b4a4",
        "debug, c6ca1ae13400838e",
        "@esbuild/aix-ppc64, 39bd32ab9dbfdede",
        "@scope/bee, 8370cfb2bd65be10",
    })
    void namesHashAsInBun(String name, String hash) {
        assertEquals(hash, "%016x".formatted(Wyhash.of(name)));
    }
}
