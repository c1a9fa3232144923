package dev.ocnix.addon;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Random access, within bounds, to a file that streams by. The first 8 MiB can be read again; what lies beyond can be read once,
 * in ascending order.
 */
final class Window {
    private static final int HEAD_LIMIT = 8 << 20;

    private final InputStream stream;
    private byte[] head = new byte[4096];
    private int headLength;
    private long position;

    Window(InputStream stream) {
        this.stream = stream;
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
        if (offset < position) {
            return Optional.empty();
        }
        return beyond(offset, length);
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
            position += read;
        }
        byte[] bytes = stream.readNBytes(length);
        position += bytes.length;
        return bytes.length < length ? Optional.empty() : Optional.of(bytes);
    }
}
