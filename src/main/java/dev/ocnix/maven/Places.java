package dev.ocnix.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a goal puts its files, and what of that would be regretted. */
record Places(Path tree, Path reports, Path build) {
    static Places of(ConversionMojo mojo) {
        return new Places(
                mojo.outputDirectory.toPath().normalize(),
                mojo.reportDirectory.toPath().normalize(),
                mojo.buildDirectory.toPath().normalize());
    }

    /** A sentence for each place that is in another's way. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (reports.startsWith(tree)) {
            warnings.add("The reports go into the tree, " + tree
                    + ", and would be committed with it; set ocnix.reportDirectory to a folder outside of it.");
        }
        if (tree.startsWith(build)) {
            warnings.add("The tree, " + tree + ", is in the folder of build results, which mvn clean deletes; set"
                    + " ocnix.outputDirectory to a folder that is committed.");
        }
        return warnings;
    }
}
