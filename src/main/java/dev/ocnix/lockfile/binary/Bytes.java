package dev.ocnix.lockfile.binary;

import dev.ocnix.lockfile.LockfileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a lockfile up to its end; each read outside is a failure that names the offset. */
final class Bytes {
    final String fileName;
    private final ByteBuffer buffer;
    private final long end;

    Bytes(String fileName, byte[] content) {
        this(fileName, ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN), content.length);
    }

    private Bytes(String fileName, ByteBuffer buffer, long end) {
        this.fileName = fileName;
        this.buffer = buffer;
        this.end = end;
    }

    /** The same bytes, ending at {@code newEnd}. */
    Bytes until(long newEnd) {
        return new Bytes(fileName, buffer, Math.min(end, newEnd));
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
        return LockfileException.at(
                fileName, "byte " + Long.toUnsignedString(offset), reason, LockfileException.RELOCK);
    }

    int u8(long offset) throws LockfileException {
        return buffer.get(check(offset, 1)) & 0xFF;
    }

    int u16(long offset) throws LockfileException {
        return buffer.getShort(check(offset, 2)) & 0xFFFF;
    }

    long u32(long offset) throws LockfileException {
        return buffer.getInt(check(offset, 4)) & 0xFFFF_FFFFL;
    }

    /** All 64 bits; to be taken as unsigned. */
    long u64(long offset) throws LockfileException {
        return buffer.getLong(check(offset, 8));
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
        byte[] copy = new byte[length];
        buffer.get(check(offset, length), copy);
        return copy;
    }

    private int check(long offset, int length) throws LockfileException {
        if (offset < 0 || offset > end - length) {
            throw failure(offset, "the lockfile ends too early, at byte " + end);
        }
        return (int) offset;
    }
}
