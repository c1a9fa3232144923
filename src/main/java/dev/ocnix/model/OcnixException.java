package dev.ocnix.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the user is told about. Each problem is one sentence that says what failed, which input it was (file and
 * byte offset or line, package, URL), and what to do next; it names no Java class and ends without a line break.
 */
public class OcnixException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose turn it is. */
    public enum Fault {
        /** The user's input or project is wrong: the build fails. */
        INPUT,
        /** The network, a server, the disk or we ourselves failed: the build is in error. */
        OUTSIDE
    }

    private final Fault fault;
    private final List<String> problems;

    public OcnixException(Fault fault, String problem) {
        this(fault, List.of(problem));
    }

    public OcnixException(Fault fault, String problem, @Nullable Throwable cause) {
        this(fault, List.of(problem), cause);
    }

    /** Several problems of one run, in the order in which they shall be read; at least one. No user-info of a URL is repeated. */
    public OcnixException(Fault fault, List<String> problems) {
        this(fault, problems, null);
    }

    private OcnixException(Fault fault, List<String> problems, @Nullable Throwable cause) {
        super(UserInfo.hidden(String.join("\n", problems)), cause);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a failure without a problem");
        }
        this.fault = fault;
        this.problems = problems.stream().map(UserInfo::hidden).toList();
    }

    /** A failure that the user's input causes. */
    public static OcnixException input(String problem) {
        return new OcnixException(Fault.INPUT, problem);
    }

    /** A failure of the world around the run. */
    public static OcnixException outside(String problem, Throwable cause) {
        return new OcnixException(Fault.OUTSIDE, problem, cause);
    }

    /** All problems, a line each. */
    @Override
    public String getMessage() {
        return String.join("\n", problems);
    }

    public Fault fault() {
        return fault;
    }

    /** All problems, one sentence each. */
    public List<String> problems() {
        return problems;
    }
}
