package dev.ocnix.hash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Wyhash as in the current standard library of Zig, with seed 0; {@link Wyhash} is the older one. */
public final class ZigWyhash {
    private static final long[] SECRET = {
        0xa0761d6478bd642fL, 0xe7037ed1a0b428dbL, 0x8ebc6af09c88c6e3L, 0x589965cc75374cc3L
    };
    private static final int BLOCK = 48;
    private static final int TAIL = 16;

    private final ByteBuffer input;

    private ZigWyhash(byte[] input) {
        this.input = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The hash of a text's UTF-8 bytes. */
    public static long of(String text) {
        return new ZigWyhash(text.getBytes(StandardCharsets.UTF_8)).hash();
    }

    private long hash() {
        long seed = Wyhash.multiply(SECRET[0], SECRET[1]);
        int length = input.limit();
        if (length <= TAIL) {
            return finish(seed, first(length), second(length));
        }
        int at = 0;
        long state = seed;
        if (length > BLOCK) {
            long[] lanes = {seed, seed, seed};
            for (; length - at > BLOCK; at += BLOCK) {
                for (int lane = 0; lane < lanes.length; lane++) {
                    lanes[lane] = round(at + TAIL * lane, SECRET[lane + 1], lanes[lane]);
                }
            }
            state = lanes[0] ^ lanes[1] ^ lanes[2];
        }
        for (; length - at > TAIL; at += TAIL) {
            state = round(at, SECRET[1], state);
        }
        return finish(state, input.getLong(length - TAIL), input.getLong(length - TAIL / 2));
    }

    private long round(int at, long secret, long state) {
        return Wyhash.multiply(input.getLong(at) ^ secret, input.getLong(at + Long.BYTES) ^ state);
    }

    private long first(int length) {
        if (length >= Integer.BYTES) {
            return word(0) << 32 | word(middle(length));
        }
        return length == 0 ? 0 : octet(0) << 16 | octet(length >> 1) << 8 | octet(length - 1);
    }

    private long second(int length) {
        return length >= Integer.BYTES
                ? word(length - Integer.BYTES) << 32 | word(length - Integer.BYTES - middle(length))
                : 0;
    }

    private static int middle(int length) {
        return (length >> 3) * Integer.BYTES;
    }

    private long word(int at) {
        return Integer.toUnsignedLong(input.getInt(at));
    }

    private long octet(int at) {
        return Byte.toUnsignedLong(input.get(at));
    }

    private long finish(long state, long first, long second) {
        long a = first ^ SECRET[1];
        long b = second ^ state;
        long high = Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
        return Wyhash.multiply(a * b ^ SECRET[0] ^ input.limit(), high ^ SECRET[1]);
    }
}
