package dev.ocnix.report.inspect;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Pattern-defeating quicksort with the constants of Zig's {@code std.sort.pdq}. It is not stable, so that where elements are
 * equal only the same steps lead to the order in which Bun prints them.
 */
final class PatternSort<T> {
    private static final int LONGEST_INSERTION = 24;
    private static final int SHORTEST_NINTHER = 50;
    private static final int SHORTEST_SHIFTING = 50;
    private static final int MOST_SHIFTS = 5;
    private static final int SHORTEST_SAMPLED = 8;
    private static final int MOST_SWAPS = 12;

    private final List<T> items;
    private final Comparator<? super T> order;
    private final Deque<Range> waiting = new ArrayDeque<>();
    private int swaps;

    /** A part of the list: from {@code start}, before {@code end}; {@code limit} is how many more bad partitions it may have. */
    private record Range(int start, int end, int limit) {
        int length() {
            return end - start;
        }
    }

    private PatternSort(List<T> items, Comparator<? super T> order) {
        this.items = items;
        this.order = order;
    }

    /** Sorts a list with fast access in place. */
    static <T> void sort(List<T> items, Comparator<? super T> order) {
        new PatternSort<>(items, order).sort();
    }

    private void sort() {
        waiting.push(new Range(0, items.size(), Integer.highestOneBit(Math.max(1, items.size())) + 1));
        while (!waiting.isEmpty()) {
            sort(waiting.pop());
        }
    }

    /** Sorts a part of the list; what is left over waits. */
    private void sort(Range whole) {
        Range range = whole;
        boolean balanced = true;
        boolean partitioned = true;
        while (range.length() > LONGEST_INSERTION) {
            if (range.limit() == 0) {
                heap(range);
                return;
            }
            if (!balanced) {
                shuffle(range);
                range = new Range(range.start(), range.end(), range.limit() - 1);
            }
            int pivot = pivot(range);
            boolean increasing = swaps == 0;
            if (swaps == MOST_SWAPS) {
                Collections.reverse(items.subList(range.start(), range.end()));
                pivot = range.end() - 1 - (pivot - range.start());
                increasing = true;
            }
            if (balanced && partitioned && increasing && shift(range)) {
                return;
            }
            if (range.start() > 0 && !less(range.start() - 1, pivot)) {
                range = new Range(skipEqual(range, pivot), range.end(), range.limit());
                continue;
            }
            swap(range.start(), pivot);
            Split split = partition(range);
            partitioned = split.wasPartitioned();
            Range left = new Range(range.start(), split.middle(), range.limit());
            Range right = new Range(split.middle() + 1, range.end(), range.limit());
            boolean leftIsShorter = left.length() < right.length() + 1;
            int shorter = leftIsShorter ? left.length() : right.length() + 1;
            balanced = shorter >= range.length() / 8;
            waiting.push(leftIsShorter ? left : right);
            range = leftIsShorter ? right : left;
        }
        insert(range);
    }

    private void insert(Range range) {
        for (int i = range.start() + 1; i < range.end(); i++) {
            for (int j = i; j > range.start() && less(j, j - 1); j--) {
                swap(j, j - 1);
            }
        }
    }

    /** The likely median; counts the swaps that it took. */
    private int pivot(Range range) {
        int quarter = range.length() / 4;
        int first = range.start() + quarter;
        int second = first + quarter;
        int third = second + quarter;
        swaps = 0;
        if (range.length() >= SHORTEST_SAMPLED) {
            if (range.length() >= SHORTEST_NINTHER) {
                sort3(first - 1, first, first + 1);
                sort3(second - 1, second, second + 1);
                sort3(third - 1, third, third + 1);
            }
            sort3(first, second, third);
        }
        return second;
    }

    private void sort3(int a, int b, int c) {
        order(a, b);
        order(b, c);
        order(a, b);
    }

    private void order(int a, int b) {
        if (less(b, a)) {
            swaps++;
            swap(a, b);
        }
    }

    /** Repairs a few neighbours that are out of order; true if everything is in order then. */
    private boolean shift(Range range) {
        int i = range.start() + 1;
        for (int step = 0; step < MOST_SHIFTS; step++) {
            while (i < range.end() && !less(i, i - 1)) {
                i++;
            }
            if (i == range.end()) {
                return true;
            }
            if (range.length() < SHORTEST_SHIFTING) {
                return false;
            }
            swap(i, i - 1);
            if (i - range.start() >= 2) {
                for (int j = i - 1; j >= 1 && less(j, j - 1); j--) {
                    swap(j, j - 1);
                }
            }
            if (range.end() - i >= 2) {
                for (int j = i + 1; j < range.end() && less(j, j - 1); j++) {
                    swap(j, j - 1);
                }
            }
        }
        return false;
    }

    /** Moves what equals the pivot to the front, if nothing is less than it; gives the first element that is greater. */
    private int skipEqual(Range range, int pivot) {
        int start = range.start();
        swap(start, pivot);
        int i = start;
        int j = range.end();
        while (true) {
            i++;
            j--;
            while (i <= j && !less(start, i)) {
                i++;
            }
            while (less(start, j)) {
                j--;
            }
            if (i > j) {
                return i;
            }
            swap(i, j);
        }
    }

    private record Split(int middle, boolean wasPartitioned) {}

    /** Puts what is less than the first element before it. */
    private Split partition(Range range) {
        int start = range.start();
        int i = start;
        int j = range.end();
        boolean moved = false;
        while (true) {
            i++;
            j--;
            while (i <= j && less(i, start)) {
                i++;
            }
            while (i <= j && !less(j, start)) {
                j--;
            }
            if (i > j) {
                swap(j, start);
                return new Split(j, !moved);
            }
            swap(i, j);
            moved = true;
        }
    }

    /** Swaps three elements of the middle with ones that look random. */
    private void shuffle(Range range) {
        int length = range.length();
        long random = length;
        long mask = (long) Integer.highestOneBit(length - 1) * 2 - 1;
        int middle = range.start() + length / 4 * 2;
        for (int i = middle - 1; i <= middle + 1; i++) {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
            int other = (int) (random & mask);
            swap(i, range.start() + (other >= length ? other - length : other));
        }
    }

    private void heap(Range range) {
        for (int i = range.start() + range.length() / 2 - 1; i >= range.start(); i--) {
            sift(range.start(), i, range.end());
        }
        for (int i = range.end() - 1; i >= range.start(); i--) {
            swap(range.start(), i);
            sift(range.start(), range.start(), i);
        }
    }

    private void sift(int start, int from, int end) {
        int node = from;
        while (true) {
            int child = start + (node - start) * 2 + 1;
            if (child >= end) {
                return;
            }
            if (child + 1 < end && less(child, child + 1)) {
                child++;
            }
            if (less(child, node)) {
                return;
            }
            swap(child, node);
            node = child;
        }
    }

    private boolean less(int a, int b) {
        return order.compare(items.get(a), items.get(b)) < 0;
    }

    private void swap(int a, int b) {
        Collections.swap(items, a, b);
    }
}
