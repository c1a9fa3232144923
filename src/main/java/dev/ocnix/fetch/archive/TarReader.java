package dev.ocnix.fetch.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a tar stream: POSIX ustar with pax headers (IEEE Std 1003.1-2008, pax, "ustar Interchange Format" and "pax Extended
 * Header"), and GNU's long names. Unlike the reader of commons-compress it leaves names as bytes, which a NAR hash needs,
 * bounds the extended headers, and shows the global header's comment.
 */
public final class TarReader {
    private static final int BLOCK = 512;
    private static final int MAX_EXTENDED = 1 << 20;

    private final InputStream in;
    private final byte[] header = new byte[BLOCK];
    private final Body body = new Body();
    private PaxHeader global = PaxHeader.NONE;
    private long offset;
    private long left;
    private long padding;

    public TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next member.
     *
     * @return empty at the archive's end mark
     * @throws EOFException if the stream ends before that
     * @throws TarFormatException if the archive is malformed
     */
    public Optional<TarEntry> next() throws IOException, TarFormatException {
        PaxHeader own = PaxHeader.NONE;
        while (true) {
            skipBody();
            readFully(header);
            long at = offset - BLOCK;
            if (isZero()) {
                return Optional.empty();
            }
            TarHeader head = TarHeader.parse(header, at);
            switch (head.type()) {
                case 'g' -> global = global.with(PaxHeader.parse(extended(head, at), at));
                case 'x', 'X' -> own = own.with(PaxHeader.parse(extended(head, at), at));
                case 'L' -> own = own.withPath(longName(head, at));
                case 'K' -> own = own.withLink(longName(head, at));
                default -> {
                    return Optional.of(member(head, global.with(own), at));
                }
            }
        }
    }

    /** What the last global pax header said as {@code comment}: in {@code git archive}'s output, the commit. */
    public Optional<String> comment() {
        return global.comment();
    }

    /** The content of the member that {@link #next} returned last. */
    public InputStream content() {
        return body;
    }

    private TarEntry member(TarHeader head, PaxHeader pax, long at) throws TarFormatException {
        TarEntry.Type type = head.entryType();
        if (pax.sparse()) {
            type = TarEntry.Type.OTHER;
        }
        long size = pax.size().orElse(head.size());
        if (type != TarEntry.Type.FILE && type != TarEntry.Type.OTHER) {
            size = 0;
        }
        expectBody(size, at);
        return new TarEntry(type, pax.path().orElse(head.path()), pax.link().orElse(head.link()), head.mode(), size);
    }

    private byte[] extended(TarHeader head, long at) throws IOException, TarFormatException {
        if (head.size() > MAX_EXTENDED) {
            throw new TarFormatException(at, "an extended header of " + head.size() + " bytes");
        }
        expectBody(head.size(), at);
        byte[] content = new byte[(int) head.size()];
        readFully(content);
        left = 0;
        return content;
    }

    private byte[] longName(TarHeader head, long at) throws IOException, TarFormatException {
        return TarHeader.untilNul(extended(head, at), 0, (int) head.size());
    }

    private void expectBody(long size, long at) throws TarFormatException {
        if (size < 0) {
            throw new TarFormatException(at, "a negative size");
        }
        left = size;
        padding = (BLOCK - size % BLOCK) % BLOCK;
    }

    private void skipBody() throws IOException {
        long rest = left + padding;
        left = 0;
        padding = 0;
        in.skipNBytes(rest);
        offset += rest;
    }

    private void readFully(byte[] target) throws IOException {
        if (in.readNBytes(target, 0, target.length) != target.length) {
            throw new EOFException("the archive ends after " + offset + " bytes, before its end mark");
        }
        offset += target.length;
    }

    private boolean isZero() {
        return Arrays.equals(header, new byte[BLOCK]);
    }

    private final class Body extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int start, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            int n = in.read(target, start, (int) Math.min(length, left));
            if (n < 0) {
                throw new EOFException("the archive ends after " + offset + " bytes, inside a file");
            }
            left -= n;
            offset += n;
            return n;
        }
    }
}
