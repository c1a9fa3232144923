package dev.ocnix.layout;

import dev.ocnix.layout.isolated.HoistedPlaces;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlacementTree;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns the dependencies of each placement into places, as Bun reads its lockfile. */
final class EdgeResolver {
    private static final Set<DependencyKind> AT_RUN_TIME =
            EnumSet.of(DependencyKind.PROD, DependencyKind.OPTIONAL, DependencyKind.PEER);
    private static final Set<DependencyKind> NEVER_LEFT_OUT = EnumSet.of(DependencyKind.PROD, DependencyKind.PEER);
    private static final Set<DependencyKind> DECLARED = EnumSet.of(DependencyKind.PROD, DependencyKind.OPTIONAL);
    private static final Set<DependencyKind> ONLY_PEERS = EnumSet.of(DependencyKind.PEER);
    private static final Set<DependencyKind> ONLY_OPTIONAL = EnumSet.of(DependencyKind.OPTIONAL);
    private static final Set<DependencyKind> PEERS = EnumSet.of(DependencyKind.PEER, DependencyKind.OPTIONAL_PEER);
    private static final Set<DependencyKind> FOR_DEVELOPMENT = EnumSet.of(DependencyKind.DEV);
    private static final Set<DependencyKind> WHERE_LOCKED = EnumSet.of(DependencyKind.OPTIONAL_PEER);
    private static final Set<DependencyKind> OTHERWISE = EnumSet.complementOf(EnumSet.copyOf(WHERE_LOCKED));

    private final Lockfile lockfile;
    private final HoistedPlaces hoisted;
    private final PlacementTree tree;

    /** @param hoisted places of what a checked lockfile has */
    EdgeResolver(Lockfile lockfile, HoistedPlaces hoisted) {
        this.lockfile = lockfile;
        this.hoisted = hoisted;
        this.tree = new PlacementTree(hoisted.places().keySet());
    }

    Layout resolve() {
        SortedMap<String, Layout.Member> members = new TreeMap<>();
        for (Workspace workspace : lockfile.workspaces()) {
            members.put(workspace.path(), member(workspace));
        }
        SortedMap<PlacementKey, Layout.Node> nodes = new TreeMap<>();
        for (Placement placement : hoisted.places().values()) {
            nodes.put(placement.key(), node(placement, members));
        }
        return new Layout(nodes, members);
    }

    private Layout.Member member(Workspace workspace) {
        Origin origin = new Origin(
                workspace.isRoot() ? Optional.empty() : workspace.name().map(PlacementKey::top),
                workspace.dependencies(),
                Optional.empty());
        return new Layout.Member(
                workspace.name(),
                workspace.version(),
                workspace.bin(),
                edges(origin, AT_RUN_TIME),
                edges(origin, ONLY_OPTIONAL, NEVER_LEFT_OUT),
                edges(origin, ONLY_PEERS, DECLARED),
                optionalPeers(origin),
                edges(origin, FOR_DEVELOPMENT));
    }

    private Layout.Node node(Placement placement, SortedMap<String, Layout.Member> members) {
        LockedPackage locked =
                Optional.ofNullable(lockfile.packages().get(placement.id())).orElseThrow();
        if (locked.resolution() instanceof Resolution.Workspace workspace) {
            return memberNode(workspace.path(), placement, members);
        }
        if (locked.resolution() instanceof Resolution.Root) {
            return memberNode("", placement, members);
        }
        Origin origin = new Origin(Optional.of(placement.key()), locked.dependencies(), Optional.of(placement.id()));
        // Bun installs what a copied folder needs for development, too, where it resolved that
        boolean isFolder = locked.resolution() instanceof Resolution.Folder;
        return new Layout.Node(
                placement.id(),
                placement.bundled(),
                edges(origin, AT_RUN_TIME),
                edges(origin, ONLY_OPTIONAL, NEVER_LEFT_OUT),
                optionalPeers(origin),
                isFolder ? edges(origin, FOR_DEVELOPMENT) : List.of());
    }

    private static Layout.Node memberNode(String path, Placement placement, SortedMap<String, Layout.Member> members) {
        List<PlacementKey> edges =
                Optional.ofNullable(members.get(path)).orElseThrow().dependencies();
        return new Layout.Node(placement.id(), placement.bundled(), edges, List.of(), List.of(), List.of());
    }

    /**
     * What declares dependencies.
     *
     * @param folder the place below whose name its own node_modules stands; empty for the top
     * @param owner the package; empty for the root and members
     */
    private record Origin(Optional<PlacementKey> folder, List<Dependency> dependencies, Optional<PackageId> owner) {}

    /** Without what the same manifest asks for in another group, too: since Bun 1.4 that decides. */
    private List<PlacementKey> optionalPeers(Origin origin) {
        return edges(origin, WHERE_LOCKED, OTHERWISE);
    }

    /** The places that dependencies of some kinds mean, without those that dependencies of others mean, too. */
    private List<PlacementKey> edges(Origin origin, Set<DependencyKind> kinds, Set<DependencyKind> others) {
        List<PlacementKey> edges = new ArrayList<>(edges(origin, kinds));
        if (!edges.isEmpty()) {
            edges.removeAll(edges(origin, others));
        }
        return edges;
    }

    private List<PlacementKey> edges(Origin origin, Set<DependencyKind> kinds) {
        SortedSet<PlacementKey> edges = new TreeSet<>();
        for (Dependency dependency : origin.dependencies()) {
            if (!kinds.contains(dependency.kind())) {
                continue;
            }
            tree.resolve(origin.folder(), dependency.alias())
                    .filter(place -> !isAnotherPeer(origin, dependency, place))
                    .ifPresent(edges::add);
        }
        return List.copyOf(edges);
    }

    private boolean isAnotherPeer(Origin origin, Dependency dependency, PlacementKey target) {
        return PEERS.contains(dependency.kind())
                && origin.owner()
                        .filter(owner -> hoisted.isAnother(owner, dependency.alias(), target))
                        .isPresent();
    }
}
