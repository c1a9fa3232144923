package dev.ocnix.fetch.registry;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.PackageId;
import java.util.List;

/**
 * A version whose signature is asked for.
 *
 * @param registry the base URL that is configured for its name, without a trailing slash: whom the user trusts for it
 * @param hashes what the tree pins and what the lockfile records, all of the same bytes
 */
public record SignedPackage(PackageId id, String version, String registry, List<Sri> hashes) {
    public SignedPackage {
        hashes = List.copyOf(hashes);
    }

    /** What registries sign. */
    String message(String hash) {
        return id.name() + "@" + version + ":" + hash;
    }
}
