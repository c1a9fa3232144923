package dev.ocnix.lockfile;

import dev.ocnix.model.OcnixException;

/** A lockfile that cannot be read; the one sentence names the file, the place in it, and what to do next. */
public final class LockfileException extends OcnixException {
    private static final long serialVersionUID = 1L;

    /** What to do when the file is damaged rather than of an unsupported kind. */
    public static final String RELOCK = "restore the file from version control, or write it anew with `bun install`";

    private LockfileException(String problem) {
        super(Fault.INPUT, problem);
    }

    /**
     * A failure somewhere in the file.
     *
     * @param where such as {@code line 12, column 5} or {@code byte 4711}
     * @param advice what to do next, in the imperative
     */
    public static LockfileException at(String file, String where, String problem, String advice) {
        return new LockfileException(file + ", " + where + ": " + problem + "; " + advice + ".");
    }

    /** A failure of the file as a whole. */
    public static LockfileException of(String file, String problem, String advice) {
        return new LockfileException(file + ": " + problem + "; " + advice + ".");
    }
}
