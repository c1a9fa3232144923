package dev.ocnix.fetch.http;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * How a run reaches servers. Nothing of it ever reaches the generated tree.
 *
 * @param proxies who chooses the proxy; without it there is none, and the JVM's properties do not count
 * @param proxyAuthorization the {@code Proxy-Authorization} header for a proxy
 * @param credentials the headers that let a request for a URL in: {@code Authorization} and what else the user's settings say.
 *     Empty where nothing is known of the URL, so that a redirect on one host keeps those that it has; not asked for a redirect
 *     that leaves the request's host
 * @param trustedHosts {@code host:port} of the configured registries, mirrors and source hosts: only these may be on the
 *     loopback, link-local or private networks
 * @param concurrency how many requests run side by side
 * @param offline whether each request fails at once
 */
public record HttpSettings(
        Optional<ProxySelector> proxies,
        Function<InetSocketAddress, Optional<String>> proxyAuthorization,
        Function<HttpUrl, Optional<Headers>> credentials,
        Set<String> trustedHosts,
        int concurrency,
        boolean offline,
        HttpLimits limits,
        HttpListener listener) {
    public HttpSettings {
        trustedHosts = Set.copyOf(trustedHosts);
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency " + concurrency);
        }
    }

    /** No proxy, no credentials, 32 at a time. */
    public static HttpSettings standard() {
        return new HttpSettings(
                Optional.empty(),
                proxy -> Optional.empty(),
                url -> Optional.empty(),
                Set.of(),
                32,
                false,
                HttpLimits.standard(),
                HttpListener.SILENT);
    }

    public HttpSettings withProxies(
            ProxySelector selector, Function<InetSocketAddress, Optional<String>> authorizationOfProxy) {
        return new HttpSettings(
                Optional.of(selector),
                authorizationOfProxy,
                credentials,
                trustedHosts,
                concurrency,
                offline,
                limits,
                listener);
    }

    public HttpSettings withCredentials(Function<HttpUrl, Optional<Headers>> headers) {
        return new HttpSettings(
                proxies, proxyAuthorization, headers, trustedHosts, concurrency, offline, limits, listener);
    }

    /** Trusts the host and port of an http(s) URL; anything else is left alone. */
    public HttpSettings withTrusted(String url) {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            return this;
        }
        Set<String> hosts = new TreeSet<>(trustedHosts);
        hosts.add(parsed.host() + ":" + parsed.port());
        return new HttpSettings(
                proxies, proxyAuthorization, credentials, hosts, concurrency, offline, limits, listener);
    }

    public HttpSettings withConcurrency(int requests) {
        return new HttpSettings(
                proxies, proxyAuthorization, credentials, trustedHosts, requests, offline, limits, listener);
    }

    public HttpSettings withOffline(boolean isOffline) {
        return new HttpSettings(
                proxies, proxyAuthorization, credentials, trustedHosts, concurrency, isOffline, limits, listener);
    }

    public HttpSettings withLimits(HttpLimits newLimits) {
        return new HttpSettings(
                proxies, proxyAuthorization, credentials, trustedHosts, concurrency, offline, newLimits, listener);
    }

    public HttpSettings withListener(HttpListener newListener) {
        return new HttpSettings(
                proxies, proxyAuthorization, credentials, trustedHosts, concurrency, offline, limits, newListener);
    }
}
