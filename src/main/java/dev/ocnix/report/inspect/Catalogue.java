package dev.ocnix.report.inspect;

import dev.ocnix.model.Constraint;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Place;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All packages of a lockfile, the root and every member among them, with the places where each stands. */
final class Catalogue {
    private static final String NODE_MODULES = "node_modules";

    private final SortedMap<PackageId, LockedPackage> packages = new TreeMap<>();
    private final Map<PackageId, List<PlacementKey>> places = new HashMap<>();
    private final Map<String, String> members = new HashMap<>();

    Catalogue(Lockfile lockfile) {
        PackageId root = idOf(lockfile.root());
        lockfile.packages().forEach((id, entry) -> {
            if (!(entry.resolution() instanceof Resolution.Root)) {
                packages.put(id, entry);
            }
        });
        for (Workspace workspace : lockfile.workspaces()) {
            packages.computeIfAbsent(idOf(workspace), id -> ofProject(id, workspace));
            workspace.name().filter(name -> !workspace.isRoot()).ifPresent(name -> members.put(name, workspace.path()));
        }
        for (Placement placement : lockfile.placements().values()) {
            PackageId id = isRoot(lockfile, placement) ? root : placement.id();
            places.computeIfAbsent(id, absent -> new ArrayList<>()).add(placement.key());
        }
    }

    private static boolean isRoot(Lockfile lockfile, Placement placement) {
        LockedPackage target = lockfile.packages().get(placement.id());
        return target != null && target.resolution() instanceof Resolution.Root;
    }

    private static PackageId idOf(Workspace workspace) {
        String resolution = workspace.isRoot() ? "root:" : "workspace:" + workspace.path();
        return new PackageId(workspace.name().orElse(""), resolution);
    }

    private static LockedPackage ofProject(PackageId id, Workspace workspace) {
        return new LockedPackage(
                id,
                workspace.isRoot() ? new Resolution.Root() : new Resolution.Workspace(workspace.path()),
                Optional.empty(),
                Constraint.unrestricted(),
                Constraint.unrestricted(),
                Constraint.unrestricted(),
                workspace.bin(),
                workspace.dependencies(),
                Optional.empty(),
                Place.of("workspaces"));
    }

    /** Every package, sorted by name, then resolution. */
    Collection<LockedPackage> packages() {
        return packages.values();
    }

    /** Where a package stands, in the order of the keys. */
    List<PlacementKey> places(PackageId id) {
        return places.getOrDefault(id, List.of());
    }

    /**
     * The folder that a key means, relative to the project: {@code node_modules/debug/node_modules/ms}, and
     * {@code packages/ui/node_modules/ms} in a member's own folder.
     */
    String path(PlacementKey key) {
        List<String> names = key.names();
        Optional<String> member = Optional.ofNullable(members.get(names.get(0))).filter(path -> names.size() > 1);
        StringBuilder path = new StringBuilder(member.orElseGet(() -> NODE_MODULES + "/" + names.get(0)));
        names.subList(1, names.size())
                .forEach(name ->
                        path.append('/').append(NODE_MODULES).append('/').append(name));
        return path.toString();
    }
}
