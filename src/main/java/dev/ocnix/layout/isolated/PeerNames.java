package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.layout.isolated.Peers.Peer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The names that peers have, and what a package and what is below it can ask of whoever is above. */
final class PeerNames {
    private final Graph graph;
    private final Map<String, Integer> numbers = new HashMap<>();
    /** Of each package the place of its real name in the order of all. */
    private final int[] ranks;
    /** Of each package those that can be directly below it: a peer is any that its name means somewhere. */
    private final List<int[]> below = new ArrayList<>();

    private final List<Map<Integer, Integer>> dependencies = new ArrayList<>();
    private final Cycles cycles;
    private final Questions questions;

    PeerNames(Graph graph) {
        this.graph = graph;
        TreeSet<String> peers = new TreeSet<>();
        graph.edges().forEach(edges -> edges.stream().filter(Edge::isPeer).forEach(edge -> peers.add(edge.alias())));
        graph.peers().forEach(peers::addAll);
        peers.forEach(name -> numbers.put(name, numbers.size()));
        this.ranks = ranks();
        findBelow();
        findDependencies();
        this.cycles = new Cycles(below);
        this.questions = new Questions(graph, this, below, cycles);
    }

    private int[] ranks() {
        TreeSet<String> names = new TreeSet<>(GraphBuilder::compareBytes);
        graph.vertices().forEach(vertex -> names.add(vertex.id().name()));
        Map<String, Integer> places = new HashMap<>();
        names.forEach(name -> places.put(name, places.size()));
        return graph.vertices().stream()
                .mapToInt(vertex -> places.getOrDefault(vertex.id().name(), 0))
                .toArray();
    }

    private void findBelow() {
        Map<String, TreeSet<Integer>> meant = new HashMap<>();
        for (List<Edge> edges : graph.edges()) {
            for (Edge edge : edges) {
                if (numbers.containsKey(edge.alias())) {
                    meant.computeIfAbsent(edge.alias(), alias -> new TreeSet<>())
                            .add(edge.target());
                }
            }
        }
        for (List<Edge> edges : graph.edges()) {
            below.add(edges.stream()
                    .flatMapToInt(edge -> edge.isPeer()
                            ? meant.getOrDefault(edge.alias(), new TreeSet<>()).stream()
                                    .mapToInt(Integer::intValue)
                            : IntStream.of(edge.target()))
                    .distinct()
                    .toArray());
        }
    }

    private void findDependencies() {
        for (List<Edge> edges : graph.edges()) {
            Map<Integer, Integer> own = new HashMap<>();
            for (Edge edge : edges) {
                Integer number = edge.isPeer() ? null : numbers.get(edge.alias());
                if (number != null) {
                    own.putIfAbsent(number, edge.target());
                }
            }
            dependencies.add(own.isEmpty() ? Map.of() : own);
        }
    }

    /** The number of a name that some peer has. */
    int number(String name) {
        return numbers.getOrDefault(name, numbers.size());
    }

    Peer peer(int vertex, int alias, boolean isAuto) {
        return new Peer(vertex == Edge.OPEN ? 0 : ranks[vertex], vertex, alias, isAuto);
    }

    /** What a package and those below it ask of whoever is above. */
    Questions questions() {
        return questions;
    }

    /** How many names there are. */
    int count() {
        return numbers.size();
    }

    /** Whether each of two packages can be below the other. */
    boolean areCircular(int one, int other) {
        return cycles.join(one, other);
    }

    /** Of each package its dependencies that are called as peers are, without peers. */
    List<Map<Integer, Integer>> dependencies() {
        return dependencies;
    }
}
