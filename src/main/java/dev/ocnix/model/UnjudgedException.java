package dev.ocnix.model;

/** A package that could not be looked into. */
public final class UnjudgedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String clause;

    /** @param clause why, for the middle of a sentence */
    public UnjudgedException(String clause, Throwable cause) {
        super(clause, cause);
        this.clause = clause;
    }

    /** Why, for the middle of a sentence. */
    public String clause() {
        return clause;
    }
}
