package dev.ocnix.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Inputs damaged at random, for one parser: each is read, or refused by an exception that the parser declares. {@code
 * -Docnix.fuzz.inputs=200000} tries more, {@code -Docnix.fuzz.seed=7} others.
 */
public final class ParserFuzz {
    private static final int INPUTS = Integer.getInteger("ocnix.fuzz.inputs", 2_000);
    private static final long SEED = Long.getLong("ocnix.fuzz.seed", 42);
    private static final int LONGEST = 64 << 10;

    private ParserFuzz() {}

    /** Reads one input. */
    @FunctionalInterface
    public interface Parser {
        /**
         * Takes an input to its end.
         *
         * @throws Exception of a kind that the parser declares, if it refuses the input
         */
        void parse(byte[] input) throws Exception;
    }

    /**
     * Feeds a parser.
     *
     * @param declared kinds of exceptions that mean a refusal
     * @param seeds inputs that it reads
     * @throws AssertionError with the number of the input if anything else happens
     */
    public static void run(String name, Set<Class<? extends Exception>> declared, List<byte[]> seeds, Parser parser) {
        run(name, declared, seeds, parser, true);
    }

    /** Feeds a parser that does not have to read the seeds as they are. */
    public static void run(
            String name,
            Set<Class<? extends Exception>> declared,
            List<byte[]> seeds,
            Parser parser,
            boolean areSeedsRight) {
        Random random = new Random(SEED + name.hashCode());
        Set<String> outcomes = new TreeSet<>();
        long start = System.nanoTime();
        long slowest = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = i < seeds.size() ? seeds.get(i) : mutant(seeds, random);
            long begin = System.nanoTime();
            try {
                parser.parse(input);
                outcomes.add("read");
            } catch (Exception | StackOverflowError | OutOfMemoryError e) {
                if ((areSeedsRight && i < seeds.size()) || declared.stream().noneMatch(kind -> kind.isInstance(e))) {
                    throw new AssertionError(name + ", input " + i + " of seed " + SEED + ": " + e, e);
                }
                outcomes.add(kind(e));
            }
            slowest = Math.max(slowest, System.nanoTime() - begin);
        }
        System.out.printf(
                Locale.ROOT,
                "ocnix tests: %s: %,d inputs in %.1f s, slowest %.1f ms, %d kinds of outcome%n",
                name,
                INPUTS,
                (System.nanoTime() - start) / 1e9,
                slowest / 1e6,
                outcomes.size());
    }

    /** A text as a seed. */
    public static byte[] seed(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A message without what differs from input to input. */
    private static String kind(Throwable e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        return e.getClass().getSimpleName()
                + message.substring(0, Math.min(message.length(), 40)).replaceAll("[^A-Za-z ]", "");
    }

    private static byte[] mutant(List<byte[]> seeds, Random random) {
        byte[] input = seeds.get(random.nextInt(seeds.size()));
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            input = changed(input, seeds.get(random.nextInt(seeds.size())), random);
        }
        return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
    }

    private static byte[] changed(byte[] input, byte[] other, Random random) {
        int at = random.nextInt(input.length + 1);
        int length = random.nextInt(Math.min(16, input.length - at) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> splice(input, at, 0, new byte[] {(byte) random.nextInt(256)});
            case 1 -> splice(input, at, length, new byte[0]);
            case 2 -> splice(input, at, Math.min(1, input.length - at), new byte[] {(byte) random.nextInt(256)});
            case 3 -> splice(input, at, 0, Arrays.copyOfRange(input, at, at + length));
            case 4 -> {
                int from = random.nextInt(other.length + 1);
                yield splice(input, at, length, Arrays.copyOfRange(other, from, Math.min(other.length, from + 32)));
            }
            case 5 -> Arrays.copyOf(input, at);
            // what nests, and what is large
            default -> splice(input, at, length, repeated(input, at, 1 << random.nextInt(9)));
        };
    }

    private static byte[] repeated(byte[] input, int at, int times) {
        byte one = input.length == 0 ? (byte) '{' : input[Math.min(at, input.length - 1)];
        byte[] many = new byte[times];
        Arrays.fill(many, one);
        return many;
    }

    private static byte[] splice(byte[] input, int at, int length, byte[] inserted) {
        byte[] changed = new byte[input.length - length + inserted.length];
        System.arraycopy(input, 0, changed, 0, at);
        System.arraycopy(inserted, 0, changed, at, inserted.length);
        System.arraycopy(input, at + length, changed, at + inserted.length, input.length - at - length);
        return changed;
    }
}
