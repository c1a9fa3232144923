package dev.ocnix.project.frozen;

import dev.ocnix.model.BunVersion;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlacementTree;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packages of a lockfile by name and by place. */
final class Pins {
    private final Lockfile lockfile;
    private final PlacementTree tree;
    private final Map<String, List<String>> versions = new HashMap<>();

    Pins(Lockfile lockfile) {
        this.lockfile = lockfile;
        this.tree = new PlacementTree(lockfile.placements().keySet());
        for (LockedPackage locked : lockfile.packages().values()) {
            if (locked.resolution() instanceof Resolution.Npm npm) {
                versions.computeIfAbsent(locked.id().name(), name -> new ArrayList<>())
                        .add(npm.version());
            }
        }
    }

    Lockfile lockfile() {
        return lockfile;
    }

    /** The place that a dependency of a workspace means. */
    Optional<PlacementKey> place(Workspace workspace, String alias) {
        return workspace.isRoot() || workspace.name().isEmpty()
                ? tree.resolve(alias)
                : tree.resolve(PlacementKey.top(workspace.name().get()), alias);
    }

    /** The place that a dependency of a package means. */
    Optional<PlacementKey> place(PlacementKey of, String alias) {
        return tree.resolve(of, alias);
    }

    Optional<LockedPackage> at(PlacementKey place) {
        return Optional.ofNullable(lockfile.placements().get(place))
                .map(Placement::id)
                .map(lockfile.packages()::get);
    }

    /** Whether a version is the one that Bun chooses anew for a range: the highest of those that are locked. */
    boolean isHighest(String version, Range range) {
        BunVersion.Core chosen = core(version);
        return versions.getOrDefault(range.name(), List.of()).stream()
                .filter(range::admits)
                .noneMatch(other -> core(other).compareTo(chosen) > 0);
    }

    private static BunVersion.Core core(String version) {
        return BunVersion.scan(version, 0).lowest();
    }
}
