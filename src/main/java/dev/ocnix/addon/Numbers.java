package dev.ocnix.addon;

import dev.ocnix.model.Visible;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Unsigned numbers and texts in a few bytes of a header. Offsets are known to be inside. */
final class Numbers {
    private final ByteBuffer bytes;

    Numbers(byte[] bytes, ByteOrder order) {
        this.bytes = ByteBuffer.wrap(bytes).order(order);
    }

    int length() {
        return bytes.capacity();
    }

    int u8(int offset) {
        return bytes.get(offset) & 0xff;
    }

    int u16(int offset) {
        return bytes.getShort(offset) & 0xffff;
    }

    long u32(int offset) {
        return bytes.getInt(offset) & 0xffff_ffffL;
    }

    /** A 64-bit number; one above 2^63 is negative and fits no file. */
    long u64(int offset) {
        return bytes.getLong(offset);
    }

    /** The text from an offset to the next NUL or the end, without control characters. */
    String text(int offset) {
        int end = offset;
        while (end < bytes.capacity() && bytes.get(end) != 0 && end - offset < 1024) {
            end++;
        }
        return Visible.of(new String(bytes.array(), offset, end - offset, StandardCharsets.UTF_8));
    }
}
