package dev.ocnix.fetch.tarball;

import dev.ocnix.fetch.CountedStream;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compressed bytes on their way to the archive reader, counted and hashed. Remembers whether the connection failed. */
final class DigestStream extends CountedStream {
    private final Map<HashAlgorithm, MessageDigest> digests = new EnumMap<>(HashAlgorithm.class);
    private Optional<IOException> failure = Optional.empty();

    DigestStream(InputStream source, Set<HashAlgorithm> algorithms) {
        super(source);
        algorithms.forEach(algorithm -> digests.put(algorithm, algorithm.newDigest()));
    }

    /** What the connection failed with, as opposed to what a decoder thought of its bytes. */
    Optional<IOException> failure() {
        return failure;
    }

    /** The digests of what has passed; ends the digests. */
    Map<HashAlgorithm, Sri> finish() {
        Map<HashAlgorithm, Sri> result = new EnumMap<>(HashAlgorithm.class);
        digests.forEach((algorithm, digest) -> result.put(algorithm, Sri.of(algorithm, digest.digest())));
        return result;
    }

    /** Reads on to the end, for the sake of the digests. */
    void drain() throws IOException {
        byte[] buffer = new byte[1 << 16];
        int read;
        do {
            read = read(buffer, 0, buffer.length);
        } while (read >= 0);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    @Override
    protected void passed(byte[] buffer, int offset, int length) {
        digests.values().forEach(digest -> digest.update(buffer, offset, length));
    }
}
