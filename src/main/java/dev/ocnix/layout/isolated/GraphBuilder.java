package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.layout.isolated.Graph.Group;
import dev.ocnix.layout.isolated.Graph.Vertex;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OverrideRule;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlacementTree;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Chooses a package for each dependency as Bun does when it has read the lockfile, and leaves out what a variant lacks. */
final class GraphBuilder {
    private static final Comparator<Edge> ORDER =
            Comparator.comparing(Edge::group).thenComparing(Edge::alias, GraphBuilder::compareBytes);
    /** The file's order: of several places of a package the last one says what its edges mean. */
    private static final Comparator<PlacementKey> FILE =
            Comparator.comparingInt((PlacementKey key) -> key.names().size()).thenComparing(Comparator.naturalOrder());

    private final Lockfile lockfile;
    private final PlacementTree tree;
    private final List<Vertex> vertices = new ArrayList<>();
    private final Map<PackageId, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> members = new HashMap<>();
    private final Map<PackageId, List<PlacementKey>> places = new HashMap<>();
    private final Set<PlacementKey> bundled = new HashSet<>();
    private final Map<String, Workspace> workspaces = new HashMap<>();
    /** The sorted edges of packages, by the packages' numbers; members have none here. */
    private final Map<Integer, List<Edge>> ofPackages = new HashMap<>();

    private final List<Set<String>> peers;
    /** What edges mean to Bun 1.4, by what the lockfile's places give. */
    private final Map<List<List<Edge>>, List<List<Edge>>> bound = new HashMap<>();

    GraphBuilder(Lockfile lockfile) {
        this.lockfile = lockfile;
        this.tree = new PlacementTree(lockfile.placements().keySet());
        Map<String, PackageId> lockedMembers = lockedMembers(lockfile);
        for (Workspace workspace : lockfile.workspaces()) {
            members.put(workspace.path(), vertices.size());
            PackageId id = lockedMembers.getOrDefault(
                    workspace.path(),
                    new PackageId(
                            workspace.name().orElse(""),
                            workspace.isRoot() ? "root:" : "workspace:" + workspace.path()));
            vertices.add(new Vertex(id, Optional.of(workspace.path()), Optional.empty()));
        }
        lockfile.placements().keySet().stream().sorted(FILE).forEach(this::place);
        lockfile.workspaces().forEach(workspace -> workspaces.put(workspace.path(), workspace));
        for (int number = 0; number < vertices.size(); number++) {
            int own = number;
            vertices.get(number).locked().ifPresent(locked -> ofPackages.put(own, sorted(ofPackage(locked))));
        }
        this.peers = peers();
    }

    /** Members, and the root where something depends on it, by path. */
    private static Map<String, PackageId> lockedMembers(Lockfile lockfile) {
        Map<String, PackageId> ids = new HashMap<>();
        for (LockedPackage locked : lockfile.packages().values()) {
            if (locked.resolution() instanceof Resolution.Workspace workspace) {
                ids.put(workspace.path(), locked.id());
            } else if (locked.resolution() instanceof Resolution.Root) {
                ids.put("", locked.id());
            }
        }
        return ids;
    }

    private void place(PlacementKey key) {
        Placement placement =
                Optional.ofNullable(lockfile.placements().get(key)).orElseThrow();
        places.computeIfAbsent(placement.id(), id -> new ArrayList<>()).add(key);
        if (placement.bundled()) {
            bundled.add(key);
        }
        Optional.ofNullable(lockfile.packages().get(placement.id()))
                .filter(locked -> !(locked.resolution() instanceof Resolution.Workspace
                        || locked.resolution() instanceof Resolution.Root))
                .filter(locked -> numbers.putIfAbsent(locked.id(), vertices.size()) == null)
                .ifPresent(locked -> vertices.add(new Vertex(locked.id(), Optional.empty(), Optional.of(locked))));
    }

    /**
     * The graph of a variant.
     *
     * @param filter what is left out
     */
    Graph build(BunRules rules, EdgeFilter filter) {
        List<List<Edge>> edges = new ArrayList<>(vertices.size());
        for (List<Edge> declared : edges(rules, filter)) {
            edges.add(declared.stream()
                    .filter(edge -> !edge.isOpen() && filter.keeps(edge, vertices.get(edge.target())))
                    .toList());
        }
        return new Graph(vertices, edges, peers);
    }

    List<Vertex> vertices() {
        return vertices;
    }

    /** The edges of each package, nothing left out, with what peers mean while packages are hoisted, and what tarballs bring. */
    List<List<Edge>> hoisted() {
        List<List<Edge>> declared = declared(BunRules.BUN_1_4, EdgeFilter.none());
        PeerBinding binding = new PeerBinding(vertices, declared, overridden());
        List<List<Edge>> edges = new ArrayList<>(vertices.size());
        for (int owner = 0; owner < vertices.size(); owner++) {
            List<Edge> own = new ArrayList<>();
            declared.get(owner).stream().map(binding::hoisted).forEach(own::add);
            if (vertices.get(owner).member().isPresent()) {
                dropRepeatedPeers(own);
            }
            vertices.get(owner).locked().ifPresent(locked -> own.addAll(bundle(locked)));
            own.sort(ORDER);
            edges.add(own);
        }
        return edges;
    }

    /** Of a member's peer that another group has, too, Bun knows only the other one. */
    private static void dropRepeatedPeers(List<Edge> own) {
        Set<String> others =
                own.stream().filter(edge -> !edge.isPeer()).map(Edge::alias).collect(Collectors.toSet());
        own.removeIf(edge -> edge.isPeer() && others.contains(edge.alias()));
    }

    private List<Edge> bundle(LockedPackage locked) {
        SortedMap<String, Edge> own = new TreeMap<>();
        for (PlacementKey key : places.getOrDefault(locked.id(), List.of())) {
            for (Dependency dependency : locked.dependencies()) {
                PlacementKey child = key.child(dependency.alias());
                if (bundled.contains(child)) {
                    target(Optional.of(child))
                            .ifPresent(target -> own.put(
                                    dependency.alias(),
                                    edge(dependency, true, target).inside()));
                }
            }
        }
        return List.copyOf(own.values());
    }

    /** The edges of each package, nothing left out, with what they mean to a release. */
    private List<List<Edge>> edges(BunRules rules, EdgeFilter filter) {
        List<List<Edge>> declared = declared(rules, filter);
        return rules.isNew() ? bound.computeIfAbsent(declared, this::bind) : declared;
    }

    private List<List<Edge>> declared(BunRules rules, EdgeFilter filter) {
        List<List<Edge>> edges = new ArrayList<>(vertices.size());
        for (int number = 0; number < vertices.size(); number++) {
            Vertex vertex = vertices.get(number);
            edges.add(Optional.ofNullable(ofPackages.get(number))
                    .orElseGet(() -> sorted(ofMember(vertex, rules, filter))));
        }
        return edges;
    }

    private static List<Edge> sorted(List<Edge> edges) {
        return edges.stream().sorted(ORDER).toList();
    }

    private List<List<Edge>> bind(List<List<Edge>> edges) {
        PeerBinding binding = new PeerBinding(vertices, edges, overridden());
        List<List<Edge>> alone = edges.stream()
                .map(own -> own.stream().map(binding::hoisted).toList())
                .toList();
        List<List<Edge>> hoisted = new Hoister(vertices, alone).bind();
        List<List<Edge>> bound = new ArrayList<>(edges.size());
        for (int owner = 0; owner < edges.size(); owner++) {
            List<Edge> own = new ArrayList<>(edges.get(owner).size());
            for (int i = 0; i < edges.get(owner).size(); i++) {
                Edge edge = edges.get(owner).get(i);
                own.add(
                        PeerBinding.isByRange(edge)
                                ? binding.bind(owner, edge)
                                : hoisted.get(owner).get(i));
            }
            bound.add(own);
        }
        return bound;
    }

    private Set<String> overridden() {
        return lockfile.overrides().stream().map(OverrideRule::name).collect(Collectors.toSet());
    }

    private List<Set<String>> peers() {
        List<Set<String>> peers = new ArrayList<>(vertices.size());
        for (Vertex vertex : vertices) {
            Set<String> names = new TreeSet<>();
            vertex.locked().map(LockedPackage::dependencies).orElseGet(List::of).stream()
                    .filter(dependency -> dependency.kind() == DependencyKind.PEER
                            || dependency.kind() == DependencyKind.OPTIONAL_PEER)
                    .forEach(dependency -> names.add(dependency.alias()));
            peers.add(names);
        }
        return peers;
    }

    private List<Edge> ofMember(Vertex vertex, BunRules rules, EdgeFilter filter) {
        Workspace workspace = Optional.ofNullable(workspaces.get(vertex.member().orElseThrow()))
                .orElseThrow();
        List<Edge> own = new ArrayList<>();
        Optional<PlacementKey> from =
                workspace.isRoot() ? Optional.empty() : workspace.name().map(PlacementKey::top);
        // since 1.4 an optional peer is left out with another group that has its name
        Set<String> leftOut = new HashSet<>();
        workspace.dependencies().stream()
                .filter(dependency -> rules.isNew()
                        && filter.leavesOut(edge(dependency, false, Edge.OPEN).group()))
                .forEach(dependency -> leftOut.add(dependency.alias()));
        for (Dependency dependency : workspace.dependencies()) {
            if (dependency.kind() == DependencyKind.OPTIONAL_PEER && leftOut.contains(dependency.alias())) {
                continue;
            }
            Optional<Integer> walked = from.isPresent()
                    ? target(tree.resolve(from.get(), dependency.alias()))
                    : target(tree.resolve(dependency.alias()));
            own.add(edge(dependency, false, walked.orElse(Edge.OPEN)));
        }
        if (vertex.isRoot()) {
            for (Vertex member : vertices) {
                if (member.isMember()) {
                    int number = Optional.ofNullable(members.get(member.member().orElseThrow()))
                            .orElseThrow();
                    own.add(new Edge(member.id().name(), Group.WORKSPACE, "", false, false, false, number));
                }
            }
        }
        return own;
    }

    private List<Edge> ofPackage(LockedPackage locked) {
        boolean folder = locked.resolution() instanceof Resolution.Folder;
        List<PlacementKey> keys = places.getOrDefault(locked.id(), List.of());
        List<Edge> own = new ArrayList<>();
        for (Dependency dependency : locked.dependencies()) {
            if ((dependency.kind() == DependencyKind.DEV && !folder)
                    || keys.stream().anyMatch(key -> bundled.contains(key.child(dependency.alias())))) {
                continue;
            }
            Optional<Integer> walked = Optional.empty();
            for (PlacementKey key : keys) {
                // the first place says what an optional peer means, the last one what all others do
                if (walked.isEmpty() || dependency.kind() != DependencyKind.OPTIONAL_PEER) {
                    walked = target(tree.resolve(key, dependency.alias())).or(Optional.of(walked)::get);
                }
            }
            boolean isNested =
                    keys.stream().map(key -> key.child(dependency.alias())).anyMatch(this::isPlace);
            own.add(edge(dependency, isNested, walked.orElse(Edge.OPEN)));
        }
        return own;
    }

    private boolean isPlace(PlacementKey key) {
        return lockfile.placements().containsKey(key);
    }

    private Optional<Integer> target(Optional<PlacementKey> place) {
        return place.map(lockfile.placements()::get).flatMap(placement -> number(placement.id()));
    }

    private Optional<Integer> number(PackageId id) {
        LockedPackage locked = lockfile.packages().get(id);
        if (locked != null && locked.resolution() instanceof Resolution.Workspace workspace) {
            return Optional.ofNullable(members.get(workspace.path()));
        }
        if (locked != null && locked.resolution() instanceof Resolution.Root) {
            return Optional.of(Graph.ROOT);
        }
        return Optional.ofNullable(numbers.get(id));
    }

    private static Edge edge(Dependency dependency, boolean isNested, int target) {
        return new Edge(
                dependency.alias(),
                switch (dependency.kind()) {
                    case DEV -> Group.DEV;
                    case OPTIONAL -> Group.OPTIONAL;
                    case PROD -> Group.PROD;
                    case PEER, OPTIONAL_PEER -> Group.PEER;
                },
                dependency.literal(),
                dependency.kind() == DependencyKind.OPTIONAL_PEER,
                isNested,
                false,
                target);
    }

    /** The order of UTF-8. */
    static int compareBytes(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
