package dev.ocnix.model;

import dev.ocnix.hash.Sri;

/**
 * What one pass over a tarball showed.
 *
 * @param sha512 of the compressed bytes
 * @param size of the compressed bytes
 */
public record TarballFacts(Sri sha512, long size, PackageManifest manifest, AddonFacts addon) {}
