package dev.ocnix.pipeline;

import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.NearNames;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds packages of a lockfile by what a user calls them. */
final class AddonSearch {
    private static final int NEAREST = 3;

    private final Lockfile lockfile;

    AddonSearch(Lockfile lockfile) {
        this.lockfile = lockfile;
    }

    /**
     * All versions of a name, or of the name that something is installed under; or the one that {@code name@resolution} means.
     *
     * @return sorted; at least one
     * @throws OcnixException with near names if there is none
     */
    List<LockedPackage> find(String wanted) throws OcnixException {
        List<LockedPackage> found = new ArrayList<>();
        SortedSet<PackageId> installed = new TreeSet<>();
        lockfile.placements().values().stream()
                .filter(placement -> placement.key().installedName().equals(wanted))
                .forEach(placement -> installed.add(placement.id()));
        for (LockedPackage locked : lockfile.packages().values()) {
            PackageId id = locked.id();
            if (id.name().equals(wanted) || id.toString().equals(wanted) || installed.contains(id)) {
                found.add(locked);
            }
        }
        if (found.isEmpty()) {
            throw OcnixException.input(
                    "ocnix.addon is \"" + wanted + "\", which is no package of this lockfile" + near(wanted) + ".");
        }
        return found;
    }

    private String near(String wanted) {
        SortedSet<String> names = new TreeSet<>();
        SortedSet<String> versions = new TreeSet<>();
        SortedSet<String> parts = new TreeSet<>();
        for (PackageId id : lockfile.packages().keySet()) {
            names.add(id.name());
            if (wanted.startsWith(id.name() + "@")) {
                versions.add(id.toString());
            }
            if (wanted.length() > 2 && id.name().contains(wanted)) {
                parts.add(id.name());
            }
        }
        SortedSet<String> near = !versions.isEmpty() ? versions : !parts.isEmpty() ? parts : names;
        return near.isEmpty()
                ? ", which has none"
                : "; near it are " + String.join(", ", NearNames.of(near, wanted, NEAREST));
    }
}
