package dev.ocnix.model;

/** The group of package.json that an edge comes from. */
public enum DependencyKind {
    PROD,
    DEV,
    OPTIONAL,
    PEER,
    /** A peer that may be absent; it adds no package to a lockfile, but one that the lockfile holds is installed. */
    OPTIONAL_PEER
}
