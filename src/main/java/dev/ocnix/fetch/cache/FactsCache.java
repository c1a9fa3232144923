package dev.ocnix.fetch.cache;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.TarballFacts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The machine's memory of what tarballs and checkouts contain, by content hash. Losing it costs only time: an entry that is
 * damaged counts as absent, and a disk that cannot be written is a warning. Several threads and processes may use it at once;
 * an entry is on the disk as soon as it is put.
 */
public final class FactsCache implements AutoCloseable {
    private static final long MAX_BYTES = 64L << 20;

    private static final String SEEN = "1";

    private final Store store;

    /**
     * Reads the cache.
     *
     * @param directory the plugin's cache directory; need not exist
     * @param warnings takes at most one sentence
     */
    public FactsCache(Path directory, Consumer<String> warnings) {
        this.store = new Store(directory.resolve("facts-" + FactsCodec.SCHEMA), MAX_BYTES, warnings);
    }

    /** The facts of the tarball with this hash, of whatever algorithm. */
    public Optional<TarballFacts> find(Sri integrity) {
        if (integrity.algorithm() == HashAlgorithm.SHA512) {
            return integrity.candidates().stream()
                    .map(one -> store.get("tarball:" + one).flatMap(value -> tarball(one, value)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return store.get("alias:" + integrity)
                .flatMap(Sri::parse)
                .filter(sha512 -> sha512.algorithm() == HashAlgorithm.SHA512)
                .flatMap(this::find);
    }

    /**
     * Remembers a tarball.
     *
     * @param integrity what the lockfile records of it, verified
     */
    public void put(Optional<Sri> integrity, TarballFacts facts) {
        store.put("tarball:" + facts.sha512(), FactsCodec.write(facts).toString());
        integrity
                .filter(sri -> sri.algorithm() != HashAlgorithm.SHA512)
                .ifPresent(sri -> store.put("alias:" + sri, facts.sha512().toString()));
    }

    /** Whether a tarball with this content was downloaded from this address, by whatever name of it. */
    public boolean wasServed(Sri sha512, String url) {
        return store.get(served(sha512, url)).isPresent();
    }

    /** Remembers where a tarball of which no lockfile has a hash came from. */
    public void putServed(Sri sha512, String url) {
        store.put(served(sha512, url), SEEN);
    }

    private static String served(Sri sha512, String url) {
        return "served:" + sha512 + ":" + url;
    }

    /** Whether this machine was told that nobody has a tarball any more. */
    public boolean wasGone(String url) {
        return store.get("gone:" + url).isPresent();
    }

    /** Remembers that. */
    public void putGone(String url) {
        store.put("gone:" + url, SEEN);
    }

    /**
     * The facts of a checkout.
     *
     * @param key which names an immutable thing: the repository and a full commit id
     */
    public Optional<CheckoutFacts> findCheckout(String key) {
        return store.get("checkout:" + key).flatMap(FactsCache::checkout);
    }

    /** Remembers a checkout; a key with blanks or characters outside ASCII is not kept. */
    public void putCheckout(String key, CheckoutFacts facts) {
        store.put("checkout:" + key, FactsCodec.write(facts).toString());
    }

    /**
     * What a folder showed of native parts.
     *
     * @param key which names its content, by a hash
     */
    public Optional<AddonFacts> findFolder(String key) {
        return store.get("folder:" + key).flatMap(FactsCache::folder);
    }

    /** Remembers a folder; a key with blanks or characters outside ASCII is not kept. */
    public void putFolder(String key, AddonFacts facts) {
        store.put("folder:" + key, FactsCodec.write(facts).toString());
    }

    private static Optional<AddonFacts> folder(String json) {
        try {
            return Optional.of(AddonCodec.read(Fields.parse(json)));
        } catch (FactsFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<TarballFacts> tarball(Sri sha512, String json) {
        try {
            return Optional.of(FactsCodec.readTarball(sha512, Fields.parse(json)));
        } catch (FactsFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<CheckoutFacts> checkout(String json) {
        try {
            return Optional.of(FactsCodec.readCheckout(Fields.parse(json)));
        } catch (FactsFormatException e) {
            return Optional.empty();
        }
    }

    /** Makes what is new a pack of its own, and fewer of many packs. */
    @Override
    public void close() {
        store.close();
    }
}
