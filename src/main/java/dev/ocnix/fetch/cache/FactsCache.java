package dev.ocnix.fetch.cache;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.TarballFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The machine's memory of what tarballs and checkouts contain, by content hash. Losing it costs only time: an entry that is
 * damaged counts as absent, and a disk that cannot be written is a warning. Several threads and processes may use it at once;
 * an entry is on the disk as soon as it is put.
 */
public final class FactsCache implements AutoCloseable {
    private static final long MAX_BYTES = 64L << 20;

    private final Packs packs;
    private final Consumer<String> warnings;
    private final Map<String, String> known;
    private final Set<String> used = new TreeSet<>();
    private Optional<Journal> journal = Optional.empty();
    private boolean isBroken;

    /**
     * Reads the cache.
     *
     * @param directory the plugin's cache directory; need not exist
     * @param warnings takes at most one sentence
     */
    public FactsCache(Path directory, Consumer<String> warnings) {
        this.packs = new Packs(directory.resolve("facts-" + FactsCodec.SCHEMA), MAX_BYTES);
        this.warnings = warnings;
        this.known = readAll();
    }

    private Map<String, String> readAll() {
        try {
            return packs.readAll();
        } catch (IOException e) {
            warn("read", e);
            return new TreeMap<>();
        }
    }

    /** The facts of the tarball with this hash, of whatever algorithm. */
    public synchronized Optional<TarballFacts> find(Sri integrity) {
        if (integrity.algorithm() == HashAlgorithm.SHA512) {
            return get("tarball:" + integrity).flatMap(value -> tarball(integrity, value));
        }
        return get("alias:" + integrity)
                .flatMap(Sri::parse)
                .filter(sha512 -> sha512.algorithm() == HashAlgorithm.SHA512)
                .flatMap(this::find);
    }

    /**
     * Remembers a tarball.
     *
     * @param integrity what the lockfile records of it, verified
     */
    public synchronized void put(Optional<Sri> integrity, TarballFacts facts) {
        put("tarball:" + facts.sha512(), FactsCodec.write(facts).toString());
        integrity
                .filter(sri -> sri.algorithm() != HashAlgorithm.SHA512)
                .ifPresent(sri -> put("alias:" + sri, facts.sha512().toString()));
    }

    /**
     * The facts of a checkout.
     *
     * @param key which names an immutable thing: the repository and a full commit id
     */
    public synchronized Optional<CheckoutFacts> findCheckout(String key) {
        return get("checkout:" + key).flatMap(FactsCache::checkout);
    }

    /** Remembers a checkout; a key with blanks or characters outside ASCII is not kept. */
    public synchronized void putCheckout(String key, CheckoutFacts facts) {
        put("checkout:" + key, FactsCodec.write(facts).toString());
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

    private Optional<String> get(String key) {
        Optional<String> value = Optional.ofNullable(known.get(key));
        value.ifPresent(found -> used.add(key));
        return value;
    }

    private void put(String key, String value) {
        if (!CacheLine.isKey(key) || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            return;
        }
        used.add(key);
        if (value.equals(known.put(key, value))) {
            return;
        }
        try {
            if (!isBroken) {
                write(new CacheLine(key, value));
            }
        } catch (IOException e) {
            warn("write", e);
        }
    }

    private void write(CacheLine line) throws IOException {
        if (journal.isEmpty()) {
            journal = Optional.of(packs.open());
        }
        journal.get().append(line);
    }

    private void warn(String what, IOException e) {
        if (isBroken) {
            return;
        }
        isBroken = true;
        warnings.accept("Could not " + what + " the cache (" + e
                + "); this run goes on without it, and the next one will download again.");
    }

    /** Makes what is new a pack of its own, and fewer of many packs. */
    @Override
    public synchronized void close() {
        try {
            if (journal.isPresent()) {
                journal.get().close();
                journal = Optional.empty();
            }
            if (!isBroken) {
                packs.tidy(used);
            }
        } catch (IOException e) {
            warn("tidy", e);
        }
    }
}
