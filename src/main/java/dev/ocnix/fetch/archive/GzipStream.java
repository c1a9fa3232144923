package dev.ocnix.fetch.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * The content of a gzip file (RFC 1952) with all its members; whatever follows the last one is ignored. The JDK's own stream
 * goes one call deeper with each empty member, so that a small file overflows the stack, and it relies on the source's
 * {@code available}; that of commons-compress keeps a name of any length in memory.
 */
public final class GzipStream extends InflaterInputStream {
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final CRC32 checksum = new CRC32();
    private boolean isInMember;
    private int next;

    /**
     * @param source best one that is cheap to read byte by byte
     * @throws ZipException if it does not start as a gzip file does
     */
    public GzipStream(InputStream source, int buffer) throws IOException {
        super(source, new Inflater(true), buffer);
        try {
            readHeader();
        } catch (IOException e) {
            inf.end();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (isInMember) {
            int read = super.read(target, offset, length);
            if (read > 0) {
                checksum.update(target, offset, read);
                return read;
            }
            endMember();
        }
        return -1;
    }

    /** By reading. */
    @Override
    public long skip(long wanted) throws IOException {
        return wanted <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(wanted, 1 << 13)]));
    }

    /** Frees the decoder; the source stays open. */
    @Override
    public void close() {
        isInMember = false;
        inf.end();
    }

    private void endMember() throws IOException {
        next = len - inf.getRemaining();
        if (readInt() != checksum.getValue() || readInt() != (inf.getBytesWritten() & 0xffff_ffffL)) {
            throw new ZipException("the checksum of the compressed data is wrong");
        }
        inf.reset();
        checksum.reset();
        isInMember = false;
        try {
            readHeader();
        } catch (ZipException | EOFException e) {
            // padding, or garbage
            isInMember = false;
        }
    }

    private void readHeader() throws IOException {
        if (readByte() != 0x1f || readByte() != 0x8b || readByte() != DEFLATE) {
            throw new ZipException("it is no gzip file");
        }
        int flags = readByte();
        skipBytes(6);
        if ((flags & EXTRA) != 0) {
            skipBytes(readByte() | readByte() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skipBytes(2);
        }
        if (next < len) {
            inf.setInput(buf, next, len - next);
        }
        isInMember = true;
    }

    private void skipBytes(int count) throws IOException {
        for (int skipped = 0; skipped < count; skipped++) {
            readByte();
        }
    }

    private void skipText() throws IOException {
        while (readByte() != 0) {
            // on to the NUL that ends it
        }
    }

    private long readInt() throws IOException {
        long low = readByte() | readByte() << 8;
        long high = readByte() | readByte() << 8;
        return high << 16 | low;
    }

    /** What the decoder was given and did not need comes first. */
    private int readByte() throws IOException {
        int value = next < len ? buf[next++] & 0xff : in.read();
        if (value < 0) {
            throw new EOFException("the gzip file ends too early");
        }
        return value;
    }
}
