package dev.ocnix.nix;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Writes a tree over the one in a folder: all of it or nothing. Files that the folder's {@code ocnix.json} lists are ours to
 * replace or delete; all others are the user's and stay.
 */
public final class TreeWriter {
    private static final int MAX_MANIFEST_SIZE = 64 << 20;

    private final Path folder;
    private final Path records;
    private final boolean force;

    /**
     * A writer for one folder.
     *
     * @param folder need not exist
     * @param force whether to replace files that were edited by hand, or that stand where a file of ours belongs
     * @param cacheDirectory where this machine remembers what a run is about to move
     */
    public TreeWriter(Path folder, boolean force, Path cacheDirectory) {
        this.folder = folder;
        this.records = cacheDirectory.resolve("runs");
        this.force = force;
    }

    /**
     * What a run changed.
     *
     * @param written paths of new and changed files
     * @param deleted paths of files that the new tree does not have
     */
    public record Changes(List<String> written, List<String> deleted) {
        public Changes {
            written = List.copyOf(written);
            deleted = List.copyOf(deleted);
        }

        public boolean isEmpty() {
            return written.isEmpty() && deleted.isEmpty();
        }
    }

    /**
     * Puts the folder into the state from before a run that was killed while it wrote, if there was one.
     *
     * @throws OcnixException if another run is at it, or the folder cannot be written
     */
    public void mend() throws OcnixException {
        if (Staging.isIn(folder)) {
            try {
                Staging.claim(folder, records).close();
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }

    /**
     * Writes what differs; a file that is the same already is not touched.
     *
     * @throws OcnixException if files were edited by hand, or a user's files are in the way, naming them all; if the folder
     *     holds an {@code ocnix.json} that is not ours; or if it cannot be written
     */
    public Changes write(NixTree tree) throws OcnixException {
        Changes changes = plan(tree);
        try {
            // once no other run can come between, what the folder holds is looked at anew
            return changes.isEmpty() ? changes : new FileSwap(folder, records).apply(tree, () -> plan(tree, listed()));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private OcnixException unwritable(IOException e) {
        return OcnixException.outside(
                "The output folder " + folder + " cannot be written (" + Words.reason(e)
                        + "); make it writable, or choose another ocnix.outputDirectory.",
                e);
    }

    /** What the tree on disk says is ours. */
    private SortedMap<String, String> listed() throws IOException, OcnixException {
        Path file = folder.resolve(TreeManifest.FILE_NAME);
        if (Files.isSymbolicLink(file) || (Files.exists(file) && !Files.isRegularFile(file))) {
            throw OcnixException.input(
                    file + " is not a regular file; move it away, or choose another ocnix.outputDirectory.");
        }
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        if (Files.size(file) > MAX_MANIFEST_SIZE) {
            throw OcnixException.input(file + " is larger than " + MAX_MANIFEST_SIZE
                    + " bytes, so ocnix did not write it; move it away, or choose another ocnix.outputDirectory.");
        }
        byte[] content = Files.readAllBytes(file);
        return force && MergeConflict.isIn(content)
                ? listedByEither(content, file)
                : TreeManifest.read(content, file.toString()).files();
    }

    /** Of a list in a merge conflict, the files that are as one of its sides has them. */
    private SortedMap<String, String> listedByEither(byte[] content, Path file) throws IOException, OcnixException {
        SortedMap<String, String> listed = new TreeMap<>();
        for (byte[] side : MergeConflict.sides(content)) {
            for (Map.Entry<String, String> one :
                    TreeManifest.read(side, file.toString()).files().entrySet()) {
                if (DiskFile.of(folder, one.getKey()).hasDigest(one.getValue())) {
                    listed.put(one.getKey(), one.getValue());
                }
            }
        }
        return listed;
    }

    /**
     * What of the folder is not as the tree has it; sorted. Nothing is written.
     *
     * @throws OcnixException if the folder, or its {@code ocnix.json}, is not ours or cannot be read
     */
    public List<FileDrift> compare(NixTree tree) throws OcnixException {
        try {
            return new TreeComparison(folder).drifts(tree, listed());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private OcnixException unreadable(IOException e) {
        return OcnixException.outside(
                "The output folder " + folder + " cannot be read (" + Words.reason(e) + "); make it readable.", e);
    }

    /**
     * The files that the folder's own list has and that are not as it says; sorted.
     *
     * @throws OcnixException if the list is not ours, or the folder cannot be read
     */
    public List<FileDrift> edits() throws OcnixException {
        try {
            return new TreeComparison(folder).edits(listed());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Files in the tree's folders that its list does not have: no part of it, and not checked; sorted.
     *
     * @throws OcnixException if the list is not ours, or the folder cannot be read
     */
    public List<String> unlisted() throws OcnixException {
        try {
            return new TreeComparison(folder).unlisted(listed());
        } catch (IOException e) {
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw unreadable(new IOException(e));
        }
    }

    /** Whether a run is writing to the folder, or was killed while it did. */
    public boolean isUnfinished() {
        return Staging.isIn(folder);
    }

    /**
     * What {@link #write} would do.
     *
     * @throws OcnixException as it does
     */
    public Changes plan(NixTree tree) throws OcnixException {
        try {
            return plan(tree, listed());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private Changes plan(NixTree tree, SortedMap<String, String> listed) throws IOException, OcnixException {
        List<FileDrift> drifts = new TreeComparison(folder).drifts(tree, listed);
        if (!force) {
            refuse(
                    paths(drifts, drift -> drift.kind() == FileDrift.Kind.CONFLICTED),
                    paths(drifts, drift -> drift.kind() == FileDrift.Kind.EDITED),
                    paths(drifts, drift -> drift.kind() == FileDrift.Kind.FOREIGN));
        }
        return new Changes(
                paths(drifts, drift -> tree.files().containsKey(drift.path())),
                paths(drifts, drift -> !tree.files().containsKey(drift.path())));
    }

    private static List<String> paths(List<FileDrift> drifts, Predicate<FileDrift> which) {
        return drifts.stream().filter(which).map(FileDrift::path).sorted().toList();
    }

    private void refuse(List<String> conflicted, List<String> edited, List<String> foreign) throws OcnixException {
        List<String> problems = new ArrayList<>();
        for (String path : conflicted) {
            problems.add(folder.resolve(path) + " holds a merge conflict; run with -Docnix.force to write it anew.");
        }
        for (String path : edited) {
            problems.add(
                    folder.resolve(path)
                            + " was generated and then edited by hand; undo the edit, or run with -Docnix.force to overwrite it.");
        }
        for (String path : foreign) {
            problems.add(
                    folder.resolve(path)
                            + " is not a file of ocnix and stands where one belongs; move it away, or run with -Docnix.force to overwrite it.");
        }
        if (!problems.isEmpty()) {
            throw new OcnixException(OcnixException.Fault.INPUT, problems);
        }
    }
}
