package dev.ocnix.pipeline;

/** How much of a lockfile is downloaded, verified and inspected before the tree is written. */
public enum PrefetchMode {
    /** Each tarball that is neither in the tree's {@code facts.json} nor in the cache. */
    ALL,
    /** Only what the lockfile has no strong hash for. */
    MISSING,
    /** No tarball; whatever lacks a hash is an error. */
    NONE
}
