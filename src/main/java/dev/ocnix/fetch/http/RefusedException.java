package dev.ocnix.fetch.http;

import java.io.IOException;

/** We do not want what a server does, and asking again would not change it. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * @param reason goes on after "it"
     * @param advice what to do next, without a full stop; empty if the reason says it
     */
    RefusedException(String reason, String advice) {
        super(reason);
        this.advice = advice;
    }

    String advice() {
        return advice;
    }
}
