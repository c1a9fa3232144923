package dev.ocnix.report;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.PackageId;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One package of a snapshot.
 *
 * @param kind the term of {@code ocnix:inspect}: {@code npm}, {@code git}, {@code github}, {@code remote-tarball},
 *     {@code local-tarball} or {@code folder}
 * @param location what it is fetched from: the tarball's or the repository's URL without a commit, or a path in the source;
 *     empty if nothing says so
 * @param recorded the hash that the lockfile has; empty if it has none
 * @param content the hash that the fetched content must have; empty if nothing says so
 * @param installs whether an installer would run a script of it; empty if nobody knows
 * @param scripts its preinstall, install and postinstall scripts, where they are known
 * @param addons how its native parts arrive, main way first; empty if nobody looked into it
 */
public record SnapshotPackage(
        PackageId id,
        String kind,
        Optional<String> location,
        Optional<Sri> recorded,
        Optional<Sri> content,
        Optional<Boolean> installs,
        SortedMap<String, Script> scripts,
        Optional<List<AddonKind>> addons) {
    /**
     * A script, which a tree knows by its digest.
     *
     * @param text empty if only the digest is known
     */
    public record Script(String digest, Optional<String> text) {
        /** For people. */
        String shown() {
            return text.map(known -> "`" + known + "`").orElse("with the digest " + digest);
        }

        private boolean isSame(Optional<Script> other) {
            return other.filter(one -> one.digest.equals(digest)).isPresent();
        }
    }

    /** Its scripts that are not those of another. */
    SortedMap<String, Script> scriptsBeyond(SnapshotPackage other) {
        SortedMap<String, Script> beyond = new TreeMap<>(scripts);
        beyond.entrySet()
                .removeIf(entry -> entry.getValue().isSame(Optional.ofNullable(other.scripts.get(entry.getKey()))));
        return beyond;
    }

    /** What comes from a registry. */
    public static final String NPM = "npm";

    public SnapshotPackage {
        scripts = Collections.unmodifiableSortedMap(new TreeMap<>(scripts));
        addons = addons.map(List::copyOf);
    }

    /** {@code host} or {@code host:port} of the location, if that is a URL. */
    public Optional<String> host() {
        return location.filter(text -> text.contains("://")).flatMap(SnapshotPackage::authority);
    }

    private static Optional<String> authority(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether it comes from a registry. */
    public boolean isFromRegistry() {
        return kind.equals(NPM);
    }
}
