package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.Facts;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.nix.DependencySource;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of the content of each package that a tree fetches.
 *
 * @param sources where it comes from, and its hash
 * @param manifests its own package.json, where its content was seen, now or in an earlier run
 * @param addons its native parts, where its content was seen
 * @param facts what the tree keeps of all this
 * @param unverified packages whose content nobody has seen
 * @param gone optional packages that the tree leaves out, since their registry no longer has them
 */
record PackageContents(
        SortedMap<PackageId, DependencySource> sources,
        SortedMap<PackageId, PackageManifest> manifests,
        SortedMap<PackageId, AddonFacts> addons,
        Facts facts,
        List<PackageId> unverified,
        SortedSet<PackageId> gone) {
    PackageContents {
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
        manifests = Collections.unmodifiableSortedMap(new TreeMap<>(manifests));
        addons = Collections.unmodifiableSortedMap(new TreeMap<>(addons));
        unverified = List.copyOf(unverified);
        gone = Collections.unmodifiableSortedSet(new TreeSet<>(gone));
    }
}
