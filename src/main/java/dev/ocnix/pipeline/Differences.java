package dev.ocnix.pipeline;

import dev.ocnix.model.OcnixException;
import dev.ocnix.nix.FileContent;
import dev.ocnix.nix.TreeDependencies;
import dev.ocnix.nix.TreeManifest;
import dev.ocnix.report.TreeDifference;
import dev.ocnix.report.TreeSnapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Says how the packages of a tree on disk differ from those that a conversion gives. */
final class Differences {
    /** What the packages follow from. */
    private static final List<String> DECISIVE = List.of(TreeDependencies.FILE_NAME, PreviousTree.FACTS);

    private final Path folder;
    private final Listener listener;

    Differences(Path folder, Listener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /**
     * The difference.
     *
     * @return empty if there is no tree on disk, or one that cannot be read
     */
    Optional<TreeDifference> of(PreviousTree previous, Converted converted) {
        Optional<TreeManifest> manifest = previous.manifest();
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (isSame(converted)) {
                return Optional.of(TreeDifference.between(
                        Snapshots.withoutPackages(folder, manifest.get()),
                        Snapshots.withoutPackages(converted.input())));
            }
            ScriptTexts texts = ScriptTexts.of(converted.scripts());
            TreeSnapshot before = Snapshots.of(folder, manifest.get(), previous.facts(), texts);
            return Optional.of(
                    TreeDifference.between(before, Snapshots.of(converted.input(), converted.facts(), texts)));
        } catch (OcnixException e) {
            listener.warn("What the tree's packages were before is not known: " + e.getMessage());
            return Optional.empty();
        }
    }

    private boolean isSame(Converted converted) throws OcnixException {
        for (String path : DECISIVE) {
            Optional<FileContent> there =
                    PreviousTree.read(folder.resolve(path)).map(FileContent::of);
            if (!there.equals(Optional.ofNullable(converted.tree().files().get(path)))) {
                return false;
            }
        }
        return true;
    }
}
