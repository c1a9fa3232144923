package dev.ocnix.fetch.http;

import java.io.IOException;

/** We do not want what a server does, and asking again would not change it. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String endOfSentence) {
        super(endOfSentence);
    }
}
