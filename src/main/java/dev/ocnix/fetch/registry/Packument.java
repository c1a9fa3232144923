package dev.ocnix.fetch.registry;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a registry says of some versions of a package.
 *
 * @param versions by version
 * @param published by version
 */
record Packument(SortedMap<String, VersionRecord> versions, SortedMap<String, Instant> published) {
    Packument {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
        published = Collections.unmodifiableSortedMap(new TreeMap<>(published));
    }

    Optional<VersionRecord> version(String version) {
        return Optional.ofNullable(versions.get(version));
    }

    Optional<Instant> published(String version) {
        return Optional.ofNullable(published.get(version));
    }
}
