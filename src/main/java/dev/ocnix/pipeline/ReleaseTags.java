package dev.ocnix.pipeline;

import dev.ocnix.model.BunVersion;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of a repository's tags is the newest release by <a href="https://semver.org">semver</a>. Tags whose names begin like
 * the current one's count ({@code v1.2.3} and {@code 1.2.3} alike, {@code app@1.2.3} beside {@code app@1.2.2}); those that are
 * no complete version do not.
 */
final class ReleaseTags {
    private static final String NUMBER = "(?:0|[1-9][0-9]{0,17})";
    private static final Pattern VERSION = Pattern.compile(
            "(.*?)(" + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-[0-9A-Za-z.-]+)?)(?:\\+[0-9A-Za-z.-]+)?");

    private final String prefix;
    private final Optional<BunVersion.Core> current;
    private final boolean preReleases;

    /**
     * @param current the pinned revision: a tag or a commit
     * @param preReleases whether versions with a pre-release count
     */
    ReleaseTags(String current, boolean preReleases) {
        Optional<Release> pinned = Release.of(current);
        this.prefix = pinned.map(Release::prefix).orElse("");
        this.current = pinned.map(Release::version);
        this.preReleases = preReleases;
    }

    private record Release(String tag, String prefix, BunVersion.Core version) {
        static Optional<Release> of(String tag) {
            Matcher parts = VERSION.matcher(tag);
            if (!parts.matches() || parts.group(1).matches(".*[0-9.]")) {
                return Optional.empty();
            }
            String prefix = parts.group(1).equals("v") ? "" : parts.group(1);
            return Optional.of(
                    new Release(tag, prefix, BunVersion.scan(parts.group(2), 0).lowest()));
        }

        boolean isPreRelease() {
            return !version.pre().isEmpty();
        }
    }

    /** The newest tag that is newer than the current one; of a commit nobody knows, so the newest of all. */
    Optional<String> newer(Collection<String> tags) {
        return tags.stream()
                .flatMap(tag -> Release.of(tag).stream())
                .filter(release -> release.prefix().equals(prefix))
                .filter(release -> preReleases || !release.isPreRelease())
                .filter(release -> current.isEmpty() || release.version().compareTo(current.get()) > 0)
                .max(Comparator.comparing(Release::version).thenComparing(Release::tag))
                .map(Release::tag);
    }
}
