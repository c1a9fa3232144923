package dev.ocnix.fetch.http;

import dev.ocnix.model.PrivateHost;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Which URLs a run may ask for. A lockfile is written by others: it shall not make this machine talk to services that only
 * this machine can reach.
 */
public final class HostPolicy {
    private static final String FORBIDDEN = " \"'`<>[]{}|\\^";

    private final Set<String> trustedHosts;

    /**
     * @param trustedHosts {@code host:port} of those that may be anywhere
     */
    public HostPolicy(Set<String> trustedHosts) {
        this.trustedHosts = Set.copyOf(trustedHosts);
    }

    /** Why a URL may not be asked for, as the end of a sentence about it; empty if it may. */
    public Optional<String> objection(String url) {
        Optional<String> brackets = url.chars().anyMatch(HostPolicy::isForbidden)
                ? Optional.of("contains a character that must be percent-encoded; correct it where it is written")
                : Optional.empty();
        if (brackets.isPresent() && !isPlainIpv6(url)) {
            return brackets;
        }
        HttpUrl parsed = HttpUrl.parse(url);
        return parsed == null ? Optional.of("is no http or https URL; give one") : objection(parsed);
    }

    /** As {@link #objection(String)}, for a URL that is known to parse. */
    Optional<String> objection(HttpUrl url) {
        if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
            return Optional.of("carries credentials; put them into a <server> of settings.xml");
        }
        if (!isTrusted(url) && PrivateHost.is(url.host())) {
            return Optional.of(PrivateHost.REFUSAL);
        }
        return Optional.empty();
    }

    /** Why a connection to this address may not be used for the URL. */
    Optional<String> objection(HttpUrl url, InetAddress address) {
        return !isTrusted(url) && PrivateHost.is(address) ? Optional.of(PrivateHost.REFUSAL) : Optional.empty();
    }

    /** Whether a host may be anywhere as far as one of its ports goes. */
    boolean trustsSomePortOf(String host) {
        return trustedHosts.stream()
                .anyMatch(trusted ->
                        trusted.substring(0, trusted.lastIndexOf(':')).equals(host));
    }

    private boolean isTrusted(HttpUrl url) {
        return trustedHosts.contains(url.host() + ":" + url.port());
    }

    private static boolean isForbidden(int character) {
        return character <= ' ' || character == 0x7f || FORBIDDEN.indexOf(character) >= 0;
    }

    private static boolean isPlainIpv6(String url) {
        return url.matches("(?i)https?://\\[[0-9a-f:.]+](:[0-9]+)?(/.*)?")
                && url.substring(url.indexOf(']') + 1).chars().noneMatch(HostPolicy::isForbidden);
    }
}
