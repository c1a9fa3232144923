package dev.ocnix.report;

import java.util.Locale;

/** Whether a registry has signed the hash of a package. */
public enum SignatureStatus {
    SIGNED,
    /** The registry signs none, or not this one. */
    UNSIGNED,
    /** The registry could not be asked. */
    UNKNOWN;

    /** The term in files. */
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }
}
