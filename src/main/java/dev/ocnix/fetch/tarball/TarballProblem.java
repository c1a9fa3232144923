package dev.ocnix.fetch.tarball;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;

/** A tarball arrived whole, and it is not what it should be. */
public final class TarballProblem extends OcnixException {
    private static final long serialVersionUID = 1L;

    private final boolean isMismatch;

    private TarballProblem(String problem, boolean isMismatch) {
        super(Fault.INPUT, problem);
        this.isMismatch = isMismatch;
    }

    /** Whether its hash is not the lockfile's. */
    public boolean isMismatch() {
        return isMismatch;
    }

    static TarballProblem mismatch(PackageId id, String origin, Sri expected, Sri actual) {
        return new TarballProblem(
                "The tarball of " + id + " at " + origin + " has the hash " + actual + ", but the lockfile records "
                        + expected + "; find out which one is right before you change the lockfile.",
                true);
    }

    static TarballProblem broken(PackageId id, String origin, String reason, boolean isVerified) {
        return new TarballProblem(
                "The tarball of " + id + " at " + origin + " cannot be unpacked: " + reason
                        + (isVerified
                                ? " (its hash is the one that the lockfile records, so the package was published like that"
                                        + " and cannot be installed); lock another version."
                                : "; look whether that URL really serves the package."),
                false);
    }
}
