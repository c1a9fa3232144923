package dev.ocnix.model;

/** How Bun understands the range of an edge, in the order of its own numbers: a constant's ordinal is what a binary lockfile holds. */
public enum RangeKind {
    /** Not understood. */
    UNINITIALIZED,
    NPM,
    DIST_TAG,
    TARBALL,
    FOLDER,
    SYMLINK,
    WORKSPACE,
    GIT,
    GITHUB,
    CATALOG
}
