package dev.ocnix.lockfile.binary;

import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Visible;

/**
 * The strings of the file: up to eight bytes in place, or a pointer into the pool. Each is decoded and checked once,
 * however often the file mentions it.
 */
final class StringPool {
    private static final int MAX_LENGTH = 1 << 16;
    private static final long POINTER = 1L << 63;
    /** 2^64 divided by the golden ratio: spreads neighbouring pointers. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
    /** Never seen in real files; strings made to collide would cost quadratic time. */
    private static final int MAX_PROBES = 256;

    private static final int FEW = 64;

    private static final byte PRINTABLE = 1;
    private static final byte NAME = 2;

    private final Bytes bytes;
    private final Section pool;
    private long budget;

    // an open hash table from the eight bytes, which are never zero here, to what they mean
    private long[] keys;
    private String[] texts;
    private byte[] checks;
    private int used;

    /** @param packages their number; each has some three strings of its own */
    StringPool(Bytes bytes, Section pool, int packages) {
        this.bytes = bytes;
        this.pool = pool;
        // real strings hardly overlap; a hostile file could let each of them span the whole pool
        this.budget = 8L * pool.count() + (1 << 20);
        int slots = Integer.highestOneBit(packages + FEW) * 8;
        this.keys = new long[slots];
        this.texts = new String[slots];
        this.checks = new byte[slots];
    }

    /** The string whose eight bytes are at {@code offset}, decoded as UTF-8 with replacement of malformed bytes. */
    String free(long offset) throws LockfileException {
        long raw = bytes.u64(offset);
        if (raw == 0) {
            return "";
        }
        int slot = slot(raw, offset); // may replace the table
        return texts[slot];
    }

    /** Likewise, for names, paths and URLs: without control characters. */
    String at(long offset) throws LockfileException {
        long raw = bytes.u64(offset);
        if (raw == 0) {
            return "";
        }
        int slot = slot(raw, offset);
        if ((checks[slot] & PRINTABLE) == 0) {
            throw bytes.failure(
                    offset, "a name, path or URL holds a control character: " + Visible.quoted(texts[slot]));
        }
        return texts[slot];
    }

    /** Likewise, for what must be the name of a package, which is not empty. */
    String name(long offset, String what) throws LockfileException {
        long raw = bytes.u64(offset);
        int slot = raw == 0 ? -1 : slot(raw, offset);
        if (slot >= 0 && (checks[slot] & NAME) != 0) {
            return texts[slot];
        }
        String text = at(offset);
        if (slot < 0 || !PlacementKey.isName(text)) {
            throw bytes.failure(offset, Visible.quoted(text) + " is no " + what);
        }
        checks[slot] |= NAME;
        return text;
    }

    /** Whether a string is as {@link #at} wants it and begins with some ASCII text, found out without decoding it. */
    boolean isBelow(long offset, byte[] prefix) throws LockfileException {
        long raw = bytes.u64(offset);
        if (raw >= 0) {
            return false; // in place, so shorter than what this is asked for
        }
        int length = pointedLength(raw & ~POINTER, offset);
        long start = start(raw);
        return length >= prefix.length && bytes.matches(start, prefix) && !bytes.hasControlCharacter(start, length);
    }

    private long start(long raw) {
        return pool.start() + (raw & 0xFFFF_FFFFL);
    }

    private int slot(long raw, long offset) throws LockfileException {
        int slot = find(raw, offset);
        if (keys[slot] == 0) {
            if (2 * ++used > keys.length) {
                grow(offset);
                slot = find(raw, offset);
            }
            boolean pointed = raw < 0;
            long start = pointed ? start(raw) : offset;
            int length = pointed ? pointedLength(raw & ~POINTER, offset) : inlineLength(offset);
            keys[slot] = raw;
            texts[slot] = bytes.text(start, length);
            checks[slot] = bytes.hasControlCharacter(start, length) ? 0 : PRINTABLE;
        }
        return slot;
    }

    /** The slot of a key, or the free one where it belongs. */
    private int find(long raw, long offset) throws LockfileException {
        int mask = keys.length - 1;
        int first = (int) (raw * SPREAD >>> Long.numberOfLeadingZeros(mask));
        for (int i = 0; i < MAX_PROBES; i++) {
            int slot = (first + i) & mask;
            if (keys[slot] == raw || keys[slot] == 0) {
                return slot;
            }
        }
        throw bytes.failure(offset, "the strings are chosen to slow a reader down");
    }

    private void grow(long offset) throws LockfileException {
        long[] oldKeys = keys;
        String[] oldTexts = texts;
        byte[] oldChecks = checks;
        keys = new long[oldKeys.length * 2];
        texts = new String[keys.length];
        checks = new byte[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = find(oldKeys[i], offset);
                keys[slot] = oldKeys[i];
                texts[slot] = oldTexts[i];
                checks[slot] = oldChecks[i];
            }
        }
    }

    private int inlineLength(long offset) throws LockfileException {
        int length = 0;
        while (length < Offsets.STRING_SIZE && bytes.u8(offset + length) != 0) {
            length++;
        }
        return length;
    }

    private int pointedLength(long pointer, long offset) throws LockfileException {
        long start = pointer & 0xFFFF_FFFFL;
        long length = pointer >>> 32;
        bytes.verify(start + length <= pool.count(), offset, "a string lies outside of the strings");
        bytes.verify(length <= MAX_LENGTH, offset, "a string is longer than " + MAX_LENGTH + " bytes");
        budget -= length;
        bytes.verify(budget >= 0, offset, "the strings overlap too much");
        return (int) length;
    }
}
