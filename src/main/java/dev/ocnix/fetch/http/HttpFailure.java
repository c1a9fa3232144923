package dev.ocnix.fetch.http;

import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A URL that could not be had. */
public final class HttpFailure extends OcnixException {
    private static final long serialVersionUID = 1L;

    private final String url;
    private final Diagnosis diagnosis;
    private final int status;
    private final int attempts;

    /** @param before the sentence up to what is said of the URL */
    HttpFailure(
            Fault fault, String before, String url, Diagnosis diagnosis, int attempts, @Nullable IOException cause) {
        super(fault, before + diagnosis.sentence(attempts > 1 ? " (" + attempts + " attempts)" : ""), cause);
        this.url = url;
        this.diagnosis = diagnosis;
        this.status = cause instanceof StatusException answer ? answer.status() : 0;
        this.attempts = attempts;
    }

    /** What is to be said of any URL that failed likewise, with what to do; it goes on after "it", without a full stop. */
    public String reason() {
        return diagnosis.reason() + (diagnosis.advice().isEmpty() ? "" : "; " + diagnosis.advice());
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
