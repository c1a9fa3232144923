package dev.ocnix.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BunVersionTest {
    private static BunVersion.Core version(String text) {
        return BunVersion.scan(text, 0).lowest();
    }

    @Test
    void theOrderIsThatOfSemver() {
        List<BunVersion.Core> versions = List.of(
                version("1.0.0-0"),
                version("1.0.0-2"),
                version("1.0.0-10"),
                version("1.0.0-" + "9".repeat(30)),
                version("1.0.0-1" + "0".repeat(30)),
                version("1.0.0-alpha"),
                version("1.0.0-alpha.2"),
                version("1.0.0-alpha.10"),
                version("1.0.0-beta"),
                version("1.0.0"),
                version("1.0.1"));
        List<BunVersion.Core> sorted = new ArrayList<>(versions);
        Collections.shuffle(sorted, new Random(1));
        Collections.sort(sorted);
        assertEquals(versions, sorted);
        assertEquals(0, version("1.0.0-007").compareTo(version("1.0.0-7")));
    }

    @Test
    void numbersOfAMillionDigitsTakeNoTime() {
        String digits = "7".repeat(1_000_000);
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertEquals(
                        -1, Integer.signum(version("1.0.0-" + digits).compareTo(version("1.0.0-" + digits + "0")))));
    }
}
