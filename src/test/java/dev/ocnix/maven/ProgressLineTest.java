package dev.ocnix.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a person at a terminal sees. */
class ProgressLineTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ProgressLine line = new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void itSaysHowFarItIsAndWhoIsSlowest() {
        line.draw(150, 1500, 30_000_000, "npm.example.org");
        assertTrue(
                shown().matches("\\r150 of 1500 tarballs, 30\\.0 MB, [0-9.]+ MB/s, [0-9]+ s left"
                        + " \\(slowest: npm\\.example\\.org\\)"),
                shown());
    }

    @Test
    void itIsDrawnSeldomAndAtTheEnd() {
        for (int done = 1; done <= 1000; done++) {
            line.draw(done, 1000, done, "host");
        }
        assertTrue(shown().chars().filter(one -> one == '\r').count() < 10, shown());
        assertTrue(shown().contains("1000 of 1000"), shown());
    }

    @Test
    void nothingOfItIsLeft() {
        line.draw(1, 2, 3, "host");
        int width = shown().length() - 1;
        line.clear();
        assertTrue(shown().endsWith("\r" + " ".repeat(width) + "\r"), shown());
        String before = shown();
        line.clear();
        assertEquals(before, shown());
    }
}
