package dev.ocnix.fetch.http;

import dev.ocnix.model.OcnixException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Base URLs that a user configured, each with the id of the server whose credentials are meant for what is below it. Of several
 * on one host the one with the longest path counts, which ends at a slash: {@code /npm} says nothing of {@code /npm-old}.
 */
public final class BaseUrls {
    private final List<Base> bases;

    private BaseUrls(List<Base> bases) {
        this.bases = List.copyOf(bases);
    }

    /** One of them; an empty id says that no server is named for it. */
    private record Base(HttpUrl url, List<String> path, String serverId) {}

    /** Without any. */
    public static BaseUrls none() {
        return new BaseUrls(List.of());
    }

    /**
     * These and one more. What is no http(s) URL is left out. A URL that is configured twice has the id that it is given in
     * one of the two places.
     *
     * @throws OcnixException if two places give it different ids
     */
    public BaseUrls with(String url, String serverId) throws OcnixException {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            return this;
        }
        List<String> path = new ArrayList<>(parsed.pathSegments());
        while (!path.isEmpty() && path.get(path.size() - 1).isEmpty()) {
            path.remove(path.size() - 1);
        }
        List<Base> more = new ArrayList<>(bases);
        String id = serverId;
        for (Base base : bases) {
            if (isOrigin(base.url(), parsed) && base.path().equals(path)) {
                if (!id.isEmpty() && !base.serverId().isEmpty() && !id.equals(base.serverId())) {
                    throw OcnixException.input("The URL " + url + " is configured with the serverId " + base.serverId()
                            + " and with " + id + "; leave the one whose credentials are meant for it.");
                }
                id = id.isEmpty() ? base.serverId() : id;
                more.remove(base);
            }
        }
        more.add(new Base(parsed, List.copyOf(path), id));
        return new BaseUrls(more);
    }

    /** The id for a URL: empty if it stands below none of them, an empty text if no server is named for the one that it stands below. */
    public Optional<String> serverId(HttpUrl url) {
        List<String> path = url.pathSegments();
        if (path.stream().anyMatch(BaseUrls::mayStepUp)) {
            return Optional.empty();
        }
        Optional<Base> longest = Optional.empty();
        for (Base base : bases) {
            int length = base.path().size();
            boolean isBelow = isOrigin(base.url(), url)
                    && path.size() >= length
                    && path.subList(0, length).equals(base.path());
            if (isBelow && length >= longest.map(known -> known.path().size()).orElse(0)) {
                longest = Optional.of(base);
            }
        }
        return longest.map(Base::serverId);
    }

    /** Whether one of them is on that host and port. */
    public boolean isHost(String host, int port) {
        return bases.stream().map(Base::url).anyMatch(url -> url.host().equals(host) && url.port() == port);
    }

    /** Whether an entry of settings.xml by that id is used for one of them: by the id that is configured, or as their host. */
    public boolean isMeant(String id) {
        return bases.stream()
                .anyMatch(base -> base.serverId().equals(id)
                        || base.url().host().equalsIgnoreCase(id)
                        || (base.url().host() + ":" + base.url().port()).equalsIgnoreCase(id));
    }

    private static boolean isOrigin(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme()) && one.host().equals(other.host()) && one.port() == other.port();
    }

    /** Whether a server that decodes a segment before it walks the path may leave the folder: {@code ..%2f}. */
    private static boolean mayStepUp(String segment) {
        return segment.contains("..") && (segment.indexOf('/') >= 0 || segment.indexOf('\\') >= 0);
    }
}
