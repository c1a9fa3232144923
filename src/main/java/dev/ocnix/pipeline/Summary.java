package dev.ocnix.pipeline;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.nix.NixTree;
import dev.ocnix.nix.TreeWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a run says of its result. */
final class Summary {
    private Summary() {}

    /** How many dependencies there are, and how far they are known. */
    static String of(PackageContents contents, List<AddonHint> hints, Lockfile lockfile) {
        int all = contents.sources().size() - contents.gone().size();
        int seen = contents.manifests().size();
        String dependencies = all + (all == 1 ? " dependency, " : " dependencies, ");
        if (seen == 0 && all > 0) {
            return dependencies + "none of them looked into.";
        }
        String verified = seen >= all ? "all of them verified" : seen + " of them verified";
        long builds = hints.stream()
                .map(hint -> lockfile.packages().get(hint.id()))
                .filter(locked -> locked != null && isForSomePlatforms(locked))
                .count();
        return dependencies + verified + ", " + (hints.size() - builds) + " with native parts or install scripts"
                + (builds == 0 ? "" : ", and " + builds + " builds of them for single platforms") + ".";
    }

    private static boolean isForSomePlatforms(LockedPackage locked) {
        return locked.os() instanceof Constraint.Only || locked.cpu() instanceof Constraint.Only;
    }

    /** What a tree lacks whose dependencies were not all looked into by choice. */
    static Optional<String> unknown(PackageContents contents) {
        int unseen = contents.sources().size()
                - contents.manifests().size()
                - contents.unverified().size()
                - contents.gone().size();
        return unseen <= 0
                ? Optional.empty()
                : Optional.of("Nobody has looked into " + unseen
                        + " dependencies, so their native parts and install scripts are not known;"
                        + " ocnix.prefetch=all looks into all of them.");
    }

    /** That the files are right. */
    static String asItShouldBe(int files, Path folder) {
        return "the " + files + " files of " + folder + " are what this pin gives.";
    }

    /** What became of the files. */
    static String of(NixTree tree, TreeWriter.Changes changes, Path folder) {
        if (changes.isEmpty()) {
            return "Nothing changed: " + asItShouldBe(tree.files().size(), folder);
        }
        String deleted = changes.deleted().isEmpty()
                ? ""
                : ", deleted " + changes.deleted().size();
        return "Wrote " + changes.written().size() + " of " + tree.files().size() + " files" + deleted + " in " + folder
                + ".";
    }
}
