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

    boolean isPassing() {
        return status == 408 || status == 425 || status == 429 || (status >= 500 && status != 501 && status != 505);
    }
}
