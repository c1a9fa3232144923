package dev.ocnix.model;

import dev.ocnix.hash.Sri;

/**
 * What one pass over a git or GitHub dependency showed.
 *
 * @param commit the full commit id, where the lockfile may hold a short one
 * @param narHash sha256 of the NAR that the emitted fetcher will produce
 * @param cloned whether a repository on GitHub is fetched with git and not as its archive
 */
public record CheckoutFacts(String commit, Sri narHash, PackageManifest manifest, AddonFacts addon, boolean cloned) {}
