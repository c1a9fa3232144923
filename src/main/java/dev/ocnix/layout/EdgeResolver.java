package dev.ocnix.layout;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlacementTree;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns the dependencies of each placement into places, as Bun reads its lockfile. */
final class EdgeResolver {
    private static final int MOST_PROBLEMS = 20;
    private static final Set<DependencyKind> AT_RUN_TIME =
            EnumSet.of(DependencyKind.PROD, DependencyKind.OPTIONAL, DependencyKind.PEER);
    private static final Set<DependencyKind> NEVER_LEFT_OUT = EnumSet.of(DependencyKind.PROD, DependencyKind.PEER);
    private static final Set<DependencyKind> DECLARED = EnumSet.of(DependencyKind.PROD, DependencyKind.OPTIONAL);
    private static final Set<DependencyKind> ONLY_PEERS = EnumSet.of(DependencyKind.PEER);
    private static final Set<DependencyKind> ONLY_OPTIONAL = EnumSet.of(DependencyKind.OPTIONAL);
    private static final Set<DependencyKind> FOR_DEVELOPMENT = EnumSet.of(DependencyKind.DEV);
    private static final Set<DependencyKind> WHERE_LOCKED = EnumSet.of(DependencyKind.OPTIONAL_PEER);
    private static final Set<DependencyKind> OTHERWISE = EnumSet.complementOf(EnumSet.copyOf(WHERE_LOCKED));

    private final Lockfile lockfile;
    private final PlacementTree tree;
    private final Map<String, Workspace> workspaces = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int unresolved;

    EdgeResolver(Lockfile lockfile) {
        this.lockfile = lockfile;
        this.tree = new PlacementTree(lockfile.placements().keySet());
        lockfile.workspaces().forEach(workspace -> workspaces.put(workspace.path(), workspace));
    }

    Layout resolve() throws OcnixException {
        SortedMap<String, Layout.Member> members = new TreeMap<>();
        for (Workspace workspace : lockfile.workspaces()) {
            members.put(workspace.path(), member(workspace));
        }
        SortedMap<PlacementKey, Layout.Node> nodes = new TreeMap<>();
        for (Placement placement : lockfile.placements().values()) {
            nodes.put(placement.key(), node(placement, members));
        }
        if (unresolved > MOST_PROBLEMS) {
            problems.add((unresolved - MOST_PROBLEMS) + " more dependencies of " + lockfileName()
                    + " resolve to nothing; run bun install to write the lockfile anew.");
        }
        if (!problems.isEmpty()) {
            throw new OcnixException(OcnixException.Fault.INPUT, problems);
        }
        return new Layout(nodes, members);
    }

    private Layout.Member member(Workspace workspace) {
        Origin origin = new Origin(
                workspace.isRoot() ? Optional.empty() : workspace.name().map(PlacementKey::top),
                workspace.isRoot() ? "the root package" : "workspace " + workspace.path(),
                workspace.dependencies(),
                EnumSet.of(DependencyKind.PROD, DependencyKind.DEV));
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
        LockedPackage locked = lockfile.packages().get(placement.id());
        if (locked == null) {
            report("The placement " + placement.key() + " of " + lockfileName() + " means " + placement.id()
                    + ", which the lockfile does not describe; run bun install to write it anew.");
            return new Layout.Node(placement.id(), placement.bundled(), List.of(), List.of(), List.of(), List.of());
        }
        if (locked.resolution() instanceof Resolution.Workspace workspace) {
            return memberNode(workspace.path(), placement, members);
        }
        if (locked.resolution() instanceof Resolution.Root) {
            return memberNode("", placement, members);
        }
        Origin origin = new Origin(
                Optional.of(placement.key()),
                "package " + placement.id() + " at " + placement.key(),
                locked.dependencies(),
                EnumSet.of(DependencyKind.PROD));
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

    private Layout.Node memberNode(String path, Placement placement, SortedMap<String, Layout.Member> members) {
        Layout.Member member = members.get(path);
        if (member == null) {
            report("The placement " + placement.key() + " of " + lockfileName() + " means a workspace at " + path
                    + ", which the lockfile does not list; run bun install to write it anew.");
        }
        List<PlacementKey> edges = member == null ? List.of() : member.dependencies();
        return new Layout.Node(placement.id(), placement.bundled(), edges, List.of(), List.of(), List.of());
    }

    /**
     * What declares dependencies.
     *
     * @param folder the place below whose name its own node_modules stands; empty for the top
     * @param who for messages
     * @param required the kinds that must resolve
     */
    private record Origin(
            Optional<PlacementKey> folder, String who, List<Dependency> dependencies, Set<DependencyKind> required) {}

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
            Optional<PlacementKey> target = origin.folder().isPresent()
                    ? tree.resolve(origin.folder().get(), dependency.alias())
                    : tree.resolve(dependency.alias());
            if (target.isPresent()) {
                edges.add(target.get());
            } else if (origin.required().contains(dependency.kind())) {
                report("The dependency " + dependency.alias() + " of " + origin.who() + " has no placement in "
                        + lockfileName() + "; run bun install to write the lockfile anew.");
            }
        }
        return List.copyOf(edges);
    }

    private void report(String problem) {
        unresolved++;
        if (unresolved <= MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    private String lockfileName() {
        return lockfile.kind().fileName();
    }
}
