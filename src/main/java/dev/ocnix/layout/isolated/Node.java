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
    /** What it gives to those below it, by the numbers of peers' names: its dependencies, and the peers chosen for it. */
    private final Map<Integer, Integer> given;

    private final List<Child> children = new ArrayList<>();
    private final Peers peers = new Peers();

    record Child(Edge edge, Node node) {}

    /**
     * @param edge from the parent; the root has neither
     * @param dependencies those without peers that have the name of one, by its number
     */
    Node(int vertex, Optional<Node> parent, Optional<Edge> edge, Map<Integer, Integer> dependencies) {
        this.vertex = vertex;
        this.parent = parent;
        this.edge = edge;
        this.given = new HashMap<>(dependencies);
    }

    int vertex() {
        return vertex;
    }

    Optional<Node> parent() {
        return parent;
    }

    Optional<Edge> edge() {
        return edge;
    }

    /** By the numbers of peers' names: the packages that its dependencies of these names are, chosen peers included. */
    Map<Integer, Integer> given() {
        return given;
    }

    void choose(int alias, int peer) {
        given.putIfAbsent(alias, peer);
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
