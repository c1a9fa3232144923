package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.layout.isolated.Graph.Vertex;
import dev.ocnix.layout.isolated.Peers.Peer;
import dev.ocnix.model.OcnixException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first pass of Bun's isolated linker (src/install/isolated_install.zig): walks the graph depth first, gives each use of
 * a package a node, and finds for each peer which package from above it is.
 */
final class NodeTree {
    /** Real projects of thousands of packages need some hundred thousand. */
    private static final long MOST_STEPS = 500_000_000L;

    private final Graph graph;
    private final BunRules rules;
    private final LeakingPeers leaking;
    private final List<Map<String, Integer>> dependencies = new ArrayList<>();
    private final Map<Use, Node> shared = new HashMap<>();
    private final Deque<Pending> stack = new ArrayDeque<>();
    private long steps;

    /** A use of a package that has the same subtree wherever it occurs. */
    private record Use(int vertex, String alias, boolean isImplicit, List<Optional<Integer>> context) {}

    private record Pending(Node parent, Edge edge) {}

    NodeTree(Graph graph, BunRules rules) {
        this.graph = graph;
        this.rules = rules;
        this.leaking = new LeakingPeers(graph);
        for (List<Edge> edges : graph.edges()) {
            Map<String, Integer> own = new HashMap<>();
            edges.stream().filter(edge -> !edge.isPeer()).forEach(edge -> own.putIfAbsent(edge.alias(), edge.target()));
            dependencies.add(own);
        }
    }

    /**
     * The node of the root.
     *
     * @throws OcnixException if peers multiply the nodes beyond all bounds
     */
    Node grow() throws OcnixException {
        Node root = new Node(Graph.ROOT, Optional.empty(), Optional.empty(), dependencies.get(Graph.ROOT));
        expand(root, graph.edges().get(Graph.ROOT));
        while (!stack.isEmpty()) {
            Pending next = stack.pop();
            next.parent().add(next.edge(), visit(next.parent(), next.edge()));
            if (steps > MOST_STEPS) {
                throw OcnixException.input(
                        "The peer dependencies of this lockfile give more combinations than can be laid"
                                + " out in isolation; set ocnix.linker to hoisted.");
            }
        }
        return root;
    }

    private Node visit(Node parent, Edge edge) {
        for (Optional<Node> node = Optional.of(parent);
                node.isPresent();
                node = node.get().parent()) {
            steps++;
            if (node.get().isReachedBy(edge)) {
                return node.get();
            }
        }
        Optional<Use> use = use(parent, edge);
        if (use.isPresent()) {
            Node earlier = shared.get(use.get());
            if (earlier != null) {
                share(earlier, parent);
                return earlier;
            }
        }
        boolean isReference = isReference(edge);
        Node node = new Node(
                edge.target(),
                Optional.of(parent),
                Optional.of(edge),
                isReference ? Map.of() : dependencies.get(edge.target()));
        use.ifPresent(key -> shared.put(key, node));
        expand(node, isReference ? List.of() : graph.edges().get(edge.target()));
        return node;
    }

    /** A member has its dependencies where the root implies it, and nowhere else. */
    private boolean isReference(Edge edge) {
        Vertex target = graph.vertices().get(edge.target());
        return target.member().isPresent() && !edge.isImplicit();
    }

    /** What decides on the subtree of a use; empty if the use is not to be shared. */
    private Optional<Use> use(Node parent, Edge edge) {
        List<String> names = leaking.of(edge.target());
        List<Optional<Integer>> context = new ArrayList<>(names.size());
        for (String name : names) {
            Optional<Integer> given = given(parent, name);
            if (given.isEmpty() && !rules.isNew()) {
                return Optional.empty();
            }
            context.add(given);
        }
        return Optional.of(new Use(edge.target(), edge.alias(), edge.isImplicit(), context));
    }

    private Optional<Integer> given(Node parent, String name) {
        for (Optional<Node> node = Optional.of(parent);
                node.isPresent();
                node = node.get().parent()) {
            steps++;
            Optional<Integer> own = node.get().given(name);
            if (own.isPresent()) {
                return own;
            }
        }
        return Optional.empty();
    }

    /** The peers of a subtree are those of its new parent, too, as far up as nobody has them. */
    private void share(Node earlier, Node parent) {
        for (Peer peer : List.copyOf(earlier.peers().all())) {
            Optional<Node> node = Optional.of(parent);
            while (node.isPresent() && node.get().dependency(peer.alias()).isEmpty()) {
                steps++;
                record(node.get(), peer);
                node = node.get().parent();
            }
        }
    }

    private void record(Node node, Peer peer) {
        // since 1.4 no package is a peer of its own
        if (rules.isNew() && node.vertex() == peer.vertex()) {
            return;
        }
        node.peers().add(graph.vertices().get(peer.vertex()).id().name(), peer);
    }

    private void expand(Node node, List<Edge> edges) {
        List<Edge> children = new ArrayList<>();
        for (Edge edge : edges) {
            if (edge.isPeer()) {
                peer(node, edge).ifPresent(children::add);
            } else {
                children.add(edge);
            }
        }
        for (int i = children.size() - 1; i >= 0; i--) {
            stack.push(new Pending(node, children.get(i)));
        }
    }

    /** Finds a peer from the node upwards; the edge to it, unless the node has the package by itself. */
    private Optional<Edge> peer(Node node, Edge edge) {
        List<Node> visited = new ArrayList<>();
        Peer found = new Peer(edge.target(), edge.alias(), true);
        for (Optional<Node> at = Optional.of(node);
                at.isPresent();
                at = at.get().parent()) {
            steps++;
            Node here = at.get();
            Optional<Integer> declared = here.dependency(edge.alias());
            Optional<Peer> recorded = here.peers().called(edge.alias());
            if (declared.isPresent() || recorded.filter(peer -> !peer.isAuto()).isPresent()) {
                int chosen = declared.or(() -> recorded.map(Peer::vertex)).orElseThrow();
                found = new Peer(chosen, edge.alias(), false);
                break;
            }
            if (recorded.isPresent()) {
                for (Optional<Node> above = at;
                        above.isPresent() && recorded.get().vertex() != edge.target();
                        above = above.get().parent()) {
                    visited.add(above.get());
                }
                break;
            }
            visited.add(here);
        }
        Peer peer = found;
        visited.forEach(other -> record(other, peer));
        if (visited.isEmpty()) {
            return Optional.empty();
        }
        node.choose(edge.alias(), peer.vertex());
        return Optional.of(edge.to(peer.vertex()));
    }
}
