package dev.ocnix.maven;

import dev.ocnix.model.OcnixException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** Turns the core's failures into Maven's two kinds. */
final class Failures {
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
        return e.problems().size() + " problems:\n  - " + String.join("\n  - ", e.problems());
    }
}
