package dev.ocnix.fetch.source;

import dev.ocnix.fetch.archive.GzipStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a tar.gz without its compression, as long as they are not out of all proportion to what came in. */
final class UnpackedArchive extends FilterInputStream {
    private static final int BUFFER = 1 << 16;

    private final Counted compressed;
    private final TreeLimits limits;
    private long unpacked;

    private UnpackedArchive(Counted compressed, TreeLimits limits) throws IOException {
        super(new GzipStream(compressed, BUFFER));
        this.compressed = compressed;
        this.limits = limits;
    }

    static UnpackedArchive of(InputStream gzip, TreeLimits limits) throws IOException {
        return new UnpackedArchive(new Counted(gzip), limits);
    }

    /** More content than a source has for its size. */
    static final class TooDense extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        unpacked += Math.max(0, read);
        if (unpacked > limits.freeBytes() && unpacked / Math.max(1, compressed.count) > limits.ratio()) {
            throw new TooDense();
        }
        return read;
    }

    /** By reading, so that what is passed over counts, too. */
    @Override
    public long skip(long wanted) throws IOException {
        return wanted <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(wanted, BUFFER)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
