package dev.ocnix.pipeline;

/** Whether a tree's own {@code facts.json} is believed. */
public enum FactsMode {
    /** What a package contains is known from this machine's cache, else it is looked at. */
    VERIFY,
    /** What the tree says of a package that its lockfile pins by a SHA-512 hash or a full commit counts. */
    TRUST
}
