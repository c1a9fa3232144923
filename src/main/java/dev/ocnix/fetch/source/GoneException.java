package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;

/** A repository, or a commit's archive, that its server says it does not have. */
public final class GoneException extends OcnixException {
    private static final long serialVersionUID = 1L;

    private final String origin;

    GoneException(String problem, String origin, Throwable cause) {
        super(Fault.INPUT, problem, cause);
        this.origin = origin;
    }

    /** The same with another sentence. */
    GoneException as(String problem) {
        return new GoneException(problem, origin, this);
    }

    /** The address that was asked. */
    public String origin() {
        return origin;
    }
}
