package dev.ocnix.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Progress as a person at a terminal sees it. */
class ProgressLineTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now;
    private final ProgressLine line = new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> now);

    private Screen screen(int columns) {
        Screen screen = new Screen(columns);
        screen.write(bytes.toString(StandardCharsets.UTF_8));
        return screen;
    }

    @Test
    void itSaysHowFarItIsHowFastAndHowLongItTakes() {
        now = 3 * SECOND;
        line.draw(150, 1500, 30_000_000, "");
        assertEquals(
                List.of("150 of 1500 tarballs, 30.0 MB, 10.0 MB/s, 27 s left"),
                screen(80).lines());
        now = 6 * SECOND;
        line.draw(1500, 1500, 300_000_000, "");
        assertEquals(
                List.of("1500 of 1500 tarballs, 300.0 MB, 50.0 MB/s"),
                screen(80).lines());
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 79, 80, 120})
    void itStaysOnOneLineOfATerminalOfAnyWidth(int columns) {
        for (int done = 1; done <= 1500; done++) {
            now += SECOND;
            line.draw(done, 1500, done * 1_000_000_000L, "a-registry-with-a-long-name.example.org");
        }
        assertEquals(
                1, screen(columns).lines().size(), () -> screen(columns).lines().toString());
        assertTrue(screen(columns).lines().get(0).startsWith("1500 of 1500 tarbal".substring(0, 19)));
        line.clear();
        assertEquals(List.of(""), screen(columns).lines());
    }

    @Test
    void whatIsWrittenAfterwardsWrapsAgain() {
        line.draw(1, 2, 3, "");
        line.clear();
        Screen screen = screen(10);
        screen.write("0123456789abc");
        assertEquals(List.of("0123456789", "abc"), screen.lines());
    }

    @Test
    void itNeverGoesBackwards() {
        int[] reports = {3, 1, 2, 9, 8, 4, 10};
        List<Integer> shown = new ArrayList<>();
        for (int report : reports) {
            now += SECOND;
            line.draw(report, 11, report * 1000L, "");
            Matcher count =
                    Pattern.compile("(\\d+) of 11").matcher(screen(80).lines().get(0));
            assertTrue(count.find());
            shown.add(Integer.valueOf(count.group(1)));
        }
        assertEquals(List.of(3, 3, 3, 9, 9, 9, 10), shown);
    }

    @Test
    void oneLargeTarballMovesTheTimeThatIsLeftOnlyALittle() {
        for (int done = 1; done <= 50; done++) {
            now += SECOND / 5;
            line.draw(done, 100, done, "");
        }
        assertTrue(screen(80).lines().get(0).endsWith("10 s left"), screen(80).lines()::toString);
        now += 10 * SECOND;
        line.draw(51, 100, 51, "");
        int left = Integer.parseInt(screen(80).lines().get(0).replaceAll(".* (\\d+) s left", "$1"));
        assertTrue(
                left < 10, "the pace of one tarball alone would give 490 s, that of all 19 s; " + left + " s are told");
    }

    @Test
    void itIsDrawnSeldomAndAtTheEnd() {
        for (int done = 1; done <= 1000; done++) {
            now += 1_000_000;
            line.draw(done, 1000, done, "host");
        }
        assertTrue(bytes.toString(StandardCharsets.UTF_8)
                        .chars()
                        .filter(one -> one == '\r')
                        .count()
                < 15);
        assertTrue(screen(80).lines().get(0).startsWith("1000 of 1000"));
    }

    @Test
    void whatIsClearedIsClearedOnce() {
        line.draw(1, 2, 3, "host");
        line.clear();
        int size = bytes.size();
        line.clear();
        assertEquals(size, bytes.size());
    }
}
