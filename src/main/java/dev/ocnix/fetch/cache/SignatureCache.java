package dev.ocnix.fetch.cache;

import dev.ocnix.hash.Sri;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The machine's memory of which hashes registries have signed, and of the keys they published. A signature that was right once
 * stays right, so what is remembered holds as long as its key does.
 */
public final class SignatureCache implements AutoCloseable {
    private static final long MAX_BYTES = 16L << 20;
    private static final String SIGNED = "signed:";
    private static final String KEYS = "keys:";

    private final Store store;

    /**
     * Reads the cache.
     *
     * @param directory the plugin's cache directory; need not exist
     * @param warnings takes at most one sentence
     */
    public SignatureCache(Path directory, Consumer<String> warnings) {
        this.store = new Store(directory.resolve("signatures-1"), MAX_BYTES, warnings);
    }

    /**
     * Whether a signature of a message by a key was found right.
     *
     * @param message {@code name@version:integrity}
     * @param fingerprint of the key
     */
    public boolean isSigned(String message, Sri fingerprint) {
        return store.get(SIGNED + message + ":" + fingerprint).isPresent();
    }

    /** Remembers a signature that was found right. */
    public void putSigned(String message, Sri fingerprint) {
        store.put(SIGNED + message + ":" + fingerprint, "yes");
    }

    /** The document with keys that a URL answered last. */
    public Optional<byte[]> keys(String url) {
        return store.get(KEYS + url).flatMap(SignatureCache::decoded);
    }

    /** Remembers such a document. */
    public void putKeys(String url, byte[] document) {
        store.put(KEYS + url, Base64.getEncoder().encodeToString(document));
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
