package dev.ocnix.fetch.http;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/**
 * Lets JGit speak HTTP through the client of the run: the same proxies, credentials, bounds and refusals of private hosts. To
 * be set on each transport; JGit's process-wide factory and the JVM's proxy settings are left alone.
 */
final class GitConnections implements HttpConnectionFactory {
    private final OkHttpClient client;
    private final HttpSettings settings;
    private final HostPolicy policy;

    GitConnections(OkHttpClient client, HttpSettings settings, HostPolicy policy) {
        this.client = client;
        this.settings = settings;
        this.policy = policy;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        HttpUrl parsed = HttpUrl.get(url);
        Optional<String> objection = parsed == null ? Optional.of("is no http or https URL") : policy.objection(parsed);
        if (parsed == null || objection.isPresent()) {
            throw new RefusedException("leads to " + url.getHost() + ", which " + objection.orElse(""), "");
        }
        if (settings.offline()) {
            throw new RefusedException("cannot be asked for while offline", "run once without -o");
        }
        return new GitConnection(
                client, parsed, settings.credentials().apply(parsed).orElse(Headers.EMPTY), settings);
    }

    /** The proxy that JGit chose, by the JVM's properties, does not count. */
    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return create(url);
    }
}
