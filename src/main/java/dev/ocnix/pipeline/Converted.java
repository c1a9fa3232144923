package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.Facts;
import dev.ocnix.nix.NixTree;
import dev.ocnix.nix.TreeInput;
import dev.ocnix.report.Inventory;
import dev.ocnix.report.LifecycleScripts;
import java.util.List;

/**
 * What came out of a conversion, before anything is done with it.
 *
 * @param facts what {@code facts.json} says
 * @param inventory what the tree fetches
 * @param scripts what the report tells besides
 * @param sourceFetched whether the source was fetched in this run, and its tag asked for
 */
record Converted(
        TreeInput input,
        NixTree tree,
        Facts facts,
        Inventory inventory,
        List<LifecycleScripts> scripts,
        boolean sourceFetched) {
    Converted {
        scripts = List.copyOf(scripts);
    }
}
