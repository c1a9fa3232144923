package dev.ocnix.lockfile.binary;

import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The strings of the file: up to eight bytes in place, or a pointer into the pool. Each is decoded once. */
final class StringPool {
    private static final int MAX_LENGTH = 1 << 16;
    private static final long POINTER = 1L << 63;

    private final Bytes bytes;
    private final Section pool;
    private final Map<Long, String> decoded = new HashMap<>();
    private long budget;

    StringPool(Bytes bytes, Section pool) {
        this.bytes = bytes;
        this.pool = pool;
        // real strings hardly overlap; a hostile file could let each of them span the whole pool
        this.budget = 8L * pool.count() + (1 << 20);
    }

    /** The string whose eight bytes are at {@code offset}, decoded as UTF-8 with replacement of malformed bytes. */
    String free(long offset) throws LockfileException {
        long raw = bytes.u64(offset);
        if (raw == 0) {
            return "";
        }
        String known = decoded.get(raw);
        if (known == null) {
            known = raw < 0 ? pointed(raw & ~POINTER, offset) : inline(offset);
            decoded.put(raw, known);
        }
        return known;
    }

    /** Likewise, for names, paths and URLs: without control characters. */
    String at(long offset) throws LockfileException {
        String text = free(offset);
        if (!SafeText.isPrintable(text)) {
            throw bytes.failure(offset, "a name, path or URL holds a control character: " + SafeText.quote(text));
        }
        return text;
    }

    private String inline(long offset) throws LockfileException {
        byte[] raw = bytes.copy(offset, Offsets.STRING_SIZE);
        int length = 0;
        while (length < raw.length && raw[length] != 0) {
            length++;
        }
        return new String(raw, 0, length, StandardCharsets.UTF_8);
    }

    private String pointed(long pointer, long offset) throws LockfileException {
        long start = pointer & 0xFFFF_FFFFL;
        long length = pointer >>> 32;
        bytes.verify(start + length <= pool.count(), offset, "a string lies outside of the strings");
        bytes.verify(length <= MAX_LENGTH, offset, "a string is longer than " + MAX_LENGTH + " bytes");
        budget -= length;
        bytes.verify(budget >= 0, offset, "the strings overlap too much");
        return new String(bytes.copy(pool.start() + start, (int) length), StandardCharsets.UTF_8);
    }
}
