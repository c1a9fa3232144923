package dev.ocnix.pipeline;

import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.nix.PlatformLimits;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The platforms of each package, from its lockfile and, where that cannot say, from its own package.json. */
final class Platforms {
    private Platforms() {}

    static SortedMap<PackageId, PlatformLimits> of(Lockfile lockfile, SortedMap<PackageId, PackageManifest> manifests) {
        SortedMap<PackageId, PlatformLimits> limits = new TreeMap<>();
        for (LockedPackage locked : lockfile.packages().values()) {
            limits.put(locked.id(), PlatformLimits.of(locked, Optional.ofNullable(manifests.get(locked.id()))));
        }
        return limits;
    }
}
