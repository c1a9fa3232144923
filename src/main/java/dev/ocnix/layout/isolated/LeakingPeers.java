package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The names of peers that a package and what is below it ask of whoever is above. */
final class LeakingPeers {
    private final Graph graph;
    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();
    /** Each name with all packages that any edge of that name means. */
    private final Map<String, Set<Integer>> meant = new HashMap<>();

    private final List<BitSet> leaking = new ArrayList<>();
    private final List<List<String>> texts = new ArrayList<>();

    LeakingPeers(Graph graph) {
        this.graph = graph;
        TreeSet<String> peers = new TreeSet<>();
        graph.edges().forEach(edges -> edges.stream().filter(Edge::isPeer).forEach(edge -> peers.add(edge.alias())));
        graph.peers().forEach(peers::addAll);
        this.names = List.copyOf(peers);
        names.forEach(name -> numbers.put(name, numbers.size()));
        graph.vertices().forEach(vertex -> leaking.add(new BitSet()));
        solve();
        leaking.forEach(set -> texts.add(set.stream().mapToObj(names::get).toList()));
    }

    /** Sorted. */
    List<String> of(int vertex) {
        return texts.get(vertex);
    }

    private void solve() {
        List<Set<Integer>> users = users();
        Deque<Integer> changed = new ArrayDeque<>();
        Set<Integer> waiting = new HashSet<>();
        for (int vertex = 0; vertex < leaking.size(); vertex++) {
            changed.add(vertex);
            waiting.add(vertex);
        }
        while (!changed.isEmpty()) {
            int vertex = changed.remove();
            waiting.remove(vertex);
            BitSet now = evaluate(vertex);
            if (!now.equals(leaking.get(vertex))) {
                leaking.set(vertex, now);
                for (int user : users.get(vertex)) {
                    if (waiting.add(user)) {
                        changed.add(user);
                    }
                }
            }
        }
    }

    /** Whose set depends on that of a package. */
    private List<Set<Integer>> users() {
        List<Set<Integer>> users = new ArrayList<>();
        graph.vertices().forEach(vertex -> users.add(new TreeSet<>()));
        for (List<Edge> edges : graph.edges()) {
            for (Edge edge : edges) {
                meant.computeIfAbsent(edge.alias(), alias -> new TreeSet<>()).add(edge.target());
            }
        }
        for (int vertex = 0; vertex < leaking.size(); vertex++) {
            for (Edge edge : graph.edges().get(vertex)) {
                for (int target : edge.isPeer() ? meant(edge.alias()) : Set.of(edge.target())) {
                    users.get(target).add(vertex);
                }
            }
        }
        return users;
    }

    private Set<Integer> meant(String alias) {
        return meant.getOrDefault(alias, Set.of());
    }

    private BitSet evaluate(int vertex) {
        BitSet set = new BitSet();
        graph.peers().get(vertex).forEach(name -> set.set(numbers.getOrDefault(name, 0)));
        for (Edge edge : graph.edges().get(vertex)) {
            if (edge.isPeer()) {
                set.set(numbers.getOrDefault(edge.alias(), 0));
                meant(edge.alias()).forEach(target -> set.or(leaking.get(target)));
            } else {
                set.or(leaking.get(edge.target()));
            }
        }
        for (Edge edge : graph.edges().get(vertex)) {
            Integer number = edge.isPeer() ? null : numbers.get(edge.alias());
            if (number != null) {
                set.clear(number);
            }
        }
        return set;
    }
}
