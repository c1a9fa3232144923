package dev.ocnix.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A decoded lockfile. Both readers build the same value from lockfiles that record the same facts, apart from
 * {@code kind}, {@code version} and the places for messages.
 *
 * @param version lockfileVersion of the text form, format number of the binary form
 * @param workspaces root first, members sorted by path
 * @param packages sorted; every package, workspace members included; the root only if something depends on it
 * @param placements sorted; where packages stand in node_modules
 * @param trustedDependencies absent when the project has no such field; possibly empty
 * @param patchedDependencies {@code name@resolution} to the patch's path in the source
 * @param catalogs group name to (package name to range); the default catalog has the empty name
 * @param warnings sentences about what is tolerated but should be known, such as a malformed integrity
 */
public record Lockfile(
        LockfileKind kind,
        int version,
        OptionalInt configVersion,
        List<Workspace> workspaces,
        Map<PackageId, LockedPackage> packages,
        Map<PlacementKey, Placement> placements,
        Optional<SortedSet<String>> trustedDependencies,
        SortedMap<String, String> patchedDependencies,
        List<OverrideRule> overrides,
        SortedMap<String, SortedMap<String, String>> catalogs,
        List<String> warnings) {
    public Lockfile {
        workspaces = List.copyOf(workspaces);
        packages = SortedTable.copyOf(packages);
        placements = SortedTable.copyOf(placements);
        if (trustedDependencies.isPresent()) {
            SortedSet<String> names = new TreeSet<>(trustedDependencies.get());
            trustedDependencies = Optional.of(Collections.unmodifiableSortedSet(names));
        }
        patchedDependencies = frozen(patchedDependencies);
        overrides = List.copyOf(overrides);
        SortedMap<String, SortedMap<String, String>> groups = new TreeMap<>();
        for (Map.Entry<String, SortedMap<String, String>> group : catalogs.entrySet()) {
            groups.put(group.getKey(), frozen(group.getValue()));
        }
        catalogs = Collections.unmodifiableSortedMap(groups);
        warnings = List.copyOf(warnings);
    }

    private static <K, V> SortedMap<K, V> frozen(Map<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** The root project. */
    public Workspace root() {
        return workspaces.get(0);
    }
}
