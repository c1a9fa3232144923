package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Ancestors.Role;
import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.layout.isolated.Graph.Vertex;
import dev.ocnix.layout.isolated.Peers.Peer;
import dev.ocnix.layout.isolated.Questions.Asked;
import dev.ocnix.layout.isolated.Uses.Context;
import dev.ocnix.layout.isolated.Uses.Use;
import dev.ocnix.model.OcnixException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first pass of Bun's isolated linker (src/install/isolated_install.zig): walks the graph depth first, gives each use of
 * a package a node, and finds for each peer which package from above it is.
 *
 * <p>Bun shares the node of a package between uses to which the nodes above give the same packages for the peers that the
 * package and all below it ask for. Bun 1.3 shares none where a peer is given by nobody, and no release shares one between
 * two names of a package, or where somebody gives a peer that would be the same if nobody did; the trees that come of that are
 * equal unless a node in them leads back to an ancestor that is not part of them. So these are shared here, too, as {@link Uses}
 * tells, or the number of nodes would double with each level.
 */
final class NodeTree {
    /** Beyond four times the packages; real projects of thousands of packages need some thousand. */
    private static final int MOST_EXACT_NODES = 20_000;

    private static final int MOST_NODES = 200_000;
    /** As many answers as fit into the memory of small machines. */
    private static final long MOST_ANSWERS = 16_000_000L;
    /** Beyond four times what it takes to ask on each edge once. */
    private static final long MOST_STEPS = 50_000_000L;

    private final Graph graph;
    private final BunRules rules;
    private final PeerNames names;
    private final boolean isExact;
    private final List<Map<Integer, Integer>> dependencies;
    private final Uses uses;
    private final Ancestors ancestors;
    private int nodes;
    private long answers;
    private long steps;

    private NodeTree(Graph graph, BunRules rules, PeerNames names, boolean isExact) {
        this.graph = graph;
        this.rules = rules;
        this.names = names;
        this.isExact = isExact;
        this.dependencies = names.dependencies();
        this.uses = new Uses(names.questions(), isExact);
        this.ancestors = new Ancestors(names.count());
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
            if (isTooMuch()) {
                return Optional.empty();
            }
        }
        return Optional.of(root);
    }

    private boolean isTooMuch() {
        return nodes
                        > (isExact ? MOST_EXACT_NODES : MOST_NODES)
                                + 4L * graph.vertices().size()
                || answers > MOST_ANSWERS
                || steps > MOST_STEPS + 4 * names.questions().total();
    }

    private Node visit(Node parent, Edge edge) {
        Optional<Node> ancestor = ancestors.as(edge);
        if (ancestor.isPresent()) {
            return ancestor.get();
        }
        Use use = use(parent, edge);
        Optional<Node> known = uses.known(use);
        if (known.isPresent()) {
            share(known.get().peers().all(), parent);
            return known.get();
        }
        Optional<Node> alike = uses.alike(use);
        if (alike.isPresent()) {
            share(alike.get().peers().all(), parent);
            share(alike.get().peers().late(), parent);
            return alike.get();
        }
        boolean isReference = isReference(edge);
        Node node = new Node(
                edge.target(),
                Optional.of(parent),
                Optional.of(edge),
                isReference ? Map.of() : dependencies.get(edge.target()));
        nodes++;
        answers += use.context().given().length;
        uses.add(use, node);
        expand(node, isReference ? List.of() : graph.edges().get(edge.target()));
        return node;
    }

    private Use use(Node parent, Edge edge) {
        Asked asked = names.questions().of(edge.target());
        steps += 1 + asked.names().length;
        int[] given = asked.answers(ancestors.given());
        boolean isCircular = names.areCircular(edge.target(), parent.vertex());
        return new Use(
                Role.of(edge),
                new Context(edge.target(), given),
                new Context(edge.target(), asked.meanings(given, isExact)),
                rules.isNew() || Arrays.stream(given).noneMatch(vertex -> vertex == Questions.NOBODY),
                Optional.of(parent).filter(node -> isExact && isCircular));
    }

    /** A member has its dependencies where the root implies it, and nowhere else. */
    private boolean isReference(Edge edge) {
        Vertex target = graph.vertices().get(edge.target());
        return target.member().isPresent() && !edge.isImplicit();
    }

    /** The peers of a subtree are those of its new parent, too. */
    private void share(List<Peer> peers, Node parent) {
        steps += peers.size();
        for (Peer earlier : peers) {
            boolean isAuto = !ancestors.gives(earlier.alias());
            mark(parent, isAuto == earlier.isAuto() ? earlier : names.peer(earlier.vertex(), earlier.alias(), isAuto));
        }
    }

    /** Has a node and those above it take a peer, up to whoever gives it or has it already. */
    private void mark(Node first, Peer peer) {
        boolean isBeyondOwn = false;
        for (Optional<Node> at = Optional.of(first);
                at.isPresent() && !at.get().gives(peer.alias());
                at = at.get().parent()) {
            steps++;
            Node node = at.get();
            if (isOwn(node, peer)) {
                isBeyondOwn = true;
            } else if (!node.peers().add(peer)) {
                return;
            } else if (isBeyondOwn || node.peers().areSomeLate()) {
                uses.tell(node.vertex());
            }
        }
    }

    /** Since 1.4 no package is a peer of its own. */
    private boolean isOwn(Node node, Peer peer) {
        return rules.isNew() && node.vertex() == peer.vertex();
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

    /** The edge to what a peer is, unless the node has the package by itself. */
    private Optional<Edge> peer(Node node, Edge edge) {
        int alias = names.number(edge.alias());
        if (node.gives(alias)) {
            return Optional.empty();
        }
        boolean isAuto = !ancestors.gives(alias);
        Peer peer = names.peer(isAuto ? edge.target() : ancestors.given()[alias], alias, isAuto);
        mark(node, peer);
        node.choose(alias, peer.vertex());
        return Optional.of(edge.to(peer.vertex()));
    }
}
