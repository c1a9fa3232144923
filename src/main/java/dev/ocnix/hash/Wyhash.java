package dev.ocnix.hash;

import java.nio.charset.StandardCharsets;

/** The hash of names: Wyhash as in the standard library of Zig 0.11, with seed 0. */
public final class Wyhash {
    private static final long P0 = 0xa0761d6478bd642fL;
    private static final long P1 = 0xe7037ed1a0b428dbL;
    private static final long P2 = 0x8ebc6af09c88c6e3L;
    private static final long P3 = 0x589965cc75374cc3L;
    private static final long P4 = 0x1d8e4e27c47d124fL;
    private static final int BLOCK = 32;

    private final byte[] input;

    private Wyhash(byte[] input) {
        this.input = input;
    }

    /** The hash of a text's UTF-8 bytes. */
    public static long of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of bytes. */
    public static long of(byte[] bytes) {
        return new Wyhash(bytes.clone()).hash();
    }

    private long hash() {
        long seed = 0;
        int position = 0;
        for (; position + BLOCK <= input.length; position += BLOCK) {
            seed = mix(word(position, 8), word(position + 8, 8), seed, P0, P1)
                    ^ mix(word(position + 16, 8), word(position + 24, 8), seed, P2, P3);
        }
        return multiply(tail(position, seed) ^ input.length, P4);
    }

    private long tail(int position, long seed) {
        int rest = input.length - position;
        if (rest == 0) {
            return seed;
        }
        long first = chunk(position, rest);
        if (rest <= 8) {
            return mix(first, P4, seed, P0, P1);
        }
        long low = mix(first, chunk(position + 8, rest - 8), seed, P0, P1);
        if (rest <= 16) {
            return low;
        }
        long third = chunk(position + 16, rest - 16);
        return low ^ mix(third, rest <= 24 ? P4 : chunk(position + 24, rest - 24), seed, P2, P3);
    }

    /** Up to eight bytes: little-endian pieces of 4, 2 and 1 bytes, the first piece most significant. */
    private long chunk(int position, int length) {
        int rest = Math.min(length, 8);
        if (rest == 8) {
            return word(position, 4) << 32 | word(position + 4, 4);
        }
        long value = 0;
        int at = position;
        for (int piece = 4; piece > 0; piece /= 2) {
            if ((rest & piece) != 0) {
                value = value << (piece * 8) | word(at, piece);
                at += piece;
            }
        }
        return value;
    }

    private long word(int position, int length) {
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = (word << 8) | (input[position + i] & 0xFF);
        }
        return word;
    }

    private static long mix(long a, long b, long seed, long p, long q) {
        return multiply(a ^ seed ^ p, b ^ seed ^ q);
    }

    /** The low half of the 128-bit product, combined with the high half. */
    static long multiply(long a, long b) {
        long high = Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
        return a * b ^ high;
    }
}
