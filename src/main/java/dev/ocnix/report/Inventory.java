package dev.ocnix.report;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.model.PackageId;
import java.util.List;
import java.util.Optional;

/**
 * What a tree fetches, for reports and bills of materials.
 *
 * @param name of the application
 * @param version of the application, where its package.json says one
 * @param license of the application, likewise
 * @param packages sorted by id
 * @param direct which of them the project and its members ask for, sorted
 * @param addons those with native parts or install scripts, sorted by id
 * @param leftOut optional packages that nobody has any more and that the tree does without, sorted; they are not among the others
 */
public record Inventory(
        String name,
        Optional<String> version,
        Optional<String> license,
        List<FetchedPackage> packages,
        List<PackageId> direct,
        List<AddonHint> addons,
        List<PackageId> leftOut) {
    public Inventory {
        packages = List.copyOf(packages);
        direct = List.copyOf(direct);
        addons = List.copyOf(addons);
        leftOut = List.copyOf(leftOut);
    }
}
