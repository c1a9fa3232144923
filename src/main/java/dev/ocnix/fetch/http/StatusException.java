package dev.ocnix.fetch.http;

import java.io.IOException;
import java.util.Optional;

/** An answer other than 200. */
final class StatusException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String retryAfter;

    StatusException(int status, Optional<String> retryAfter) {
        super("answered " + status);
        this.status = status;
        this.retryAfter = retryAfter.orElse("");
    }

    int status() {
        return status;
    }

    /** The {@code Retry-After} header, or an empty string. */
    String retryAfter() {
        return retryAfter;
    }

    /** Whether it may pass; a server that is asked too often may say 403, too, and when to come back. */
    boolean isPassing() {
        boolean isTooOften = status == 403 && !retryAfter.isEmpty();
        return isTooOften
                || status == 408
                || status == 425
                || status == 429
                || (status >= 500 && status != 501 && status != 505);
    }
}
