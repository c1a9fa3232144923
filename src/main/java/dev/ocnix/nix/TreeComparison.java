package dev.ocnix.nix;

import dev.ocnix.disk.OwnFile;
import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares a tree with the files of a folder, and writes nothing. */
final class TreeComparison {
    private static final int MOST_UNLISTED = 1000;

    private final Path folder;

    TreeComparison(Path folder) {
        this.folder = folder;
    }

    /**
     * What differs; sorted.
     *
     * @param listed path to sha256 of what the folder's own list says is ours
     * @throws OcnixException if the folder is none, or a file or a link stands on the way to a file of the tree
     */
    List<FileDrift> drifts(NixTree tree, SortedMap<String, String> listed) throws IOException, OcnixException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw OcnixException.input(folder + " is not a folder; choose another ocnix.outputDirectory.");
        }
        List<FileDrift> drifts = new ArrayList<>();
        for (Map.Entry<String, FileContent> file : tree.files().entrySet()) {
            DiskFile there = DiskFile.of(folder, file.getKey());
            if (!there.holds(file.getValue())) {
                drifts.add(new FileDrift(file.getKey(), kind(file.getKey(), there, listed)));
            }
        }
        for (Map.Entry<String, String> old : listed.entrySet()) {
            DiskFile there = DiskFile.of(folder, old.getKey());
            if (!tree.files().containsKey(old.getKey()) && there.exists()) {
                boolean isOurs = there.hasDigest(old.getValue());
                drifts.add(new FileDrift(old.getKey(), isOurs ? FileDrift.Kind.STALE : edited(there)));
            }
        }
        Collections.sort(drifts);
        return drifts;
    }

    /** Listed files that are missing or edited; sorted. */
    List<FileDrift> edits(SortedMap<String, String> listed) throws IOException, OcnixException {
        List<FileDrift> drifts = new ArrayList<>();
        for (Map.Entry<String, String> file : listed.entrySet()) {
            DiskFile there = DiskFile.of(folder, file.getKey());
            if (!there.exists()) {
                drifts.add(new FileDrift(file.getKey(), FileDrift.Kind.MISSING));
            } else if (!there.hasDigest(file.getValue())) {
                drifts.add(new FileDrift(file.getKey(), edited(there)));
            }
        }
        Collections.sort(drifts);
        return drifts;
    }

    /** What stands in the folders of the tree, below its own one, and is not listed; sorted. No link is followed. */
    List<String> unlisted(SortedMap<String, String> listed) throws IOException {
        SortedSet<String> folders = new TreeSet<>();
        for (String path : listed.keySet()) {
            if (path.contains("/")) {
                folders.add(path.substring(0, path.indexOf('/')));
            }
        }
        List<String> unlisted = new ArrayList<>();
        for (String name : folders) {
            if (OwnFile.isFolder(folder.resolve(name))) {
                try (Stream<Path> walk = Files.walk(folder.resolve(name))) {
                    walk.filter(path -> !OwnFile.isFolder(path))
                            .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                            .filter(path -> !listed.containsKey(path))
                            .limit(MOST_UNLISTED)
                            .forEach(unlisted::add);
                }
            }
        }
        Collections.sort(unlisted);
        return unlisted;
    }

    private static FileDrift.Kind kind(String path, DiskFile there, SortedMap<String, String> listed)
            throws IOException {
        if (!there.exists()) {
            return FileDrift.Kind.MISSING;
        }
        // nothing lists the list itself
        if (path.equals(TreeManifest.FILE_NAME)) {
            return FileDrift.Kind.OUTDATED;
        }
        String digest = listed.get(path);
        if (digest == null) {
            return there.isConflicted() ? FileDrift.Kind.CONFLICTED : FileDrift.Kind.FOREIGN;
        }
        return there.hasDigest(digest) ? FileDrift.Kind.OUTDATED : edited(there);
    }

    private static FileDrift.Kind edited(DiskFile there) throws IOException {
        return there.isConflicted() ? FileDrift.Kind.CONFLICTED : FileDrift.Kind.EDITED;
    }
}
