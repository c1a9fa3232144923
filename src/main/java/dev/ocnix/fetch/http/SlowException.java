package dev.ocnix.fetch.http;

import java.io.IOException;

/** A body that as good as stands still. */
final class SlowException extends IOException {
    private static final long serialVersionUID = 1L;

    SlowException() {
        super("too slow");
    }
}
