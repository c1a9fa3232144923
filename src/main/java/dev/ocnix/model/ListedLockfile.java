package dev.ocnix.model;

/**
 * A decoded lockfile, and how Bun numbers what is in it.
 *
 * @param listing the same packages and edges one by one, with what the file says about their order
 */
public record ListedLockfile(Lockfile lockfile, Listing listing) {}
