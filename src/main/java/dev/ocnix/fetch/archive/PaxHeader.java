package dev.ocnix.fetch.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a pax extended header says, as far as it matters to us. Records are {@code <length> <key>=<value>\n}, the length
 * counting all of it.
 */
record PaxHeader(
        Optional<byte[]> path, Optional<byte[]> link, Optional<Long> size, Optional<String> comment, boolean sparse) {
    static final PaxHeader NONE =
            new PaxHeader(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    private static final int MAX_COMMENT = 200;
    private static final int MAX_DIGITS = 18;

    /** This header overlaid with a later one. */
    PaxHeader with(PaxHeader later) {
        return new PaxHeader(
                later.path.or(() -> path),
                later.link.or(() -> link),
                later.size.or(() -> size),
                later.comment.or(() -> comment),
                sparse || later.sparse);
    }

    PaxHeader withPath(byte[] value) {
        return new PaxHeader(Optional.of(value), link, size, comment, sparse);
    }

    PaxHeader withLink(byte[] value) {
        return new PaxHeader(path, Optional.of(value), size, comment, sparse);
    }

    static PaxHeader parse(byte[] records, long at) throws TarFormatException {
        PaxHeader header = NONE;
        int position = 0;
        while (position < records.length && records[position] != 0) {
            int space = indexOf(records, (byte) ' ', position, records.length);
            long length = space < 0 ? -1 : digits(records, position, space);
            if (length < space - position + 3L || length > records.length - position) {
                throw malformed(at);
            }
            int end = position + (int) length - 1;
            int equals = indexOf(records, (byte) '=', space + 1, end);
            if (equals < 0 || records[end] != '\n') {
                throw malformed(at);
            }
            String key = new String(records, space + 1, equals - space - 1, StandardCharsets.UTF_8);
            header = header.with(record(key, Arrays.copyOfRange(records, equals + 1, end), at));
            position = end + 1;
        }
        return header;
    }

    private static PaxHeader record(String key, byte[] value, long at) throws TarFormatException {
        return switch (key) {
            case "path" -> NONE.withPath(value);
            case "linkpath" -> NONE.withLink(value);
            case "size" -> {
                long size = digits(value, 0, value.length);
                if (size < 0) {
                    throw malformed(at);
                }
                yield new PaxHeader(Optional.empty(), Optional.empty(), Optional.of(size), Optional.empty(), false);
            }
            case "comment" -> {
                String text = new String(value, 0, Math.min(value.length, MAX_COMMENT), StandardCharsets.UTF_8);
                yield new PaxHeader(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(text), false);
            }
            default ->
                new PaxHeader(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        key.startsWith("GNU.sparse."));
        };
    }

    private static long digits(byte[] bytes, int start, int end) {
        if (end <= start || end - start > MAX_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    private static int indexOf(byte[] bytes, byte wanted, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static TarFormatException malformed(long at) {
        return new TarFormatException(at, "a malformed extended header");
    }
}
