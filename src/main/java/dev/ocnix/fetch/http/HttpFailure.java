package dev.ocnix.fetch.http;

import dev.ocnix.model.OcnixException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A URL that could not be had. */
public final class HttpFailure extends OcnixException {
    private static final long serialVersionUID = 1L;

    private final String url;
    private final int status;
    private final int attempts;

    HttpFailure(Fault fault, String problem, String url, int status, int attempts, @Nullable Throwable cause) {
        super(fault, problem, cause);
        this.url = url;
        this.status = status;
        this.attempts = attempts;
    }

    /** What was asked for, as the caller wrote it; never a redirect's target. */
    public String url() {
        return url;
    }

    /** The last answer's status; empty if there was no answer, or if it was a good one whose body did not arrive. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** How many times it was tried; 0 if it was refused without asking anybody. */
    public int attempts() {
        return attempts;
    }
}
