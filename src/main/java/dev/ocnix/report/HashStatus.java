package dev.ocnix.report;

import java.util.Locale;

/** How far the hash of a package can be relied on. */
public enum HashStatus {
    /** The bytes were seen, and they are what a strong hash of the lockfile says. */
    VERIFIED,
    /** The bytes were seen, and their hash was computed: the lockfile has a weak one or none. */
    COMPUTED,
    /** The hash is the lockfile's, and nobody has asked to see the bytes. */
    RECORDED,
    /** The hash is the lockfile's, since the bytes could not be had. */
    UNVERIFIED,
    /** Nothing is pinned: it is the project's own, and what is there counts. */
    OWN;

    /** The term in files. */
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }
}
