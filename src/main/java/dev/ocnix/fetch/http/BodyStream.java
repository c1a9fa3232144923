package dev.ocnix.fetch.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** A body that counts and bounds its bytes, and ends where next to nothing arrives for long. */
final class BodyStream extends FilterInputStream {
    private final long limit;
    private final Optional<Duration> slow;
    private long count;
    private long waited;
    private long countBefore;

    BodyStream(InputStream body, long limit) {
        this(body, limit, Optional.empty());
    }

    /** @param slow how long a body may arrive at less than what even a bad line brings */
    BodyStream(InputStream body, long limit, Optional<Duration> slow) {
        super(body);
        this.limit = limit;
        this.slow = slow;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long began = System.nanoTime();
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            add(read);
            watch(System.nanoTime() - began);
        }
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        add(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Only the time counts in which the server was waited for: a busy machine is no slow server. */
    private void watch(long nanos) throws IOException {
        waited += nanos;
        if (slow.isEmpty() || waited < slow.get().toNanos()) {
            return;
        }
        double least = HttpLimits.LEAST_BYTES_PER_SECOND * (waited / 1e9);
        if (count - countBefore < least) {
            throw new SlowException();
        }
        waited = 0;
        countBefore = count;
    }

    private void add(long bytes) throws IOException {
        count += bytes;
        if (count > limit) {
            throw new RefusedException("sent more than " + limit + " bytes", "look whether that is what you want");
        }
    }
}
