package dev.ocnix.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose bytes are counted as they pass by. What is skipped is read, so that it counts, too. */
public class CountedStream extends FilterInputStream {
    private static final int MOST_SKIPPED = 1 << 16;

    private long count;

    public CountedStream(InputStream in) {
        super(in);
    }

    /** How many bytes have passed by. */
    public final long count() {
        return count;
    }

    /**
     * Looks at bytes that have just been counted.
     *
     * @throws IOException if they may not pass
     */
    protected void passed(byte[] buffer, int offset, int length) throws IOException {
        // whoever only counts has nothing to look for
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            count += read;
            passed(buffer, offset, read);
        }
        return read;
    }

    @Override
    public final long skip(long wanted) throws IOException {
        return wanted <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(wanted, MOST_SKIPPED)]));
    }

    @Override
    public final boolean markSupported() {
        return false;
    }
}
