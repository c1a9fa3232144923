package dev.ocnix.addon;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Random access, within bounds, to a file that streams by. The first 2 MiB can be read again, and so can what was asked to be kept;
 * everything else can be read once, in ascending order.
 */
final class Window {
    private static final int HEAD_LIMIT = 2 << 20;
    private static final int MAX_KEPT = 4;
    private static final int MAX_KEPT_BYTES = 2 << 20;

    private final InputStream stream;
    private byte[] head = new byte[4096];
    private int headLength;
    private long position;
    private final List<Kept> kept = new ArrayList<>();

    /** A part of the file that can be read again once it has passed by. */
    private static final class Kept {
        private final long offset;
        private final int limit;
        private byte[] bytes = {};
        private int length;

        Kept(long offset, int size) {
            this.offset = offset;
            this.limit = size;
        }

        /** Takes what passes by, in ascending order without gaps. */
        void take(long at, byte[] buffer, int count) {
            long from = Math.max(at, offset + length);
            long to = Math.min(at + count, offset + limit);
            if (from == offset + length && from < to) {
                int wanted = length + (int) (to - from);
                if (wanted > bytes.length) {
                    bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(wanted, 2 * bytes.length)));
                }
                System.arraycopy(buffer, (int) (from - at), bytes, length, (int) (to - from));
                length += (int) (to - from);
            }
        }

        boolean has(long at, int count) {
            return at >= offset && at + count <= offset + length;
        }
    }

    /**
     * Goes on after what was read.
     *
     * @param start the file's first bytes
     * @param stream what follows them
     */
    Window(byte[] start, InputStream stream) {
        this.stream = stream;
        System.arraycopy(start, 0, head, 0, start.length);
        this.headLength = start.length;
        this.position = start.length;
    }

    /** Asks for a part that begins behind the first 2 MiB, up to 2 MiB of it; of more than four such parts the rest is not kept. */
    void keep(long offset, long length) {
        if (offset >= HEAD_LIMIT && position <= HEAD_LIMIT && length > 0 && kept.size() < MAX_KEPT) {
            kept.add(new Kept(offset, (int) Math.min(length, MAX_KEPT_BYTES)));
        }
    }

    /** The bytes at a place; empty if the file ends before, or if they have passed by. */
    Optional<byte[]> read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            return Optional.empty();
        }
        if (offset + length <= HEAD_LIMIT) {
            fill((int) (offset + length));
            return headLength < offset + length
                    ? Optional.empty()
                    : Optional.of(Arrays.copyOfRange(head, (int) offset, (int) offset + length));
        }
        fill(HEAD_LIMIT);
        for (Kept part : kept) {
            if (part.has(offset, length)) {
                int start = (int) (offset - part.offset);
                return Optional.of(Arrays.copyOfRange(part.bytes, start, start + length));
            }
        }
        return offset < position ? Optional.empty() : beyond(offset, length);
    }

    private void fill(int wanted) throws IOException {
        if (wanted <= headLength || position > headLength) {
            return;
        }
        if (wanted > head.length) {
            head = Arrays.copyOf(head, Math.min(HEAD_LIMIT, Math.max(wanted, 2 * head.length)));
        }
        headLength += stream.readNBytes(head, headLength, wanted - headLength);
        position = headLength;
    }

    private Optional<byte[]> beyond(long offset, int length) throws IOException {
        byte[] buffer = new byte[1 << 15];
        while (position < offset) {
            int read = stream.read(buffer, 0, (int) Math.min(buffer.length, offset - position));
            if (read < 0) {
                return Optional.empty();
            }
            pass(buffer, read);
        }
        byte[] bytes = stream.readNBytes(length);
        pass(bytes, bytes.length);
        return bytes.length < length ? Optional.empty() : Optional.of(bytes);
    }

    private void pass(byte[] bytes, int count) {
        for (Kept part : kept) {
            part.take(position, bytes, count);
        }
        position += count;
    }
}
