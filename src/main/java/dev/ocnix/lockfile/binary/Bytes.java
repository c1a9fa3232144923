package dev.ocnix.lockfile.binary;

import dev.ocnix.lockfile.LockfileException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a lockfile up to its end; each read outside is a failure that names the offset. */
final class Bytes {
    final String fileName;
    private final byte[] content;
    private final long end;
    private final Regions regions;

    Bytes(String fileName, byte[] content) {
        this(fileName, content, content.length, new Regions());
    }

    private Bytes(String fileName, byte[] content, long end, Regions regions) {
        this.fileName = fileName;
        this.content = content;
        this.end = end;
        this.regions = regions;
    }

    /** The same bytes, ending at {@code newEnd}. */
    Bytes until(long newEnd) {
        return new Bytes(fileName, content, Math.min(end, newEnd), regions);
    }

    /** Says what stands in some elements of one size, so that failures can tell what was being read. */
    void name(long start, long count, int size, String element) {
        regions.add(start, count, size, element);
    }

    long end() {
        return end;
    }

    /** The one way in which damage is reported. */
    void verify(boolean condition, long offset, String reason) throws LockfileException {
        if (!condition) {
            throw failure(offset, reason);
        }
    }

    LockfileException failure(long offset, String reason) {
        return LockfileException.at(fileName, where(offset), reason, LockfileException.RELOCK);
    }

    /** An offset in words, with what stands there. */
    String where(long offset) {
        return "byte " + Long.toUnsignedString(offset)
                + regions.at(offset).map(what -> ", " + what).orElse("");
    }

    int u8(long offset) throws LockfileException {
        return byteAt(check(offset, 1));
    }

    int u16(long offset) throws LockfileException {
        int at = check(offset, 2);
        return byteAt(at) | byteAt(at + 1) << 8;
    }

    long u32(long offset) throws LockfileException {
        return intAt(check(offset, 4)) & 0xFFFF_FFFFL;
    }

    /** All 64 bits; to be taken as unsigned. */
    long u64(long offset) throws LockfileException {
        int at = check(offset, 8);
        return intAt(at) & 0xFFFF_FFFFL | (long) intAt(at + 4) << 32;
    }

    // by hand, since a ByteBuffer costs a dozen calls per number until it is compiled
    private int intAt(int at) {
        return byteAt(at) | byteAt(at + 1) << 8 | byteAt(at + 2) << 16 | byteAt(at + 3) << 24;
    }

    private int byteAt(int at) {
        return content[at] & 0xFF;
    }

    /** A 64-bit number that must fit this file: a position or a size. */
    long size(long offset) throws LockfileException {
        long value = u64(offset);
        if (value < 0 || value > end) {
            throw failure(
                    offset,
                    "the position or size " + Long.toUnsignedString(value) + " is beyond the lockfile's end at byte "
                            + end);
        }
        return value;
    }

    byte[] copy(long offset, int length) throws LockfileException {
        int start = check(offset, length);
        return Arrays.copyOfRange(content, start, start + length);
    }

    /** Whether ASCII text stands there. */
    boolean matches(long offset, byte[] text) throws LockfileException {
        int start = check(offset, text.length);
        return Arrays.equals(content, start, start + text.length, text, 0, text.length);
    }

    /** UTF-8, malformed bytes replaced. */
    String text(long offset, int length) throws LockfileException {
        return new String(content, check(offset, length), length, StandardCharsets.UTF_8);
    }

    /** Whether one of some bytes of UTF-8 is a control character of ASCII. */
    boolean hasControlCharacter(long offset, int length) throws LockfileException {
        int start = check(offset, length);
        for (int i = start; i < start + length; i++) {
            byte unit = content[i];
            if (unit >= 0 && unit < ' ' || unit == 0x7f) {
                return true;
            }
        }
        return false;
    }

    private int check(long offset, int length) throws LockfileException {
        if (offset < 0 || offset > end - length) {
            throw failure(offset, "the lockfile ends too early, at byte " + end);
        }
        return (int) offset;
    }
}
