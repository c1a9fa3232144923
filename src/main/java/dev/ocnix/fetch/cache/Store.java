package dev.ocnix.fetch.cache;

import dev.ocnix.model.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A cache's entries, a line of text each. Losing them costs only time: one that is damaged counts as absent, and a disk that
 * cannot be written is a warning. Several threads and processes may use it at once; an entry is on the disk as soon as it is
 * put.
 */
final class Store implements AutoCloseable {
    private final Packs packs;
    private final Consumer<String> warnings;
    private final Map<String, String> known;
    private final Set<String> used = new TreeSet<>();
    private Optional<Journal> journal = Optional.empty();
    private boolean isBroken;

    /**
     * Reads it.
     *
     * @param directory need not exist
     * @param maxBytes above which what no run uses goes
     * @param warnings takes at most one sentence
     */
    Store(Path directory, long maxBytes, Consumer<String> warnings) {
        this.packs = new Packs(directory, maxBytes);
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

    synchronized Optional<String> get(String key) {
        Optional<String> value = Optional.ofNullable(known.get(key));
        value.ifPresent(found -> used.add(key));
        return value;
    }

    /** An entry that cannot be a line is not kept. */
    synchronized void put(String key, String value) {
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
        warnings.accept("Could not " + what + " the cache (" + Words.reason(e)
                + "); this run goes on without it, and the next one will download again. Set ocnix.cacheDirectory to a folder"
                + " that can be written.");
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
