package dev.ocnix.maven;

import dev.ocnix.fetch.http.HttpListener;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.model.OcnixException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** How a goal reaches servers: its parameters and settings.xml, put together. */
final class Connections {
    private Connections() {}

    /**
     * @param listener hears of each exchange
     * @throws OcnixException if settings.xml holds something that cannot be decrypted
     */
    static HttpSettings of(
            ConversionMojo mojo, Settings settings, boolean offline, SettingsDecrypter decrypter, HttpListener listener)
            throws OcnixException {
        return of(configuredUrls(mojo), configured(mojo), settings, offline, decrypter, listener)
                .withConcurrency(mojo.concurrency);
    }

    /**
     * Of a goal that asks for a single URL, or for none.
     *
     * @param listener hears of each exchange
     * @throws OcnixException if settings.xml holds something that cannot be decrypted
     */
    static HttpSettings of(
            String location, Settings settings, boolean offline, SettingsDecrypter decrypter, HttpListener listener)
            throws OcnixException {
        Optional<String> address = address(location);
        if (address.isEmpty()) {
            return HttpSettings.standard().withOffline(offline);
        }
        return of(List.of(location), Map.of(address.get(), ""), settings, offline, decrypter, listener);
    }

    private static HttpSettings of(
            List<String> urls,
            Map<String, String> configured,
            Settings settings,
            boolean offline,
            SettingsDecrypter decrypter,
            HttpListener listener)
            throws OcnixException {
        Servers servers = Servers.of(settings, decrypter, configured);
        HttpSettings http = HttpSettings.standard()
                .withOffline(offline)
                .withAuthorization(url -> servers.authorization(url.host(), url.port(), url.isHttps()))
                .withListener(listener);
        if (!servers.proxies().isEmpty()) {
            http = http.withProxies(
                    new SettingsProxySelector(servers.proxies()), address -> proxyHeader(servers.proxies(), address));
        }
        for (String url : urls) {
            http = http.withTrusted(url);
        }
        return http;
    }

    private static List<String> configuredUrls(ConversionMojo mojo) {
        Stream<String> single = Stream.of(
                        mojo.registry,
                        mojo.registryMirror,
                        mojo.signatureKeys,
                        mojo.githubUrl,
                        mojo.githubMirror,
                        mojo.gitMirror,
                        mojo.repository)
                .filter(Objects::nonNull);
        return Stream.concat(single, mojo.registries.stream().map(Registry::getUrl))
                .toList();
    }

    /** Address of each configured URL to the id of its {@code <server>}, or to nothing. */
    private static Map<String, String> configured(ConversionMojo mojo) {
        Map<String, String> ids = new HashMap<>();
        for (String url : configuredUrls(mojo)) {
            address(url).ifPresent(address -> ids.put(address, ""));
        }
        for (Registry registry : mojo.registries) {
            if (!registry.getServerId().isEmpty()) {
                address(registry.getUrl()).ifPresent(address -> ids.put(address, registry.getServerId()));
            }
        }
        return ids;
    }

    /** {@code host:port} of an http(s) URL. */
    private static Optional<String> address(String url) {
        return Optional.ofNullable(HttpUrl.parse(url)).map(parsed -> parsed.host() + ":" + parsed.port());
    }

    private static Optional<String> proxyHeader(List<Proxy> proxies, InetSocketAddress address) {
        return proxies.stream()
                .filter(proxy ->
                        proxy.getHost().equals(address.getHostString()) && proxy.getPort() == address.getPort())
                .filter(proxy -> proxy.getUsername() != null && proxy.getPassword() != null)
                .findFirst()
                .map(proxy -> Servers.basic(proxy.getUsername(), proxy.getPassword()));
    }
}
