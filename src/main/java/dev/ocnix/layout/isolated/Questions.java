package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * What each package and those below it ask of whoever is above: names of peers, and what they take where nobody gives one, since
 * whoever gives that changes nothing. Only for what packages in circles ask it does: which of their uses Bun shares decides
 * whom a circle leads back to.
 */
final class Questions {
    /** What nobody gives. */
    static final int NOBODY = -1;

    /** The meaning of a name that differs between those who ask. */
    private static final int SEVERAL = -2;

    private final Graph graph;
    private final PeerNames names;
    private final List<int[]> below;
    private final List<List<Integer>> users = new ArrayList<>();
    private final BitSet[] leaking;
    private final Asked[] asked;
    private long total;

    /**
     * The questions of a package.
     *
     * @param names their numbers, sorted
     * @param meanings in their order the package that is taken where nobody gives one, {@link #NOBODY} if none is
     *     even where somebody does, or {@link #SEVERAL}
     * @param ofCircles the places of those that packages in circles ask, too
     */
    record Asked(int[] names, int[] meanings, BitSet ofCircles) {
        /** What is given for them, of what is given by the numbers of all names, or {@link #NOBODY}. */
        int[] answers(int[] given) {
            return Arrays.stream(names).map(name -> given[name]).toArray();
        }

        /**
         * What answers come to for the package and those below it.
         *
         * @param isExact whether an answer is more than its meaning to packages in circles
         */
        int[] meanings(int[] answers, boolean isExact) {
            int[] meant = answers.clone();
            for (int i = 0; i < meant.length; i++) {
                boolean isTold = meanings[i] == SEVERAL || (isExact && ofCircles.get(i));
                if (!isTold && (meant[i] == NOBODY || meanings[i] == NOBODY)) {
                    meant[i] = meanings[i];
                }
            }
            return meant;
        }
    }

    Questions(Graph graph, PeerNames names, List<int[]> below, Cycles cycles) {
        this.graph = graph;
        this.names = names;
        this.below = below;
        this.leaking = new BitSet[below.size()];
        this.asked = new Asked[below.size()];
        for (int vertex = 0; vertex < leaking.length; vertex++) {
            leaking[vertex] = new BitSet();
            users.add(new ArrayList<>());
        }
        for (int vertex = 0; vertex < leaking.length; vertex++) {
            for (int target : below.get(vertex)) {
                users.get(target).add(vertex);
            }
        }
        int[] meanings = new int[names.count()];
        for (List<Integer> circle : cycles.upwards()) {
            leak(circle, cycles);
            mean(circle, cycles, meanings);
        }
    }

    private void leak(List<Integer> circle, Cycles cycles) {
        Deque<Integer> changed = new ArrayDeque<>(circle);
        BitSet waiting = new BitSet();
        circle.forEach(waiting::set);
        while (!changed.isEmpty()) {
            int vertex = changed.remove();
            waiting.clear(vertex);
            BitSet now = evaluate(vertex);
            if (now.equals(leaking[vertex])) {
                continue;
            }
            leaking[vertex] = now;
            for (int user : users.get(vertex)) {
                if (cycles.join(user, vertex) && !waiting.get(user)) {
                    waiting.set(user);
                    changed.add(user);
                }
            }
        }
    }

    private BitSet evaluate(int vertex) {
        BitSet set = new BitSet();
        graph.peers().get(vertex).forEach(name -> set.set(names.number(name)));
        for (Edge edge : graph.edges().get(vertex)) {
            if (edge.isPeer()) {
                set.set(names.number(edge.alias()));
            }
        }
        for (int target : below.get(vertex)) {
            set.or(leaking[target]);
        }
        names.dependencies().get(vertex).keySet().forEach(set::clear);
        return set;
    }

    /** Finds the meanings for the packages of a circle, or for one that is in none. */
    private void mean(List<Integer> circle, Cycles cycles, int[] meanings) {
        boolean isCircle = circle.size() > 1
                || Arrays.stream(below.get(circle.get(0))).anyMatch(target -> target == circle.get(0));
        BitSet all = new BitSet();
        BitSet ofCircles = new BitSet();
        BitSet own = new BitSet();
        circle.forEach(vertex -> all.or(leaking[vertex]));
        all.stream().forEach(name -> meanings[name] = NOBODY);
        for (int vertex : circle) {
            for (Edge edge : graph.edges().get(vertex)) {
                if (edge.isPeer()) {
                    merge(meanings, names.number(edge.alias()), edge.target());
                    own.set(names.number(edge.alias()));
                }
            }
        }
        if (isCircle) {
            ofCircles.or(all);
            own.clear();
        }
        // who asks itself gives the answer to those below
        for (int vertex : circle) {
            for (int target : below.get(vertex)) {
                total += 1 + leaking[target].cardinality();
                if (!cycles.join(target, vertex)) {
                    merge(asked[target], own, meanings, ofCircles);
                }
            }
        }
        circle.forEach(vertex -> asked[vertex] = asked(leaking[vertex], meanings, ofCircles));
    }

    private static void merge(Asked asked, BitSet own, int[] meanings, BitSet ofCircles) {
        for (int i = 0; i < asked.names().length; i++) {
            int name = asked.names()[i];
            if (!own.get(name)) {
                merge(meanings, name, asked.meanings()[i]);
                if (asked.ofCircles().get(i)) {
                    ofCircles.set(name);
                }
            }
        }
    }

    private static void merge(int[] meanings, int name, int other) {
        if (meanings[name] == NOBODY) {
            meanings[name] = other;
        } else if (other != NOBODY && other != meanings[name]) {
            meanings[name] = SEVERAL;
        }
    }

    private Asked asked(BitSet leaking, int[] meanings, BitSet ofCircles) {
        int[] sorted = leaking.stream().toArray();
        BitSet places = new BitSet();
        for (int i = 0; i < sorted.length; i++) {
            places.set(i, ofCircles.get(sorted[i]));
        }
        return new Asked(
                sorted, Arrays.stream(sorted).map(name -> meanings[name]).toArray(), places);
    }

    /** Adds a package to some, with all that can be above it and are not among them. */
    void tell(BitSet told, int vertex) {
        Deque<Integer> queue = new ArrayDeque<>();
        queue.add(vertex);
        while (!queue.isEmpty()) {
            int next = queue.remove();
            if (!told.get(next)) {
                told.set(next);
                queue.addAll(users.get(next));
            }
        }
    }

    Asked of(int vertex) {
        return asked[vertex];
    }

    /** How many are asked if each package is looked at once from each that is above it. */
    long total() {
        return total;
    }
}
