package dev.ocnix.fetch.http;

import dev.ocnix.fetch.CountedStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** A body that counts and bounds its bytes, and ends where next to nothing arrives for long. */
class BodyStream extends CountedStream {
    private final long limit;
    private final Optional<Duration> slow;
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

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long began = System.nanoTime();
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            watch(System.nanoTime() - began);
        }
        return read;
    }

    @Override
    protected void passed(byte[] buffer, int offset, int length) throws IOException {
        if (count() > limit) {
            throw new RefusedException("sent more than " + limit + " bytes", "look whether that is what you want");
        }
    }

    /** Only the time counts in which the server was waited for: a busy machine is no slow server. */
    private void watch(long nanos) throws IOException {
        waited += nanos;
        if (slow.isEmpty() || waited < slow.get().toNanos()) {
            return;
        }
        double least = HttpLimits.LEAST_BYTES_PER_SECOND * (waited / 1e9);
        if (count() - countBefore < least) {
            throw new SlowException();
        }
        waited = 0;
        countBefore = count();
    }
}
