package dev.ocnix.fetch.http;

import java.io.IOException;

/** A body of a good answer that did not arrive. */
final class BrokenBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException failure;

    BrokenBodyException(IOException failure) {
        super(failure);
        this.failure = failure;
    }

    /** The failure that ended it. */
    IOException failure() {
        return failure;
    }
}
