package dev.ocnix.lockfile.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Damages binary lockfiles where it matters: in counts, offsets, lists, tags and sections, and now and then anywhere. */
final class BinaryMutator implements Mutator {
    private static final long[] EXTREMES = {
        0,
        1,
        2,
        7,
        8,
        0x7F,
        0x80,
        0xFF,
        0x100,
        0xFFFF,
        0x7FFF_FFFFL,
        0x8000_0000L,
        0xDEAD_BEEFL,
        0xFFFF_FFFEL,
        0xFFFF_FFFFL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1
    };

    private final Random random;

    BinaryMutator(Random random) {
        this.random = random;
    }

    @Override
    public byte[] mutate(byte[] seed, byte[] other) {
        byte[] mutant = seed;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            mutant = mutant.length < 2 ? mutant : once(mutant, other);
        }
        return mutant;
    }

    private byte[] once(byte[] seed, byte[] other) {
        BinaryShape shape = BinaryShape.of(seed);
        return switch (random.nextInt(12)) {
            case 0 -> flip(seed);
            case 1, 2 -> number(seed, shape);
            case 3, 4, 5 -> field(seed, shape);
            case 6 -> copyElement(seed, shape);
            case 7 -> copyWithin(seed, other);
            case 8 -> Arrays.copyOf(seed, random.nextInt(seed.length));
            case 9 -> shape.replace(seed, shape.section(random), shape.section(random), seed);
            case 10 -> removeSection(seed, shape);
            default -> foreignSection(seed, shape, other);
        };
    }

    private byte[] flip(byte[] seed) {
        byte[] mutant = seed.clone();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return mutant;
    }

    /** A position, size or count of the header or of an array's frame. */
    private byte[] number(byte[] seed, BinaryShape shape) {
        byte[] mutant = seed.clone();
        int at = shape.numbers().get(random.nextInt(shape.numbers().size()));
        if (at + 8 <= mutant.length) {
            ByteBuffer buffer = ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN);
            long before = buffer.getLong(at);
            buffer.putLong(at, extreme(before, mutant.length));
        }
        return mutant;
    }

    /** Some bytes of one element of an array or column. */
    private byte[] field(byte[] seed, BinaryShape shape) {
        byte[] mutant = seed.clone();
        BinaryShape.Array array = shape.array(random);
        int at = array.element(random) + random.nextInt(array.size());
        ByteBuffer buffer = ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN);
        switch (random.nextInt(3)) {
            case 0 -> {
                if (at < mutant.length) {
                    mutant[at] = (byte) extreme(mutant[at], 256);
                }
            }
            case 1 -> {
                int aligned = array.size() >= 4 ? at - (at - array.start()) % array.size() % 4 : at;
                if (aligned + 4 <= mutant.length) {
                    buffer.putInt(aligned, (int) extreme(buffer.getInt(aligned), array.count()));
                }
            }
            default -> {
                if (at + 8 <= mutant.length) {
                    buffer.putLong(at, extreme(buffer.getLong(at), mutant.length));
                }
            }
        }
        return mutant;
    }

    private long extreme(long before, int size) {
        return switch (random.nextInt(6)) {
            case 0 -> before + random.nextInt(17) - 8;
            case 1 -> size + random.nextInt(3) - 1;
            case 2 -> random.nextInt(Math.max(size, 1));
            case 3 -> before ^ 1L << random.nextInt(64);
            case 4 -> random.nextLong();
            default -> EXTREMES[random.nextInt(EXTREMES.length)];
        };
    }

    /** One element over another one of the same array. */
    private byte[] copyElement(byte[] seed, BinaryShape shape) {
        byte[] mutant = seed.clone();
        BinaryShape.Array array = shape.array(random);
        for (int i = 1 + random.nextInt(array.count() + 1); i > 0; i--) {
            int from = array.element(random);
            int to = array.element(random);
            int length = Math.min(array.size(), seed.length - Math.max(from, to));
            System.arraycopy(seed, from, mutant, to, Math.max(length, 0));
        }
        return mutant;
    }

    /** Bytes of this file or another one over bytes of this one. */
    private byte[] copyWithin(byte[] seed, byte[] other) {
        byte[] mutant = seed.clone();
        byte[] source = random.nextBoolean() || other.length == 0 ? seed : other;
        int length = 1 + random.nextInt(Math.min(256, Math.min(source.length, seed.length)));
        System.arraycopy(
                source,
                random.nextInt(source.length - length + 1),
                mutant,
                random.nextInt(seed.length - length + 1),
                length);
        return mutant;
    }

    private byte[] removeSection(byte[] seed, BinaryShape shape) {
        BinaryShape.Range section = shape.section(random);
        return shape.replace(seed, section, new BinaryShape.Range(section.start(), section.start()), seed);
    }

    private byte[] foreignSection(byte[] seed, BinaryShape shape, byte[] other) {
        BinaryShape.Range section = shape.section(random);
        BinaryShape.Range foreign = BinaryShape.of(other).section(random);
        BinaryShape.Range target =
                random.nextBoolean() ? section : new BinaryShape.Range(section.start(), section.start());
        return shape.replace(seed, target, foreign, other);
    }
}
