package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes from the root down to the one that is being grown, and what they give to those below. */
final class Ancestors {
    private final Deque<Generation> generations = new ArrayDeque<>();
    private final Map<Role, Node> roles = new HashMap<>();
    /** By the numbers of peers' names the packages that the nearest ancestor gives. */
    private final int[] given;

    /** @param names how many there are */
    Ancestors(int names) {
        this.given = new int[names];
        Arrays.fill(given, Questions.NOBODY);
    }

    /** What a package is used as. */
    record Role(int vertex, String alias, boolean isImplicit) {
        static Role of(Edge edge) {
            return new Role(edge.target(), edge.alias(), edge.isImplicit());
        }
    }

    /** One of the nodes, with the edges that are still to be followed and what it hides of those above it. */
    private static final class Generation {
        private final Node node;
        private final List<Edge> edges;
        private final Map<Integer, Integer> hidden = new HashMap<>(0);
        private int next;

        Generation(Node node, List<Edge> edges) {
            this.node = node;
            this.edges = edges;
        }
    }

    /** @param edges those to follow from the node */
    void enter(Node node, List<Edge> edges) {
        Generation generation = new Generation(node, edges);
        generations.addLast(generation);
        node.edge().ifPresent(edge -> roles.put(Role.of(edge), node));
        node.forEachGiven((name, vertex) -> {
            generation.hidden.put(name, given[name]);
            given[name] = vertex;
        });
    }

    private void leave() {
        Generation generation = generations.removeLast();
        generation.node.edge().ifPresent(edge -> roles.remove(Role.of(edge)));
        generation.hidden.forEach((name, above) -> given[name] = above);
    }

    /** Leaves the nodes that have no more edges to follow; whether any is left. */
    boolean hasNext() {
        while (!generations.isEmpty()
                && generations.getLast().next == generations.getLast().edges.size()) {
            leave();
        }
        return !generations.isEmpty();
    }

    /** The next edge of the last node. */
    Edge next() {
        Generation generation = generations.getLast();
        return generation.edges.get(generation.next++);
    }

    Node last() {
        return generations.getLast().node;
    }

    /** The ancestor that is used as an edge would use it. */
    Optional<Node> as(Edge edge) {
        return Optional.ofNullable(roles.get(Role.of(edge)));
    }

    /** By the numbers of names what the nearest ancestor gives, or {@link Questions#NOBODY}. */
    int[] given() {
        return given;
    }

    /** Whether a dependency of a name is anything to those below. */
    boolean gives(int name) {
        return given[name] != Questions.NOBODY;
    }
}
