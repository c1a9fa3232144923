package dev.ocnix.report.inspect;

import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlacementTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a lockfile alone tells of native parts; their tarballs may tell more. */
final class NativeSigns {
    private final Lockfile lockfile;
    private final PlacementTree tree;
    private final Map<PackageId, PlacementKey> anyPlace = new HashMap<>();

    NativeSigns(Lockfile lockfile) {
        this.lockfile = lockfile;
        this.tree = new PlacementTree(lockfile.placements().keySet());
        for (Placement placement : lockfile.placements().values()) {
            anyPlace.putIfAbsent(placement.id(), placement.key());
        }
    }

    /** The signs in words: {@code script}, {@code 26 children}; none for most packages. */
    List<String> of(LockedPackage entry) {
        List<String> signs = new ArrayList<>();
        if (hasScript(entry)) {
            signs.add("script");
        }
        long children = children(entry);
        if (children > 0) {
            signs.add(children + (children == 1 ? " child" : " children"));
        }
        return signs;
    }

    /** Whether the lockfile knows of an install script. */
    static boolean hasScript(LockedPackage entry) {
        return entry.installScript().orElse(false);
    }

    /** Optional dependencies that only some systems or processors install. */
    long children(LockedPackage entry) {
        Optional<PlacementKey> place = Optional.ofNullable(anyPlace.get(entry.id()));
        return entry.dependencies().stream()
                .filter(edge -> edge.kind() == DependencyKind.OPTIONAL)
                .filter(edge -> place.flatMap(from -> target(from, edge))
                        .filter(NativeSigns::isLimited)
                        .isPresent())
                .count();
    }

    private Optional<LockedPackage> target(PlacementKey from, Dependency edge) {
        return tree.resolve(from, edge.alias())
                .flatMap(key -> Optional.ofNullable(lockfile.placements().get(key)))
                .flatMap(placement -> Optional.ofNullable(lockfile.packages().get(placement.id())));
    }

    private static boolean isLimited(LockedPackage entry) {
        return entry.os() instanceof Constraint.Only || entry.cpu() instanceof Constraint.Only;
    }
}
