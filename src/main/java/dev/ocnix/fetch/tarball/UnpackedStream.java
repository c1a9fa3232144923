package dev.ocnix.fetch.tarball;

import dev.ocnix.fetch.archive.TarFormatException;
import dev.ocnix.fetch.archive.TarRules;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a tar archive, bounded as a whole and within each header. */
final class UnpackedStream extends FilterInputStream {
    private final DigestStream compressed;
    private final TarballLimits limits;
    private final TarRules rules = new TarRules();
    private long count;
    private long headerEnd = Long.MAX_VALUE;
    private boolean isAtEnd;

    UnpackedStream(InputStream tar, DigestStream compressed, TarballLimits limits) {
        super(tar);
        this.compressed = compressed;
        this.limits = limits;
    }

    /** From here to {@link #endHeader} no more may be read than a header may have. */
    void beginHeader() {
        headerEnd = count + limits.headerBytes();
    }

    void endHeader() {
        headerEnd = Long.MAX_VALUE;
    }

    boolean isAtEnd() {
        return isAtEnd;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        isAtEnd |= read < 0;
        if (read > 0) {
            count += read;
            check();
            obey(buffer, offset, read);
        }
        return read;
    }

    /** By reading: a skip in the decoder would escape the count. */
    @Override
    public long skip(long wanted) throws IOException {
        if (wanted <= 0) {
            return 0;
        }
        return Math.max(0, read(new byte[(int) Math.min(wanted, 1 << 16)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void obey(byte[] buffer, int offset, int length) throws IOException {
        try {
            rules.accept(buffer, offset, length);
        } catch (TarFormatException e) {
            throw new IOException("it has " + e.getMessage(), e);
        }
    }

    private void check() throws IOException {
        if (count > headerEnd) {
            throw new IOException("the header of an entry is larger than " + limits.headerBytes() + " bytes");
        }
        if (count > limits.unpackedBytes()) {
            throw new IOException("it unpacks to more than " + limits.unpackedBytes() + " bytes");
        }
        if (count > limits.freeBytes() && count / Math.max(1, compressed.count()) > limits.ratio()) {
            throw new IOException("it unpacks to more than " + limits.ratio() + " times its size");
        }
    }
}
