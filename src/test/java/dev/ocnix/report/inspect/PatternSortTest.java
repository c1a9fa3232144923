package dev.ocnix.report.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSortTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 24, 25, 49, 50, 51, 1000, 5000})
    void everyPatternIsSorted(int size) {
        Random random = new Random(size);
        List<IntUnaryOperator> patterns = List.of(
                i -> i,
                i -> size - i,
                i -> 7,
                i -> i % 5,
                i -> Math.min(i, size - i),
                i -> i == size / 2 ? -1 : i,
                i -> i ^ 5,
                i -> (i * 7919) % 1009,
                i -> random.nextInt(),
                i -> random.nextInt(10));
        for (IntUnaryOperator pattern : patterns) {
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                numbers.add(pattern.applyAsInt(i));
            }
            List<Integer> expected = new ArrayList<>(numbers);
            Collections.sort(expected);
            PatternSort.sort(numbers, Comparator.naturalOrder());
            assertEquals(expected, numbers);
        }
    }

    /** An order that makes each pivot the worst one, by deciding late which element is how large. */
    @ParameterizedTest
    @ValueSource(ints = {100, 2000})
    void anAdversaryCostsLittle(int size) {
        Adversary adversary = new Adversary(size);
        List<Integer> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(i);
        }
        PatternSort.sort(items, adversary);
        for (int i = 1; i < size; i++) {
            assertTrue(adversary.compare(items.get(i - 1), items.get(i)) <= 0);
        }
        int log = Integer.SIZE - Integer.numberOfLeadingZeros(size);
        assertTrue(adversary.comparisons < 40L * size * log, () -> adversary.comparisons + " comparisons");
    }

    /** After M. D. McIlroy, A Killer Adversary for Quicksort. */
    private static final class Adversary implements Comparator<Integer> {
        private final int[] values;
        private final int gas;
        private int solid;
        private int candidate;
        private long comparisons;

        Adversary(int size) {
            values = new int[size];
            gas = size;
            Arrays.fill(values, gas);
        }

        @Override
        public int compare(Integer x, Integer y) {
            comparisons++;
            if (values[x] == gas && values[y] == gas && !x.equals(y)) {
                values[x == candidate ? x : y] = solid++;
            }
            if (values[x] == gas) {
                candidate = x;
            } else if (values[y] == gas) {
                candidate = y;
            }
            return Integer.compare(values[x], values[y]);
        }
    }
}
