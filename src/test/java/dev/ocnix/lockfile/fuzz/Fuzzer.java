package dev.ocnix.lockfile.fuzz;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Reads damaged lockfiles, the same ones for the same seed. A mutant with an outcome that was not seen before is damaged
 * further later on.
 */
final class Fuzzer {
    private static final long TOO_SLOW = TimeUnit.SECONDS.toNanos(2);
    private static final int MOST_MUTANTS = 1000;
    private static final Pattern DETAIL =
            Pattern.compile("\"[^;\n]*\"|(?<=: |and )[^;]*@[^;]*?(?= (?:and|stand|has) )|has [^;]* at |[0-9]+");
    private static final Pattern PLACE = Pattern.compile("(?s)^[^,:]*, (byte [0-9]+|line [0-9]+, column [0-9]+)\\b.*");

    private final String name;
    private final Mutator mutator;
    private final Random random;
    private final List<byte[]> seeds;
    private final List<byte[]> mutants = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private int inputs;
    private int read;
    private long slowest;

    /** @param name what the file is called, by which its failures name it */
    Fuzzer(String name, Mutator mutator, Random random, List<byte[]> seeds) {
        this.name = name;
        this.mutator = mutator;
        this.random = random;
        this.seeds = List.copyOf(seeds);
    }

    /** Tries so many inputs; those that are not read or refused as they should be are kept in {@code target/fuzz}. */
    void run(int count) throws IOException {
        for (; inputs < count; inputs++) {
            byte[] seed = any();
            byte[] mutant = mutator.mutate(seed, any());
            String outcome = outcome(mutant);
            if (outcomes.merge(outcome, 1, Integer::sum) == 1 && mutants.size() < MOST_MUTANTS) {
                mutants.add(mutant);
            }
        }
    }

    private byte[] any() {
        List<byte[]> some = mutants.isEmpty() || random.nextInt(4) > 0 ? seeds : mutants;
        return some.get(random.nextInt(some.size()));
    }

    /** What became of an input, without its details. */
    private String outcome(byte[] input) throws IOException {
        long start = System.nanoTime();
        String outcome;
        try {
            Lockfile lockfile = LockfileReader.read(name, input);
            read++;
            outcome = "read" + general(String.join(";", lockfile.warnings()));
        } catch (OcnixException e) {
            String sentence = e.getMessage();
            if (!PLACE.matcher(sentence).matches() || !sentence.endsWith(".") || sentence.contains("\n")) {
                throw failure("a refusal without a place: " + sentence, input, e);
            }
            outcome = general(sentence);
        } catch (RuntimeException | Error e) {
            throw failure(e.toString(), input, e);
        }
        long taken = System.nanoTime() - start;
        if (taken > TOO_SLOW) {
            throw failure("took " + TimeUnit.NANOSECONDS.toMillis(taken) + " ms", input, null);
        }
        slowest = Math.max(slowest, taken);
        return outcome;
    }

    private static String general(String sentence) {
        return DETAIL.matcher(sentence).replaceAll("#");
    }

    private AssertionError failure(String what, byte[] input, Throwable cause) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "fuzz"));
        Path file = Files.write(folder.resolve(inputs + "-" + name), input);
        return new AssertionError("input " + inputs + " (" + file + "): " + what, cause);
    }

    /** One line of figures. */
    String figures(long nanoseconds) {
        return "%d damaged files called %s in %.1f s, %d of them read; slowest %.1f ms, %d kinds of outcome"
                .formatted(inputs, name, nanoseconds / 1e9, read, slowest / 1e6, outcomes.size());
    }

    int distinctOutcomes() {
        return outcomes.size();
    }

    Map<String, Integer> outcomes() {
        return outcomes;
    }
}
