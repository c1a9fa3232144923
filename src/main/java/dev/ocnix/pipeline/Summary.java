package dev.ocnix.pipeline;

import dev.ocnix.nix.NixTree;
import dev.ocnix.nix.TreeWriter;
import java.nio.file.Path;

/** The sentence at the end of a run. */
final class Summary {
    private Summary() {}

    static String of(NixTree tree, TreeWriter.Changes changes, Path folder) {
        if (changes.isEmpty()) {
            return "Nothing changed: the " + tree.files().size() + " files of " + folder + " are what this pin gives.";
        }
        String deleted = changes.deleted().isEmpty()
                ? ""
                : ", deleted " + changes.deleted().size();
        return "Wrote " + changes.written().size() + " of " + tree.files().size() + " files" + deleted + " in " + folder
                + ".";
    }
}
