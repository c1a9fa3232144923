package dev.ocnix.fetch.source;

import dev.ocnix.fetch.CountedStream;
import dev.ocnix.fetch.archive.GzipStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a tar.gz without its compression, as long as they are not out of all proportion to what came in. */
final class UnpackedArchive extends CountedStream {
    private static final int BUFFER = 1 << 16;

    private final CountedStream compressed;
    private final TreeLimits limits;

    private UnpackedArchive(CountedStream compressed, TreeLimits limits) throws IOException {
        super(new GzipStream(compressed, BUFFER));
        this.compressed = compressed;
        this.limits = limits;
    }

    static UnpackedArchive of(InputStream gzip, TreeLimits limits) throws IOException {
        return new UnpackedArchive(new CountedStream(gzip), limits);
    }

    /** More content than a source has for its size. */
    static final class TooDense extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    protected void passed(byte[] buffer, int offset, int length) throws TooDense {
        if (count() > limits.freeBytes() && count() / Math.max(1, compressed.count()) > limits.ratio()) {
            throw new TooDense();
        }
    }
}
