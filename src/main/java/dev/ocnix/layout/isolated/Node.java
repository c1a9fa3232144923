package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** One use of a package: the first pass makes a tree of them, in which a node can be the child of several others. */
final class Node {
    private final int vertex;
    private final Optional<Node> parent;
    private final Optional<Edge> edge;
    private final Map<Integer, Integer> dependencies;
    /** What peers turned out to be, by the numbers of their names. */
    private final Map<Integer, Integer> chosen = new HashMap<>(0);

    private final BitSet given = new BitSet();

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
        this.dependencies = dependencies;
        dependencies.keySet().forEach(given::set);
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

    /** Calls with the number of each peer's name that it gives to those below it, and the package that it gives. */
    void forEachGiven(BiConsumer<Integer, Integer> action) {
        dependencies.forEach(action);
        chosen.forEach(action);
    }

    /** Whether it has a dependency of the name of a peer, or chose one for its own. */
    boolean gives(int name) {
        return given.get(name);
    }

    /** Makes a package the peer of a name that it does not give yet. */
    void choose(int name, int peer) {
        chosen.put(name, peer);
        given.set(name);
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
