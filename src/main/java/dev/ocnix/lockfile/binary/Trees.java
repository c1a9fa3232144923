package dev.ocnix.lockfile.binary;

import dev.ocnix.lockfile.LockfileAssembler;
import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.model.Listing;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the placement: each tree is one node_modules folder, its entries are dependencies. */
final class Trees {
    /** Bun's paths end at 4096 bytes. */
    private static final int MAX_PATH = 4096;

    /** Names in all keys together; lockfiles of 2000 packages have some 6000. */
    private static final long MAX_NAMES = 4_000_000;

    private final Bytes bytes;
    private final Buffers buffers;
    private final Dependencies dependencies;
    private final List<Optional<LockedPackage>> packages;
    private final LockfileAssembler assembler;
    private long names;

    Trees(
            Bytes bytes,
            Buffers buffers,
            Dependencies dependencies,
            List<Optional<LockedPackage>> packages,
            LockfileAssembler assembler) {
        this.bytes = bytes;
        this.buffers = buffers;
        this.dependencies = dependencies;
        this.packages = packages;
        this.assembler = assembler;
    }

    /** Places each package. */
    void read() throws LockfileException {
        Section trees = buffers.trees();
        if (trees.count() == 0) {
            return;
        }
        boolean legacy = bytes.u32(trees.at(0) + Offsets.TREE_DEPENDENCY_AT) != Offsets.ROOT_DEPENDENCY;
        long[] folders = new long[trees.count()];
        for (int i = 0; i < folders.length; i++) {
            folders[i] = bytes.u32(trees.at(i) + Offsets.TREE_DEPENDENCY_AT);
        }
        long[] entries = new long[buffers.hoisted().count()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = bytes.u32(buffers.hoisted().at(i));
        }
        if (legacy) {
            new LegacyIds(bytes, dependencies, packages.size()).convert(folders, trees, Offsets.TREE_DEPENDENCY_AT);
            new LegacyIds(bytes, dependencies, packages.size()).convert(entries, buffers.hoisted(), 0);
        }
        List<Optional<PlacementKey>> paths = new ArrayList<>(folders.length);
        for (int i = 0; i < folders.length; i++) {
            Section.Slice slice = buffers.hoisted().slice(bytes, trees.at(i) + Offsets.TREE_SLICE_AT);
            paths.add(slice.length() == 0 && i > 0 ? Optional.empty() : folder(i, folders[i], paths));
            for (int entry = slice.first(); entry < slice.end(); entry++) {
                if (isNothing(entries[entry])) {
                    continue;
                }
                place(paths.get(i), entries[entry], buffers.hoisted().at(entry));
            }
        }
    }

    private static boolean isNothing(long id) {
        return id == Offsets.NOTHING || id == Offsets.UNDEFINED;
    }

    /** The package that a tree's node_modules belongs to; none for the root's. */
    private Optional<PlacementKey> folder(int index, long dependency, List<Optional<PlacementKey>> paths)
            throws LockfileException {
        if (index == 0) {
            return Optional.empty();
        }
        long tree = buffers.trees().at(index);
        bytes.verify(bytes.u32(tree + Offsets.TREE_ID_AT) == index, tree, "a node_modules folder has a wrong number");
        long parent = bytes.u32(tree + Offsets.TREE_PARENT_AT);
        bytes.verify(parent < index, tree, "a node_modules folder lies in one that comes later");
        return Optional.of(extend(paths.get((int) parent), name(dependency, tree + Offsets.TREE_DEPENDENCY_AT), tree));
    }

    private String name(long dependency, long offset) throws LockfileException {
        bytes.verify(dependency < dependencies.count(), offset, "a node_modules folder holds an unknown dependency");
        return dependencies.alias((int) dependency);
    }

    private PlacementKey extend(Optional<PlacementKey> folder, String name, long offset) throws LockfileException {
        PlacementKey longer = folder.isPresent() ? folder.get().child(name) : PlacementKey.top(name);
        names += longer.names().size();
        bytes.verify(
                names <= MAX_NAMES && longer.names().size() <= PlacementKey.MAX_DEPTH,
                offset,
                "the node_modules folders are nested too deeply");
        return longer;
    }

    private void place(Optional<PlacementKey> folder, long dependency, long offset) throws LockfileException {
        String name = name(dependency, offset);
        int target = dependencies.target((int) dependency);
        Optional<LockedPackage> found = target == Listing.Edge.UNRESOLVED ? Optional.empty() : packages.get(target);
        if (found.isEmpty()) {
            return;
        }
        if (target == 0) {
            assembler.add(found.get()); // the project depends on itself; all others are there
        }
        PlacementKey key = extend(folder, name, offset);
        bytes.verify(key.length() <= MAX_PATH, offset, "a path of node_modules is longer than " + MAX_PATH);
        PackageId id = found.get().id();
        Optional<Placement> before = assembler.place(key, found.get(), dependencies.isBundled((int) dependency));
        if (before.isPresent() && !before.get().id().equals(id)) {
            settle(before.get(), found.get(), offset);
        }
    }

    /** A project may name one of its members as a folder, too: then the file has both at one place. */
    private void settle(Placement before, LockedPackage entry, long offset) throws LockfileException {
        Optional<LockedPackage> first = assembler.find(before.id());
        boolean wasMember = first.isPresent() && isMember(first.get());
        bytes.verify(wasMember != isMember(entry), offset, "two packages stand at the same place in node_modules");
        assembler.place(before.key(), wasMember ? first.get() : entry, before.bundled());
        assembler.warn(
                bytes.where(offset),
                before.id() + " and " + entry.id()
                        + " stand at the same place in node_modules; the workspace member counts.");
    }

    private static boolean isMember(LockedPackage entry) {
        return entry.resolution() instanceof Resolution.Workspace;
    }

    /** Before Bun 0.5.9 the trees name packages, not dependencies: the n-th mention of a package is its n-th dependency. */
    private static final class LegacyIds {
        private final Bytes bytes;
        private final int[] head;
        private final int[] next;

        LegacyIds(Bytes bytes, Dependencies dependencies, int packages) {
            this.bytes = bytes;
            head = new int[packages];
            next = new int[dependencies.count()];
            Arrays.fill(head, -1);
            for (int i = next.length - 1; i >= 0; i--) {
                int target = dependencies.target(i);
                if (target != Listing.Edge.UNRESOLVED) {
                    next[i] = head[target];
                    head[target] = i;
                }
            }
        }

        void convert(long[] ids, Section section, int fieldAt) throws LockfileException {
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] == 0 || isNothing(ids[i])) {
                    continue;
                }
                long offset = section.at(i) + fieldAt;
                bytes.verify(ids[i] < head.length, offset, "a node_modules folder holds an unknown package");
                int dependency = head[(int) ids[i]];
                bytes.verify(dependency >= 0, offset, "the lockfile is missing resolution data");
                head[(int) ids[i]] = next[dependency];
                ids[i] = dependency;
            }
        }
    }
}
