package dev.ocnix.layout;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlacementTree;
import dev.ocnix.model.Workspace;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Packages that an installation can do without: each dependency that leads to one is an optional one or an optional peer. Bun
 * installs without them where a registry no longer has them.
 *
 * @param ids of them
 */
public record OptionalPackages(SortedSet<PackageId> ids) {
    private static final Set<DependencyKind> OPTIONAL =
            EnumSet.of(DependencyKind.OPTIONAL, DependencyKind.OPTIONAL_PEER);

    public OptionalPackages {
        ids = Collections.unmodifiableSortedSet(new TreeSet<>(ids));
    }

    /** None at all. */
    public static OptionalPackages none() {
        return new OptionalPackages(new TreeSet<>());
    }

    /** Those of a lockfile. */
    public static OptionalPackages of(Lockfile lockfile) {
        PlacementTree tree = new PlacementTree(lockfile.placements().keySet());
        SortedSet<PackageId> optional = new TreeSet<>();
        SortedSet<PackageId> required = new TreeSet<>();
        for (Workspace workspace : lockfile.workspaces()) {
            Optional<PlacementKey> from =
                    workspace.isRoot() ? Optional.empty() : workspace.name().map(PlacementKey::top);
            sort(lockfile, tree, from, workspace.dependencies(), optional, required);
        }
        for (Placement placement : lockfile.placements().values()) {
            List<Dependency> dependencies = Optional.ofNullable(
                            lockfile.packages().get(placement.id()))
                    .map(LockedPackage::dependencies)
                    .orElse(List.of());
            sort(lockfile, tree, Optional.of(placement.key()), dependencies, optional, required);
        }
        optional.removeAll(required);
        return new OptionalPackages(optional);
    }

    private static void sort(
            Lockfile lockfile,
            PlacementTree tree,
            Optional<PlacementKey> from,
            List<Dependency> dependencies,
            Set<PackageId> optional,
            Set<PackageId> required) {
        for (Dependency dependency : dependencies) {
            Optional<PlacementKey> place =
                    from.isPresent() ? tree.resolve(from.get(), dependency.alias()) : tree.resolve(dependency.alias());
            place.map(lockfile.placements()::get)
                    .map(Placement::id)
                    .ifPresent((OPTIONAL.contains(dependency.kind()) ? optional : required)::add);
        }
    }

    /** These, and those that a profile does without, each as {@code name} or as {@code name@resolution}. */
    public OptionalPackages with(Collection<String> leftOut, Lockfile lockfile) {
        SortedSet<PackageId> more = new TreeSet<>(ids);
        for (PackageId id : lockfile.packages().keySet()) {
            if (leftOut.contains(id.name()) || leftOut.contains(id.toString())) {
                more.add(id);
            }
        }
        return new OptionalPackages(more);
    }
}
