package dev.ocnix.layout.isolated;

import dev.ocnix.model.PlacementKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A node_modules folder while packages are hoisted. */
final class HoistedFolder {
    private final int owner;
    private final Optional<PlacementKey> key;
    private final Optional<HoistedFolder> parent;
    private final Optional<HoistedFolder> ceiling;
    private final Map<String, Entry> entries = new HashMap<>();

    /** An edge by its owner and its position. */
    record Use(int owner, int position) {}

    /**
     * A package in a folder.
     *
     * @param isInside whether it came there with a bundle
     */
    record Entry(Use use, boolean isInside) {}

    /**
     * @param owner the package whose folder it is
     * @param key of that package; empty for the top
     * @param ceiling the folder of the package that bundles that package
     */
    HoistedFolder(
            int owner, Optional<PlacementKey> key, Optional<HoistedFolder> parent, Optional<HoistedFolder> ceiling) {
        this.owner = owner;
        this.key = key;
        this.parent = parent;
        this.ceiling = ceiling;
    }

    int owner() {
        return owner;
    }

    Optional<HoistedFolder> parent() {
        return parent;
    }

    Optional<HoistedFolder> ceiling() {
        return ceiling;
    }

    /** By their aliases. */
    Map<String, Entry> entries() {
        return entries;
    }

    /** Names above it. */
    int depth() {
        return key.map(own -> own.names().size()).orElse(0);
    }

    PlacementKey child(String alias) {
        return key.map(own -> own.child(alias)).orElseGet(() -> PlacementKey.top(alias));
    }

    /** What stands nearest, from here outwards. */
    Optional<Entry> find(String alias) {
        for (Optional<HoistedFolder> folder = Optional.of(this); folder.isPresent(); folder = folder.get().parent) {
            Entry there = folder.get().entries.get(alias);
            if (there != null) {
                return Optional.of(there);
            }
        }
        return Optional.empty();
    }
}
