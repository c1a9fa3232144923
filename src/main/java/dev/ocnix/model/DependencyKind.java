package dev.ocnix.model;

/** The group of package.json that an edge comes from. */
public enum DependencyKind {
    PROD,
    DEV,
    OPTIONAL,
    PEER,
    /** A peer that may be absent; it never adds a package. */
    OPTIONAL_PEER
}
