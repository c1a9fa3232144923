package dev.ocnix.maven;

import dev.ocnix.model.OcnixException;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** Turns the core's failures into Maven's two kinds. */
final class Failures {
    /** More of them tell a person nothing that the first ones do not. */
    private static final int SHOWN = 50;

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
        failure.addSuppressed(e);
        return failure;
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
