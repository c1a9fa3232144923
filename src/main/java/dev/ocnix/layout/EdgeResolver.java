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
    private static final Set<DependencyKind> AT_RUN_TIME_AND_DEV =
            EnumSet.of(DependencyKind.PROD, DependencyKind.OPTIONAL, DependencyKind.PEER, DependencyKind.DEV);
    private static final Set<DependencyKind> REQUIRED = EnumSet.of(DependencyKind.PROD, DependencyKind.DEV);

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
        Optional<PlacementKey> folder =
                workspace.isRoot() ? Optional.empty() : workspace.name().map(PlacementKey::top);
        String who = workspace.isRoot() ? "the root package" : "workspace " + workspace.path();
        return new Layout.Member(
                workspace.name(),
                workspace.version(),
                workspace.bin(),
                edges(folder, who, workspace.dependencies(), AT_RUN_TIME, REQUIRED),
                edges(folder, who, workspace.dependencies(), EnumSet.of(DependencyKind.DEV), REQUIRED));
    }

    private Layout.Node node(Placement placement, SortedMap<String, Layout.Member> members) {
        LockedPackage locked = lockfile.packages().get(placement.id());
        if (locked == null) {
            report("The placement " + placement.key() + " of " + lockfileName() + " means " + placement.id()
                    + ", which the lockfile does not describe; run bun install to write it anew.");
            return new Layout.Node(placement.id(), placement.bundled(), List.of());
        }
        return new Layout.Node(placement.id(), placement.bundled(), edges(placement, locked, members));
    }

    private List<PlacementKey> edges(
            Placement placement, LockedPackage locked, SortedMap<String, Layout.Member> members) {
        if (locked.resolution() instanceof Resolution.Workspace workspace) {
            return dependenciesOf(workspace.path(), placement, members);
        }
        if (locked.resolution() instanceof Resolution.Root) {
            return dependenciesOf("", placement, members);
        }
        // Bun installs what a copied folder needs for development, too, where it resolved that
        boolean folder = locked.resolution() instanceof Resolution.Folder;
        return edges(
                Optional.of(placement.key()),
                "package " + placement.id() + " at " + placement.key(),
                locked.dependencies(),
                folder ? AT_RUN_TIME_AND_DEV : AT_RUN_TIME,
                EnumSet.of(DependencyKind.PROD));
    }

    private List<PlacementKey> dependenciesOf(
            String path, Placement placement, SortedMap<String, Layout.Member> members) {
        Layout.Member member = members.get(path);
        if (member == null) {
            report("The placement " + placement.key() + " of " + lockfileName() + " means a workspace at " + path
                    + ", which the lockfile does not list; run bun install to write it anew.");
            return List.of();
        }
        return member.dependencies();
    }

    private List<PlacementKey> edges(
            Optional<PlacementKey> from,
            String who,
            List<Dependency> dependencies,
            Set<DependencyKind> kinds,
            Set<DependencyKind> required) {
        SortedSet<PlacementKey> edges = new TreeSet<>();
        for (Dependency dependency : dependencies) {
            if (!kinds.contains(dependency.kind())) {
                continue;
            }
            Optional<PlacementKey> target =
                    from.isPresent() ? tree.resolve(from.get(), dependency.alias()) : tree.resolve(dependency.alias());
            if (target.isPresent()) {
                edges.add(target.get());
            } else if (required.contains(dependency.kind())) {
                report("The dependency " + dependency.alias() + " of " + who + " has no placement in " + lockfileName()
                        + "; run bun install to write the lockfile anew.");
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
