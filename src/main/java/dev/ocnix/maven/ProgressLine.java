package dev.ocnix.maven;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One line on a terminal that is written over as downloads go on. The terminal itself cuts it at its own width, whatever that
 * is at the moment: wrapping is switched off (DECAWM) while the line is drawn.
 */
final class ProgressLine {
    private static final long REDRAW_NANOS = 100_000_000L;
    /** Share of a new estimate in the time that is shown as left. */
    private static final double FRESH = 0.2;

    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";
    private static final String ERASE = "\u001b[K";

    private final PrintStream terminal;
    private final LongSupplier nanoTime;
    private final long start;
    private boolean isDrawn;
    private long lastDrawn;
    private int done;
    private long bytes;
    private double secondsLeft = Double.NaN;

    ProgressLine(PrintStream terminal) {
        this(terminal, System::nanoTime);
    }

    ProgressLine(PrintStream terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /**
     * Draws anew, if the last time is long enough ago or everything is done. Downloads end on several threads, so a call may
     * come late; what is shown never falls behind what was shown before.
     *
     * @param host the slowest of several; empty for a single one
     */
    synchronized void draw(int nowDone, int total, long nowBytes, String host) {
        done = Math.max(done, nowDone);
        bytes = Math.max(bytes, nowBytes);
        long now = nanoTime.getAsLong();
        if (isDrawn && nowDone < total && now - lastDrawn < REDRAW_NANOS) {
            return;
        }
        estimate(now, total);
        lastDrawn = now;
        isDrawn = true;
        double megabytes = bytes / 1e6;
        String line = String.format(
                Locale.ROOT,
                "%d of %d tarballs, %.1f MB, %.1f MB/s%s%s",
                done,
                total,
                megabytes,
                megabytes / seconds(now),
                done < total ? ", " + Math.round(secondsLeft) + " s left" : "",
                host.isEmpty() ? "" : " (slowest: " + host + ")");
        terminal.print("\r" + NO_WRAP + line + ERASE + WRAP);
        terminal.flush();
    }

    /** Counts down by itself, and is drawn towards what the pace so far gives, so that one large tarball moves it little. */
    private void estimate(long now, int total) {
        double fresh = seconds(now) / Math.max(1, done) * (total - done);
        double expected = secondsLeft - (now - lastDrawn) / 1e9;
        secondsLeft = Double.isNaN(secondsLeft) ? fresh : Math.max(0, expected + FRESH * (fresh - expected));
    }

    private double seconds(long now) {
        return Math.max(0.001, (now - start) / 1e9);
    }

    /** Clears the line. */
    synchronized void clear() {
        if (isDrawn) {
            terminal.print("\r" + ERASE);
            terminal.flush();
            isDrawn = false;
        }
    }
}
