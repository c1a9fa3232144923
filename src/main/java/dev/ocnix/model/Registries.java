package dev.ocnix.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The registries of a project: identity, not transport.
 *
 * @param defaultUrl a base URL; slashes at its end are dropped
 * @param byScope scope with its {@code @} to base URL, likewise
 */
public record Registries(String defaultUrl, SortedMap<String, String> byScope) {
    /** npm's registry. */
    public static final String NPM = "https://registry.npmjs.org";

    public Registries {
        defaultUrl = withoutSlash(defaultUrl);
        SortedMap<String, String> scopes = new TreeMap<>(byScope);
        scopes.replaceAll((scope, url) -> withoutSlash(url));
        byScope = Collections.unmodifiableSortedMap(scopes);
    }

    /** Only npm's registry. */
    public static Registries npm() {
        return new Registries(NPM, Collections.emptySortedMap());
    }

    /** Where the tarball of a version is: the lockfile's URL, else the place where registries keep it. */
    public String tarballUrl(PackageId id, Resolution.Npm npm) {
        return npm.tarballUrl()
                .orElseGet(() -> registryOf(id.name()) + "/" + id.name() + "/-/" + id.unscopedName() + "-"
                        + npm.version() + ".tgz");
    }

    private static String withoutSlash(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }

    /** The registry that is configured for a package, without a trailing slash. */
    public String registryOf(String name) {
        int slash = name.indexOf('/');
        Optional<String> scoped =
                slash > 0 ? Optional.ofNullable(byScope.get(name.substring(0, slash))) : Optional.empty();
        return scoped.orElse(defaultUrl);
    }
}
