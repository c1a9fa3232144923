package dev.ocnix.report.sbom;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Registries;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.report.FetchedPackage;
import dev.ocnix.report.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Package URLs as <a href="https://github.com/package-url/purl-spec">purl-spec</a> writes them. Names in npm's registry keep
 * their case, since {@code JSONStream} and {@code jsonstream} are two packages there.
 */
final class PackageUrl {
    private PackageUrl() {}

    static String of(FetchedPackage fetched) {
        Origin origin = fetched.origin();
        if (origin instanceof Origin.Registry registry) {
            return npm(fetched, registry.url());
        }
        if (origin instanceof Origin.GitHub github && github.baseUrl().equals(SourceIdentity.GitHub.PUBLIC_HOST)) {
            return "pkg:github/" + encoded(github.owner().toLowerCase(Locale.ROOT)) + "/"
                    + encoded(github.repo().toLowerCase(Locale.ROOT)) + "@" + github.commit();
        }
        SortedMap<String, String> qualifiers = new TreeMap<>();
        if (origin instanceof Origin.Url url) {
            fetched.hash().ifPresent(hash -> qualifiers.put("checksum", checksum(hash)));
            qualifiers.put("download_url", url.url());
        } else if (origin instanceof Origin.GitHub github) {
            String repository = github.baseUrl() + "/" + github.owner() + "/" + github.repo();
            qualifiers.put("vcs_url", "git+" + repository + "@" + github.commit());
        } else if (origin instanceof Origin.Git git) {
            qualifiers.put("vcs_url", "git+" + git.url() + "@" + git.commit());
        }
        return named("generic", fetched) + query(qualifiers);
    }

    private static String npm(FetchedPackage fetched, String url) {
        SortedMap<String, String> qualifiers = new TreeMap<>();
        if (!url.startsWith(Registries.NPM + "/")) {
            int end = url.indexOf("/" + fetched.id().name() + "/-/");
            qualifiers.put(end < 0 ? "download_url" : "repository_url", end < 0 ? url : url.substring(0, end));
        }
        return named("npm", fetched) + query(qualifiers);
    }

    private static String named(String type, FetchedPackage fetched) {
        PackageId id = fetched.id();
        int slash = id.name().indexOf('/');
        String name = slash < 0
                ? encoded(id.name())
                : encoded(id.name().substring(0, slash))
                        + "/"
                        + encoded(id.name().substring(slash + 1));
        return "pkg:" + type + "/" + name
                + fetched.version().map(version -> "@" + encoded(version)).orElse("");
    }

    private static String checksum(Sri hash) {
        return hash.algorithm().prefix() + ":" + hash.hex();
    }

    private static String query(SortedMap<String, String> qualifiers) {
        StringBuilder query = new StringBuilder();
        qualifiers.forEach((key, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(key)
                .append('=')
                .append(encoded(value)));
        return query.toString();
    }

    /** Whatever is not unreserved in RFC 3986 is percent-encoded. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
