package dev.ocnix.report.inspect;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Resolution;

/** How well a lockfile pins the content of a package, in a word. */
final class HashText {
    private static final String WEAK = "!";
    private static final String MISSING = "none!";

    private HashText() {}

    /**
     * The algorithm, with a mark behind a weak one; {@code none!} where a tarball or a checkout has no hash; empty where none is
     * due, as for what is in the project itself.
     */
    static String of(LockedPackage entry) {
        if (entry.integrity().isPresent()) {
            Sri sri = entry.integrity().get();
            return sri.algorithm().prefix() + (sri.isStrong() ? "" : WEAK);
        }
        boolean isDue = entry.resolution().isFetched() && !(entry.resolution() instanceof Resolution.Folder);
        return isDue ? MISSING : "";
    }

    /** The same for a line of counts. */
    static String said(String text) {
        if (text.equals(MISSING)) {
            return "without (none!)";
        }
        return text.endsWith(WEAK) ? "weak (" + text + ")" : text;
    }
}
