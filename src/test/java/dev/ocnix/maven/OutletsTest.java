package dev.ocnix.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

/** Nothing that others wrote reaches Maven's log as they wrote it. */
class OutletsTest {
    private static final String HOSTILE =
            "x\u001b]0;owned\u0007\u009b31m\u202e\u200b\n::error::y\r##vso[task.setvariable variable=a]z\u2028";
    private static final String SHOWN =
            "x\ufffd]0;owned\ufffd\ufffd31m\ufffd\ufffd\ufffd::error::y\ufffd\ufffd#vso[task.setvariable variable=a]z\ufffd";

    /** A log of one level. */
    private static final class Lines extends SystemStreamLog {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void debug(CharSequence content) {
            text.append(content).append('\n');
        }

        @Override
        public void info(CharSequence content) {
            text.append(content).append('\n');
        }

        @Override
        public void warn(CharSequence content) {
            text.append(content).append('\n');
        }

        @Override
        public void error(CharSequence content) {
            text.append(content).append('\n');
        }
    }

    @Test
    void eachLevelOfTheLogIsALineThatSteersNothing() {
        Lines log = new Lines();
        LogListener listener = new LogListener(log, Optional.empty());
        listener.info(HOSTILE);
        listener.warn(HOSTILE);
        listener.debug(HOSTILE);
        listener.error(HOSTILE);
        assertEquals((SHOWN + "\n").repeat(4), log.text.toString());
        listener.received(HOSTILE, "host\u001b", "h2", 1, 1);
        listener.retrying("url\u009b", HOSTILE, 1, 1);
        assertTrue(log.text.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)), log.text::toString);
        assertEquals(6, log.text.toString().lines().count());
    }

    @Test
    void aFailureSteersNothingNeitherWithItsStackTrace() {
        OcnixException one = OcnixException.outside(
                "It said " + HOSTILE, new IOException("ERR " + HOSTILE, new IOException(HOSTILE)));
        StringWriter trace = new StringWriter();
        assertThrows(Exception.class, () -> Failures.raise(one)).printStackTrace(new PrintWriter(trace));
        assertTrue(trace.toString().contains("ERR x"), trace::toString);
        assertTrue(
                trace.toString()
                        .chars()
                        .allMatch(c -> c == '\n' || c == '\t' || (!Character.isISOControl(c) && c != 0x202e)),
                trace::toString);
        assertTrue(trace.toString().lines().noneMatch(line -> line.strip().startsWith("::")), trace::toString);
        OcnixException two = new OcnixException(OcnixException.Fault.INPUT, List.of("a" + HOSTILE, "::error::b"));
        assertEquals(
                "2 problems:\n  - a" + SHOWN + "\n  - \ufffd:error::b",
                assertThrows(MojoFailureException.class, () -> Failures.raise(two))
                        .getMessage());
    }
}
