package dev.ocnix.fetch.tarball;

import dev.ocnix.fetch.CountedStream;
import dev.ocnix.fetch.archive.TarFormatException;
import dev.ocnix.fetch.archive.TarRules;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a tar archive, bounded as a whole and within each header. */
final class UnpackedStream extends CountedStream {
    private final DigestStream compressed;
    private final TarballLimits limits;
    private final TarRules rules = new TarRules();
    private long headerEnd = Long.MAX_VALUE;
    private boolean isAtEnd;

    UnpackedStream(InputStream tar, DigestStream compressed, TarballLimits limits) {
        super(tar);
        this.compressed = compressed;
        this.limits = limits;
    }

    /** From here to {@link #endHeader} no more may be read than a header may have. */
    void beginHeader() {
        headerEnd = count() + limits.headerBytes();
    }

    void endHeader() {
        headerEnd = Long.MAX_VALUE;
    }

    boolean isAtEnd() {
        return isAtEnd;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        isAtEnd |= read < 0;
        return read;
    }

    @Override
    protected void passed(byte[] buffer, int offset, int length) throws IOException {
        check();
        obey(buffer, offset, length);
    }

    private void obey(byte[] buffer, int offset, int length) throws IOException {
        try {
            rules.accept(buffer, offset, length);
        } catch (TarFormatException e) {
            throw new IOException("it has " + e.getMessage(), e);
        }
    }

    private void check() throws IOException {
        if (count() > headerEnd) {
            throw new IOException("the header of an entry is larger than " + limits.headerBytes() + " bytes");
        }
        if (count() > limits.unpackedBytes()) {
            throw new IOException("it unpacks to more than " + limits.unpackedBytes() + " bytes");
        }
        if (count() > limits.freeBytes() && count() / Math.max(1, compressed.count()) > limits.ratio()) {
            throw new IOException("it unpacks to more than " + limits.ratio() + " times its size");
        }
    }
}
