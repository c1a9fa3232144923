package dev.ocnix.fetch.http;

import java.time.Duration;

/**
 * How long and how often one request may try, and how much it may bring.
 *
 * @param connect to open a connection
 * @param read between two reads of a body
 * @param slow how long a body may arrive below {@link #LEAST_BYTES_PER_SECOND}
 * @param total for one request with all its redirects, retries and waits
 * @param attempts at least 1
 * @param firstWait before the second attempt; doubled for each further one, with jitter
 * @param longestWait bound of each wait, whatever {@code Retry-After} says
 * @param maxBytes of one body
 */
public record HttpLimits(
        Duration connect,
        Duration read,
        Duration slow,
        Duration total,
        int attempts,
        Duration firstWait,
        Duration longestWait,
        long maxBytes) {
    /** What even a bad line brings. */
    static final long LEAST_BYTES_PER_SECOND = 1024;

    private static final Duration SLOW = Duration.ofSeconds(60);
    private static final HttpLimits STANDARD = new HttpLimits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(45),
            Duration.ofMinutes(15),
            5,
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            2L << 30);

    /** With a minute for bodies that stand still. */
    public HttpLimits(
            Duration connect,
            Duration read,
            Duration total,
            int attempts,
            Duration firstWait,
            Duration longestWait,
            long maxBytes) {
        this(connect, read, SLOW, total, attempts, firstWait, longestWait, maxBytes);
    }

    /** The same with another time for bodies that stand still. */
    public HttpLimits withSlow(Duration time) {
        return new HttpLimits(connect, read, time, total, attempts, firstWait, longestWait, maxBytes);
    }

    /** What suits a developer's line: five attempts, fifteen minutes, 2 GiB. */
    public static HttpLimits standard() {
        return STANDARD;
    }
}
