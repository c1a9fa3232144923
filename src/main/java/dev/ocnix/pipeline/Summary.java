package dev.ocnix.pipeline;

import dev.ocnix.nix.NixTree;
import dev.ocnix.nix.TreeWriter;
import java.nio.file.Path;
import java.util.Optional;

/** What a run says of its result. */
final class Summary {
    private Summary() {}

    /** How many dependencies there are, and how far they are known. */
    static String of(PackageContents contents, int hints) {
        int all = contents.sources().size();
        int seen = contents.manifests().size();
        String dependencies = all + (all == 1 ? " dependency, " : " dependencies, ");
        if (seen == 0 && all > 0) {
            return dependencies + "none of them looked into.";
        }
        String verified = seen >= all ? "all of them verified" : seen + " of them verified";
        return dependencies + verified + ", " + hints + " with native parts or install scripts.";
    }

    /** What a tree lacks whose dependencies were not all looked into by choice. */
    static Optional<String> unknown(PackageContents contents) {
        int unseen = contents.sources().size()
                - contents.manifests().size()
                - contents.unverified().size();
        return unseen <= 0
                ? Optional.empty()
                : Optional.of("Nobody has looked into " + unseen
                        + " dependencies, so their native parts and install scripts are not known;"
                        + " ocnix.prefetch=all looks into all of them.");
    }

    /** That the files are right. */
    static String asItShouldBe(NixTree tree, Path folder) {
        return "the " + tree.files().size() + " files of " + folder + " are what this pin gives.";
    }

    /** What became of the files. */
    static String of(NixTree tree, TreeWriter.Changes changes, Path folder) {
        if (changes.isEmpty()) {
            return "Nothing changed: " + asItShouldBe(tree, folder);
        }
        String deleted = changes.deleted().isEmpty()
                ? ""
                : ", deleted " + changes.deleted().size();
        return "Wrote " + changes.written().size() + " of " + tree.files().size() + " files" + deleted + " in " + folder
                + ".";
    }
}
