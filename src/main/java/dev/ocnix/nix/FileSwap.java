package dev.ocnix.nix;

import static java.util.Objects.requireNonNull;

import dev.ocnix.disk.OwnFile;
import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Replaces files of a folder: writes them all beside, then moves, and moves back when a move fails. */
final class FileSwap {
    private final Path folder;
    private final Path records;
    private final Deque<Undo> done = new ArrayDeque<>();
    private boolean stuck;

    /** @param records the machine's records of runs */
    FileSwap(Path folder, Path records) {
        this.folder = folder;
        this.records = records;
    }

    private interface Undo {
        void run() throws IOException;
    }

    /** Says what is to be done, once no other run can change the folder. */
    interface Plan {
        TreeWriter.Changes make() throws IOException, OcnixException;
    }

    /**
     * Makes the changes, or leaves everything as it was.
     *
     * @throws OcnixException if another run is at it
     */
    TreeWriter.Changes apply(NixTree tree, Plan plan) throws IOException, OcnixException {
        try {
            createFolders(folder);
            Staging staging = Staging.claim(folder, records);
            done.push(() -> {
                if (stuck) {
                    // it holds the only copy of what could not be moved back
                    staging.release();
                } else {
                    staging.close();
                }
            });
            TreeWriter.Changes changes = plan.make();
            for (String path : changes.written()) {
                Path file = staging.fresh().resolve(path);
                FileContent content = requireNonNull(tree.files().get(path));
                OwnFile.makeFolders(parentOf(file));
                OwnFile.create(file, out -> out.write(content.bytes()));
            }
            staging.record(changes);
            for (String path : changes.deleted()) {
                moveAway(path, staging.old());
            }
            for (String path : order(changes.written())) {
                moveAway(path, staging.old());
                createFolders(parentOf(folder.resolve(path)));
                move(staging.fresh().resolve(path), folder.resolve(path));
            }
            done.clear();
            removeEmptyFolders(changes.deleted());
            staging.close();
            return changes;
        } catch (IOException | OcnixException | RuntimeException e) {
            undo(e);
            throw e;
        }
    }

    /** The list of our files comes last: until then the old one tells a later run what is whose. */
    private static List<String> order(List<String> paths) {
        List<String> order = new ArrayList<>(paths);
        if (order.remove(TreeManifest.FILE_NAME)) {
            order.add(TreeManifest.FILE_NAME);
        }
        return order;
    }

    private void moveAway(String path, Path old) throws IOException {
        Path file = folder.resolve(path);
        if (!OwnFile.exists(file)) {
            return;
        }
        Path saved = old.resolve(path);
        OwnFile.makeFolders(parentOf(saved));
        Files.move(file, saved);
        done.push(() -> Files.move(saved, file, StandardCopyOption.REPLACE_EXISTING));
    }

    private void move(Path from, Path to) throws IOException {
        Files.move(from, to);
        done.push(() -> Files.deleteIfExists(to));
    }

    private void createFolders(Path wanted) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path path = wanted.toAbsolutePath(); path != null && !Files.exists(path); path = path.getParent()) {
            missing.add(0, path);
        }
        for (Path path : missing) {
            try {
                Files.createDirectory(path);
                done.push(() -> Files.deleteIfExists(path));
            } catch (FileAlreadyExistsException e) {
                // another run may have made it meanwhile
                if (!Files.isDirectory(path)) {
                    throw e;
                }
            }
        }
    }

    private void removeEmptyFolders(List<String> deleted) throws IOException {
        for (String path : deleted) {
            Path parent = parentOf(folder.resolve(path));
            while (!parent.equals(folder) && OwnFile.isFolder(parent) && isEmpty(parent)) {
                Files.delete(parent);
                parent = parentOf(parent);
            }
        }
    }

    /** Of a path below the folder, which always has one. */
    private static Path parentOf(Path path) {
        return requireNonNull(path.getParent());
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (var entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    private void undo(Exception failure) {
        while (!done.isEmpty()) {
            try {
                done.pop().run();
            } catch (IOException e) {
                stuck = true;
                failure.addSuppressed(e);
            }
        }
    }
}
