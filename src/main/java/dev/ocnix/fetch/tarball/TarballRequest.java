package dev.ocnix.fetch.tarball;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.PackageId;
import java.util.Optional;

/**
 * A tarball to download.
 *
 * @param url where this run gets it, a mirror perhaps
 * @param integrity what the lockfile records
 */
public record TarballRequest(PackageId id, String url, Optional<Sri> integrity) {}
