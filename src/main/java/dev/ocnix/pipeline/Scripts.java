package dev.ocnix.pipeline;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.report.LifecycleScripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which packages bring scripts that an installer would run, so that a reader of the report knows what a build leaves out. */
final class Scripts {
    private Scripts() {}

    /** Sorted by package; those whose scripts nothing is known of are left out. */
    static List<LifecycleScripts> of(
            Lockfile lockfile, PackageContents contents, List<AddonHint> hints, TrustedPackages trusted) {
        Set<PackageId> hinted = hints.stream().map(AddonHint::id).collect(Collectors.toSet());
        Set<PackageId> implicit = hints.stream()
                .filter(hint -> hint.kinds().contains(AddonKind.GYP_IMPLICIT))
                .map(AddonHint::id)
                .collect(Collectors.toSet());
        List<LifecycleScripts> found = new ArrayList<>();
        for (Map.Entry<PackageId, PackageManifest> manifest :
                contents.manifests().entrySet()) {
            SortedMap<String, String> scripts =
                    new TreeMap<>(manifest.getValue().kept().scripts());
            if (implicit.contains(manifest.getKey())) {
                // npm and Bun add it by themselves
                scripts.putIfAbsent("install", "node-gyp rebuild");
            }
            Optional<LockedPackage> locked =
                    Optional.ofNullable(lockfile.packages().get(manifest.getKey()));
            if (locked.isPresent() && !scripts.isEmpty()) {
                found.add(new LifecycleScripts(
                        manifest.getKey(),
                        trusted.includes(locked.get()),
                        hinted.contains(manifest.getKey()),
                        scripts));
            }
        }
        return found;
    }
}
