package dev.ocnix.model;

/**
 * One package at one place.
 *
 * @param bundled whether the files come inside the parent's tarball, so that nothing is fetched for this place
 */
public record Placement(PlacementKey key, PackageId id, boolean bundled) {}
