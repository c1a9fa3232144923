package dev.ocnix.maven;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** Turns the core's failures into Maven's two kinds. */
final class Failures {
    /** More of them tell a person nothing that the first ones do not. */
    private static final int SHOWN = 50;

    /** Causes that are shown with -e. */
    private static final int DEEPEST = 20;

    private Failures() {}

    /** Always throws: a failure for the user's input, an error for everything else. */
    static void raise(OcnixException e) throws MojoExecutionException, MojoFailureException {
        String message = message(e);
        switch (e.fault()) {
            case INPUT -> throw traced(new MojoFailureException(message), e);
            case OUTSIDE -> throw traced(new MojoExecutionException(message), e);
        }
    }

    /** Maven prints a cause's message once more; what is suppressed it shows with -e only. */
    private static <T extends Exception> T traced(T failure, OcnixException e) {
        failure.addSuppressed(shown(e, DEEPEST));
        return failure;
    }

    /** The same places in the code, with messages of libraries, which repeat what servers say, as people may get them. */
    private static Throwable shown(Throwable thrown, int depth) {
        Throwable cause = thrown.getCause();
        Throwable inner = cause == null || depth == 0 ? null : shown(cause, depth - 1);
        Exception copy = new Exception(Visible.lines(String.valueOf(thrown)), inner);
        copy.setStackTrace(thrown.getStackTrace());
        return copy;
    }

    private static String message(OcnixException e) {
        if (e.problems().size() == 1) {
            return e.problems().get(0);
        }
        String shown = e.problems().stream().limit(SHOWN).collect(Collectors.joining("\n  - "));
        int more = e.problems().size() - SHOWN;
        return e.problems().size() + " problems:\n  - " + shown
                + (more > 0 ? "\n  - and " + more + " more, all of them in report.json." : "");
    }
}
