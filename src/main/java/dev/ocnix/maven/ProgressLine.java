package dev.ocnix.maven;

import java.io.PrintStream;
import java.util.Locale;

/** One line on a terminal that is written over as downloads go on. */
final class ProgressLine {
    private static final long REDRAW_NANOS = 100_000_000L;

    private final PrintStream terminal;
    private final long start = System.nanoTime();
    private long lastDrawn;
    private int width;

    ProgressLine(PrintStream terminal) {
        this.terminal = terminal;
    }

    /** Draws anew, if the last time is long enough ago or everything is done. */
    synchronized void draw(int done, int total, long bytes, String host) {
        long now = System.nanoTime();
        if (done < total && now - lastDrawn < REDRAW_NANOS) {
            return;
        }
        lastDrawn = now;
        double seconds = Math.max(0.001, (now - start) / 1e9);
        double megabytes = bytes / 1e6;
        long left = done == 0 ? 0 : Math.round(seconds / done * (total - done));
        String line = String.format(
                Locale.ROOT,
                "%d of %d tarballs, %.1f MB, %.1f MB/s, %d s left (slowest: %s)",
                done,
                total,
                megabytes,
                megabytes / seconds,
                left,
                host);
        String padding = " ".repeat(Math.max(0, width - line.length()));
        width = line.length();
        terminal.print("\r" + line + padding);
        terminal.flush();
    }

    /** Clears the line. */
    synchronized void clear() {
        if (width > 0) {
            terminal.print("\r" + " ".repeat(width) + "\r");
            terminal.flush();
            width = 0;
        }
    }
}
