package dev.ocnix.lockfile;

import dev.ocnix.model.Constraint;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Place;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a lockfile says, without what only tells where it says it or what only some formats can say. */
final class Facts {
    private Facts() {}

    /** The lockfile without kind, version and places, and with silence where {@code other} cannot say something. */
    static Lockfile of(Lockfile lockfile, Lockfile other) {
        SortedMap<PackageId, LockedPackage> packages = new TreeMap<>();
        lockfile.packages()
                .forEach((id, entry) -> packages.put(
                        id, of(entry, Optional.ofNullable(other.packages().get(id)))));
        return new Lockfile(
                LockfileKind.TEXT,
                0,
                lockfile.configVersion(),
                lockfile.workspaces(),
                packages,
                lockfile.placements(),
                lockfile.trustedDependencies(),
                lockfile.patchedDependencies(),
                lockfile.overrides(),
                lockfile.catalogs(),
                lockfile.warnings());
    }

    private static LockedPackage of(LockedPackage entry, Optional<LockedPackage> other) {
        boolean libcUnsaid = other.map(LockedPackage::libc)
                .filter(libc -> libc instanceof Constraint.Unspecified)
                .isPresent();
        boolean scriptUnsaid = other.isPresent() && other.get().installScript().isEmpty();
        return new LockedPackage(
                entry.id(),
                entry.resolution(),
                entry.integrity(),
                entry.os(),
                entry.cpu(),
                libcUnsaid ? Constraint.unspecified() : entry.libc(),
                entry.bin(),
                entry.dependencies(),
                scriptUnsaid ? Optional.empty() : entry.installScript(),
                Place.of(""));
    }
}
