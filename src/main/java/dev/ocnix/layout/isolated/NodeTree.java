package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Ancestors.Role;
import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.layout.isolated.Graph.Vertex;
import dev.ocnix.layout.isolated.Peers.Peer;
import dev.ocnix.model.OcnixException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first pass of Bun's isolated linker (src/install/isolated_install.zig): walks the graph depth first, gives each use of
 * a package a node, and finds for each peer which package from above it is.
 *
 * <p>Bun shares the node of a package between uses to which the nodes above give the same packages for the peers that the
 * package and all below it ask for, as {@link #known} tells. Bun 1.3 shares none where a peer is given by nobody, and no
 * release shares one between two names of a package; the trees that come of that are equal unless a node in them leads back
 * to an ancestor that is not part of them. So these are shared here, too, as {@link #alike} tells, or the number of nodes
 * would double with each level.
 */
final class NodeTree {
    /** Real projects of thousands of packages need some thousand. */
    private static final int MOST_EXACT_NODES = 20_000;

    private static final int MOST_NODES = 200_000;

    private static final long MOST_STEPS = 50_000_000L;
    private static final int NOBODY = -1;

    private final Graph graph;
    private final BunRules rules;
    private final PeerNames names;
    private final boolean isExact;
    private final List<Map<Integer, Integer>> dependencies;
    private final Map<Context, Node> known = new HashMap<>();
    private final Map<Likeness, Node> alike = new HashMap<>();
    private final Ancestors ancestors = new Ancestors();
    private int nodes;
    private long steps;

    /**
     * A package with what those above it give for the peers that it and those below ask for.
     *
     * @param given packages, or {@link #NOBODY}
     */
    private record Context(int vertex, List<Integer> given) {}

    /**
     * A use of a package that has the same subtree wherever it occurs.
     *
     * @param within the parent if the package can be above it, too
     */
    private record Likeness(Role role, Context context, Optional<Node> within) {}

    private NodeTree(Graph graph, BunRules rules, PeerNames names, boolean isExact) {
        this.graph = graph;
        this.rules = rules;
        this.names = names;
        this.isExact = isExact;
        this.dependencies = names.dependencies();
    }

    /**
     * The node of the root. Where that is beyond what machines hold, in which case Bun itself may not end, uses are shared that
     * differ in little: in a circle, whatever is above them, and with a peer that is given, but means the same where it is not.
     *
     * @throws OcnixException if peers multiply the nodes beyond all bounds even so
     */
    static Node of(Graph graph, BunRules rules) throws OcnixException {
        PeerNames names = new PeerNames(graph);
        return new NodeTree(graph, rules, names, true)
                .grow()
                .or(() -> new NodeTree(graph, rules, names, false).grow())
                .orElseThrow(() -> OcnixException.input(
                        "The peer dependencies of this lockfile give more combinations than can be laid"
                                + " out in isolation; set ocnix.linker to hoisted."));
    }

    /** Nothing if there are too many. */
    private Optional<Node> grow() {
        Node root = new Node(Graph.ROOT, Optional.empty(), Optional.empty(), dependencies.get(Graph.ROOT));
        expand(root, graph.edges().get(Graph.ROOT));
        while (ancestors.hasNext()) {
            Node parent = ancestors.last();
            Edge edge = ancestors.next();
            parent.add(edge, visit(parent, edge));
            if (nodes > (isExact ? MOST_EXACT_NODES : MOST_NODES) || steps > MOST_STEPS) {
                return Optional.empty();
            }
        }
        return Optional.of(root);
    }

    private Node visit(Node parent, Edge edge) {
        Optional<Node> ancestor = ancestors.as(edge);
        if (ancestor.isPresent()) {
            return ancestor.get();
        }
        int[] asked = names.leaking(edge.target());
        Context context = new Context(edge.target(), given(asked, false));
        boolean isShared = rules.isNew() || Arrays.stream(asked).allMatch(ancestors::gives);
        Role role = Role.of(edge);
        Node earlier = isShared ? known.get(context) : null;
        if (earlier != null && earlier.edge().map(Role::of).filter(role::equals).isPresent()) {
            share(earlier.peers().all(), parent);
            return earlier;
        }
        Likeness likeness = new Likeness(
                role,
                isExact ? context : new Context(edge.target(), given(asked, true)),
                Optional.of(parent).filter(node -> isExact && names.areCircular(edge.target(), node.vertex())));
        Node alike = this.alike.get(likeness);
        if (alike != null) {
            share(alike.peers().all(), parent);
            share(alike.peers().late(), parent);
            return alike;
        }
        boolean isReference = isReference(edge);
        Node node = new Node(
                edge.target(),
                Optional.of(parent),
                Optional.of(edge),
                isReference ? Map.of() : dependencies.get(edge.target()));
        nodes++;
        if (isShared) {
            known.putIfAbsent(context, node);
        }
        this.alike.put(likeness, node);
        expand(node, isReference ? List.of() : graph.edges().get(edge.target()));
        return node;
    }

    /** A member has its dependencies where the root implies it, and nowhere else. */
    private boolean isReference(Edge edge) {
        Vertex target = graph.vertices().get(edge.target());
        return target.member().isPresent() && !edge.isImplicit();
    }

    /** @param isMeant whether what nobody gives is what all peers of the name mean then */
    private List<Integer> given(int[] asked, boolean isMeant) {
        List<Integer> given = new ArrayList<>(asked.length);
        for (int name : asked) {
            given.add(ancestors
                    .given(name)
                    .or(() -> isMeant ? names.certain(name) : Optional.empty())
                    .orElse(NOBODY));
        }
        steps += asked.length;
        return given;
    }

    /** The peers of a subtree are those of its new parent, too, as far up as nobody has them. */
    private void share(List<Peer> peers, Node parent) {
        for (Peer earlier : peers) {
            Peer peer = names.peer(earlier.vertex(), earlier.alias(), !ancestors.gives(earlier.alias()));
            Optional<Node> node = Optional.of(parent);
            while (node.isPresent()
                    && !node.get().given().containsKey(peer.alias())
                    && (isOwn(node.get(), peer) || record(node.get(), peer))) {
                node = node.get().parent();
            }
        }
    }

    /** Since 1.4 no package is a peer of its own. */
    private boolean isOwn(Node node, Peer peer) {
        return rules.isNew() && node.vertex() == peer.vertex();
    }

    /** Whether the peer is new to a node; if not, those above have it, too. */
    private boolean record(Node node, Peer peer) {
        steps++;
        return !isOwn(node, peer) && node.peers().add(peer);
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
        ancestors.enter(node, children);
    }

    /** Finds a peer from the node upwards; the edge to it, unless the node has the package by itself. */
    private Optional<Edge> peer(Node node, Edge edge) {
        int alias = names.number(edge.alias());
        List<Node> visited = new ArrayList<>();
        Peer found = names.peer(edge.target(), alias, true);
        for (Optional<Node> at = Optional.of(node);
                at.isPresent();
                at = at.get().parent()) {
            steps++;
            Node here = at.get();
            Integer declared = here.given().get(alias);
            if (declared != null) {
                found = names.peer(declared, alias, false);
                break;
            }
            Optional<Peer> recorded = here.peers().called(alias);
            if (recorded.isPresent()) {
                if (!recorded.get().isAuto()) {
                    found = recorded.get();
                } else if (recorded.get().vertex() != edge.target()) {
                    for (Optional<Node> above = at;
                            above.isPresent();
                            above = above.get().parent()) {
                        visited.add(above.get());
                    }
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
        node.choose(alias, peer.vertex());
        return Optional.of(edge.to(peer.vertex()));
    }
}
