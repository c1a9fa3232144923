package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.layout.isolated.Peers.Peer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** By the numbers of names the one package that every peer of the name means where nobody gives it. */
    private final Map<Integer, Integer> certain = new HashMap<>();

    private final List<BitSet> leaking = new ArrayList<>();
    private final Cycles cycles;

    PeerNames(Graph graph) {
        this.graph = graph;
        TreeSet<String> peers = new TreeSet<>();
        graph.edges().forEach(edges -> edges.stream().filter(Edge::isPeer).forEach(edge -> peers.add(edge.alias())));
        graph.peers().forEach(peers::addAll);
        peers.forEach(name -> numbers.put(name, numbers.size()));
        this.ranks = ranks();
        findBelow();
        findCertain();
        this.cycles = new Cycles(below);
        solve();
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

    private void findCertain() {
        BitSet open = new BitSet();
        for (int vertex = 0; vertex < ranks.length; vertex++) {
            Set<String> own = new HashSet<>();
            for (Edge edge : graph.edges().get(vertex)) {
                if (edge.isPeer()) {
                    own.add(edge.alias());
                    Integer other = certain.putIfAbsent(number(edge.alias()), edge.target());
                    if (other != null && other != edge.target()) {
                        open.set(number(edge.alias()));
                    }
                }
            }
            graph.peers().get(vertex).stream()
                    .filter(name -> !own.contains(name))
                    .forEach(name -> open.set(number(name)));
        }
        open.stream().forEach(certain::remove);
    }

    private void solve() {
        List<List<Integer>> users = new ArrayList<>();
        graph.vertices().forEach(vertex -> users.add(new ArrayList<>()));
        Deque<Integer> changed = new ArrayDeque<>();
        BitSet waiting = new BitSet();
        for (int vertex = 0; vertex < below.size(); vertex++) {
            leaking.add(new BitSet());
            changed.add(vertex);
            waiting.set(vertex);
            for (int target : below.get(vertex)) {
                users.get(target).add(vertex);
            }
        }
        while (!changed.isEmpty()) {
            int vertex = changed.remove();
            waiting.clear(vertex);
            BitSet now = evaluate(vertex);
            if (!now.equals(leaking.get(vertex))) {
                leaking.set(vertex, now);
                for (int user : users.get(vertex)) {
                    if (!waiting.get(user)) {
                        waiting.set(user);
                        changed.add(user);
                    }
                }
            }
        }
    }

    private BitSet evaluate(int vertex) {
        BitSet set = new BitSet();
        graph.peers().get(vertex).forEach(name -> set.set(number(name)));
        for (Edge edge : graph.edges().get(vertex)) {
            if (edge.isPeer()) {
                set.set(number(edge.alias()));
            }
        }
        for (int target : below.get(vertex)) {
            set.or(leaking.get(target));
        }
        for (Edge edge : graph.edges().get(vertex)) {
            Integer number = edge.isPeer() ? null : numbers.get(edge.alias());
            if (number != null) {
                set.clear(number);
            }
        }
        return set;
    }

    /** The number of a name that some peer has. */
    int number(String name) {
        return numbers.getOrDefault(name, numbers.size());
    }

    Peer peer(int vertex, int alias, boolean isAuto) {
        return new Peer(vertex == Edge.OPEN ? 0 : ranks[vertex], vertex, alias, isAuto);
    }

    /** The numbers of the names that a package and what is below it ask for, sorted. */
    int[] leaking(int vertex) {
        return leaking.get(vertex).stream().toArray();
    }

    /** The one package that all peers of a name mean where nobody gives it, if it is one. */
    Optional<Integer> certain(int name) {
        return Optional.ofNullable(certain.get(name));
    }

    /** Whether each of two packages can be below the other. */
    boolean areCircular(int one, int other) {
        return cycles.join(one, other);
    }

    /** Of each package its dependencies that are called as peers are, without peers. */
    List<Map<Integer, Integer>> dependencies() {
        List<Map<Integer, Integer>> dependencies = new ArrayList<>();
        for (List<Edge> edges : graph.edges()) {
            Map<Integer, Integer> own = new HashMap<>();
            for (Edge edge : edges) {
                Integer number = edge.isPeer() ? null : numbers.get(edge.alias());
                if (number != null) {
                    own.putIfAbsent(number, edge.target());
                }
            }
            dependencies.add(own);
        }
        return dependencies;
    }
}
