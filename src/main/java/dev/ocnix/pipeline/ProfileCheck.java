package dev.ocnix.pipeline;

import dev.ocnix.model.Lockfile;
import dev.ocnix.model.NearNames;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Visible;
import dev.ocnix.project.Manifests;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Warnings of names and paths in a user's own profile that the converted revision does not have. */
final class ProfileCheck {
    private final Lockfile lockfile;
    private final Manifests manifests;
    private final Listener listener;

    ProfileCheck(Lockfile lockfile, Manifests manifests, Listener listener) {
        this.lockfile = lockfile;
        this.manifests = manifests;
        this.listener = listener;
    }

    void warn(Profile profile) throws OcnixException {
        SortedSet<String> names = new TreeSet<>();
        lockfile.placements().keySet().forEach(key -> names.add(key.installedName()));
        SortedSet<String> ids = new TreeSet<>();
        lockfile.packages().keySet().forEach(id -> {
            ids.add(id.name());
            ids.add(id.toString());
        });
        lockfile.placements().keySet().stream().map(PlacementKey::toString).forEach(names::add);
        warn("buildDependencies", profile.buildDependencies(), names, "no package of the lockfile");
        warn("leaveOut", profile.leaveOut(), ids, "no package of the lockfile");
        warn("dependencyScripts", profile.build().dependencyScripts(), ids, "no package of the lockfile");
        warn("writable", profile.build().writable(), ids, "no package of the lockfile");
        for (String path : profile.sourcePaths()) {
            if (!manifests.has(path)) {
                listener.warn("The profile's sourcePaths names " + Visible.quoted(path)
                        + ", which the source does not have; correct it or take it out.");
            }
        }
    }

    private void warn(String field, List<String> given, Collection<String> known, String what) {
        for (String name : given) {
            if (!known.contains(name)) {
                Optional<String> near = NearNames.like(known, name);
                listener.warn("The profile's " + field + " names " + Visible.quoted(name) + ", which is " + what
                        + near.map(like -> "; did you mean " + like + "?").orElse("; correct it or take it out."));
            }
        }
    }
}
