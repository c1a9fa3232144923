package dev.ocnix.addon;

import java.util.Locale;

/** What becomes of a package's native part on one system. */
public enum Outcome {
    /** A binary in the tarball serves the system; it is patched where it ends up. */
    PREBUILT,
    /** The tarball carries sources and is compiled. */
    COMPILE,
    /** A script or the program itself would download it; a sandbox has no network. */
    DOWNLOAD,
    /** Another package of the lockfile, chosen by platform, carries it. */
    CHILD_PACKAGE,
    /** Nothing native serves the system. */
    NONE;

    /** The term in files and reports, such as {@code child-package}. */
    public String term() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
