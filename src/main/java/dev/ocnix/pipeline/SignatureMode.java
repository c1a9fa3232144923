package dev.ocnix.pipeline;

/** Whether registries must vouch for the hashes of their packages. */
public enum SignatureMode {
    /** Nobody is asked. */
    OFF,
    /** A wrong signature is an error, a missing one a warning. */
    CHECKED,
    /** A missing signature is an error, too. */
    REQUIRED
}
