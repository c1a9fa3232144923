package dev.ocnix.pipeline;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.OcnixException.Fault;
import dev.ocnix.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the packages of a run, collected so that all of it is told at once. */
final class Problems {
    private final List<Problem> problems = new ArrayList<>();
    private Fault fault = Fault.INPUT;

    /** Adds what the user's input is to blame for. */
    void input(String sentence) {
        problems.add(Problem.of(sentence));
    }

    /** Adds what the world around the run is to blame for. */
    void outside(Problem problem) {
        problems.add(problem);
        fault = Fault.OUTSIDE;
    }

    /** A sentence that goes on with another thought. */
    static String continued(String sentence, String rest) {
        return sentence.replaceFirst("\\.$", "") + "; " + rest;
    }

    void add(OcnixException failure) {
        problems.addAll(failure.details());
        if (failure.fault() == Fault.OUTSIDE) {
            fault = Fault.OUTSIDE;
        }
    }

    void addAll(Problems more) {
        problems.addAll(more.problems);
        if (more.fault == Fault.OUTSIDE) {
            fault = Fault.OUTSIDE;
        }
    }

    /**
     * Ends the run if anything was added.
     *
     * @throws OcnixException with all sentences; the input's fault only if every one of them is
     */
    void raise() throws OcnixException {
        if (!problems.isEmpty()) {
            throw new OcnixException(problems, fault);
        }
    }
}
