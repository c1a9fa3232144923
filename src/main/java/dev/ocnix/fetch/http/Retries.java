package dev.ocnix.fetch.http;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;

/** When a failed attempt is repeated. */
record Retries(HttpLimits limits) {
    /** The wait after a failed attempt, the first of which has number 1. */
    Duration wait(IOException failure, int attempt) {
        long base = limits.firstWait().toMillis() << Math.min(attempt - 1, 20);
        long jittered = base / 2 + ThreadLocalRandom.current().nextLong(base / 2 + 1);
        long asked = failure instanceof StatusException answer ? retryAfter(answer.retryAfter()) : 0;
        return Duration.ofMillis(
                Math.min(Math.max(jittered, asked), limits.longestWait().toMillis()));
    }

    /** RFC 9110, 10.2.3: seconds or a date. */
    private static long retryAfter(String header) {
        if (header.matches("[0-9]{1,9}")) {
            return Long.parseLong(header) * 1000;
        }
        try {
            Instant date = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Math.max(0, Duration.between(Instant.now(), date).toMillis());
        } catch (DateTimeException | ArithmeticException e) {
            return 0;
        }
    }
}
