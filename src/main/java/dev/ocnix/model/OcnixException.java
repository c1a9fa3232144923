package dev.ocnix.model;

import java.util.List;
import java.util.stream.Collectors;
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
    private final List<Problem> problems;

    public OcnixException(Fault fault, String problem) {
        this(fault, List.of(problem));
    }

    public OcnixException(Fault fault, String problem, @Nullable Throwable cause) {
        this(List.of(Problem.of(problem)), fault, cause);
    }

    /** Several problems of one run, in the order in which they shall be read; at least one. No user-info of a URL is repeated. */
    public OcnixException(Fault fault, List<String> problems) {
        this(problems.stream().map(Problem::of).toList(), fault);
    }

    /** The same, of which some may be about many packages. */
    public OcnixException(List<Problem> problems, Fault fault) {
        this(problems, fault, null);
    }

    private OcnixException(List<Problem> problems, Fault fault, @Nullable Throwable cause) {
        super(problems.stream().map(Problem::sentence).collect(Collectors.joining("\n")), cause);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a failure without a problem");
        }
        this.fault = fault;
        this.problems = List.copyOf(problems);
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
        return String.join("\n", problems());
    }

    public Fault fault() {
        return fault;
    }

    /** All problems, one sentence each, which is short even if it is about many packages. */
    public List<String> problems() {
        return problems.stream().map(Problem::sentence).toList();
    }

    /** The same with all names. */
    public List<Problem> details() {
        return problems;
    }
}
