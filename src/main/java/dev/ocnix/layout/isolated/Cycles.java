package dev.ocnix.layout.isolated;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The packages that can be below themselves, each with all others that are in a circle with it. */
final class Cycles {
    private static final int NONE = -1;

    private final List<int[]> uses;
    private final int[] circle;
    private final int[] order;
    private final int[] lowest;
    private final Deque<Integer> open = new ArrayDeque<>();
    private final Deque<Step> walk = new ArrayDeque<>();
    private int seen;
    private int circles;

    /** A package with the number of those below it that have been looked at. */
    private static final class Step {
        private final int vertex;
        private int next;

        Step(int vertex) {
            this.vertex = vertex;
        }
    }

    /** @param uses of each package those that can be directly below it */
    Cycles(List<int[]> uses) {
        this.uses = uses;
        this.circle = new int[uses.size()];
        this.order = new int[uses.size()];
        this.lowest = new int[uses.size()];
        Arrays.fill(circle, NONE);
        Arrays.fill(order, NONE);
        for (int vertex = 0; vertex < uses.size(); vertex++) {
            if (order[vertex] == NONE) {
                search(vertex);
            }
        }
    }

    /** Whether a package can be below another and above it. */
    boolean join(int one, int other) {
        return circle[one] == circle[other];
    }

    /** The packages by the circles that they are in, each after all that are below it and not in it. */
    List<List<Integer>> upwards() {
        List<List<Integer>> members = new ArrayList<>();
        for (int i = 0; i < circles; i++) {
            members.add(new ArrayList<>(1));
        }
        for (int vertex = 0; vertex < circle.length; vertex++) {
            members.get(circle[vertex]).add(vertex);
        }
        return members;
    }

    private void search(int first) {
        enter(first);
        while (!walk.isEmpty()) {
            Step step = walk.getLast();
            if (step.next == uses.get(step.vertex).length) {
                leave(step.vertex);
                continue;
            }
            int below = uses.get(step.vertex)[step.next++];
            if (order[below] == NONE) {
                enter(below);
            } else if (circle[below] == NONE) {
                lowest[step.vertex] = Math.min(lowest[step.vertex], order[below]);
            }
        }
    }

    private void enter(int vertex) {
        order[vertex] = seen;
        lowest[vertex] = seen;
        seen++;
        open.addLast(vertex);
        walk.addLast(new Step(vertex));
    }

    private void leave(int vertex) {
        walk.removeLast();
        if (!walk.isEmpty()) {
            int above = walk.getLast().vertex;
            lowest[above] = Math.min(lowest[above], lowest[vertex]);
        }
        if (lowest[vertex] == order[vertex]) {
            int member;
            do {
                member = open.removeLast();
                circle[member] = circles;
            } while (member != vertex);
            circles++;
        }
    }
}
