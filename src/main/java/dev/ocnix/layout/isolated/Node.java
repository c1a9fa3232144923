package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One use of a package: the first pass makes a tree of them, in which a node can be the child of several others. */
final class Node {
    private final int vertex;
    private final Optional<Node> parent;
    private final Optional<Edge> edge;
    /** Installed names to packages: what the package depends on. */
    private final Map<String, Integer> dependencies;

    private final Map<String, Integer> chosenPeers = new HashMap<>();
    private final List<Child> children = new ArrayList<>();
    private final Peers peers = new Peers();

    record Child(Edge edge, Node node) {}

    /**
     * @param edge from the parent; the root has neither
     * @param dependencies without peers
     */
    Node(int vertex, Optional<Node> parent, Optional<Edge> edge, Map<String, Integer> dependencies) {
        this.vertex = vertex;
        this.parent = parent;
        this.edge = edge;
        this.dependencies = dependencies;
    }

    int vertex() {
        return vertex;
    }

    Optional<Node> parent() {
        return parent;
    }

    /** Whether an edge to the same package, of that name and kind, led here. */
    boolean isReachedBy(Edge other) {
        return vertex == other.target()
                && edge.filter(own -> own.alias().equals(other.alias()) && own.isImplicit() == other.isImplicit())
                        .isPresent();
    }

    /** The package that a dependency of that name is, chosen peers included. */
    Optional<Integer> dependency(String alias) {
        return Optional.ofNullable(dependencies.get(alias)).or(() -> Optional.ofNullable(chosenPeers.get(alias)));
    }

    /** The package that a user of the node gets for a peer of that name. */
    Optional<Integer> given(String alias) {
        return dependency(alias)
                .or(() -> peers.called(alias).filter(peer -> !peer.isAuto()).map(Peers.Peer::vertex));
    }

    void choose(String alias, int peer) {
        chosenPeers.putIfAbsent(alias, peer);
    }

    void add(Edge edge, Node child) {
        children.add(new Child(edge, child));
    }

    List<Child> children() {
        return children;
    }

    Peers peers() {
        return peers;
    }
}
