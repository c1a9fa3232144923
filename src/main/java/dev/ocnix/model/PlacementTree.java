package dev.ocnix.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The folders of node_modules as a tree, so that a lookup costs its depth and no more, however long the keys are. A dependency
 * is looked up as runtimes do: in the own folder first, then outwards to the top.
 */
public final class PlacementTree {
    private final Folder top = new Folder(Optional.empty());

    /** @param keys of all that is placed */
    public PlacementTree(Collection<PlacementKey> keys) {
        for (PlacementKey key : keys) {
            Folder folder = top;
            for (String name : key.names()) {
                Folder parent = folder;
                folder = parent.children.computeIfAbsent(name, ignored -> new Folder(Optional.of(parent)));
            }
            folder.key = Optional.of(key);
        }
    }

    /** The place that a dependency of the package at {@code from} means. */
    public Optional<PlacementKey> resolve(PlacementKey from, String alias) {
        return walk(descend(from), alias);
    }

    /** The place that a dependency of the root means. */
    public Optional<PlacementKey> resolve(String alias) {
        return walk(top, alias);
    }

    /** The place that a dependency means of what stands at a place, or, without one, of the root. */
    public Optional<PlacementKey> resolve(Optional<PlacementKey> from, String alias) {
        return from.isPresent() ? resolve(from.get(), alias) : resolve(alias);
    }

    /** The deepest known folder on the way to a key; a member without own packages has none. */
    private Folder descend(PlacementKey key) {
        Folder folder = top;
        for (String name : key.names()) {
            Folder child = folder.children.get(name);
            if (child == null) {
                return folder;
            }
            folder = child;
        }
        return folder;
    }

    private static Optional<PlacementKey> walk(Folder start, String alias) {
        Optional<Folder> folder = Optional.of(start);
        while (folder.isPresent()) {
            Folder child = folder.get().children.get(alias);
            if (child != null && child.key.isPresent()) {
                return child.key;
            }
            folder = folder.get().parent;
        }
        return Optional.empty();
    }

    private static final class Folder {
        private final Optional<Folder> parent;
        private final Map<String, Folder> children = new HashMap<>();
        private Optional<PlacementKey> key = Optional.empty();

        Folder(Optional<Folder> parent) {
            this.parent = parent;
        }
    }
}
