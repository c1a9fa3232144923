package dev.ocnix.maven;

import dev.ocnix.fetch.http.BaseUrls;
import dev.ocnix.fetch.http.HttpListener;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.model.OcnixException;
import java.io.File;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** How a goal reaches servers: its parameters and settings.xml, put together. */
final class Connections {
    private Connections() {}

    /**
     * @param listener hears of each exchange
     * @throws OcnixException if settings.xml holds something that cannot be decrypted
     */
    static HttpSettings of(
            SourceMojo mojo, Settings settings, boolean offline, SettingsDecrypter decrypter, HttpListener listener)
            throws OcnixException {
        List<String> urls = configuredUrls(mojo);
        return of(urls, configured(urls, mojo.registries), settings, offline, decrypter, listener)
                .withConcurrency(mojo.concurrency);
    }

    /**
     * Of a goal that asks for a lockfile, and perhaps for a tarball.
     *
     * @param listener hears of each exchange
     * @throws OcnixException if settings.xml holds something that cannot be decrypted
     */
    static HttpSettings of(InspectMojo mojo, SettingsDecrypter decrypter, HttpListener listener) throws OcnixException {
        String location = mojo.lockfile.trim();
        boolean isLocal = HttpUrl.parse(location) == null;
        boolean asksRegistry = mojo.addon != null;
        if (isLocal && !asksRegistry && !mayFetch(mojo, location)) {
            return HttpSettings.standard().withOffline(mojo.session.isOffline());
        }
        List<String> urls = new ArrayList<>(isLocal ? List.of() : List.of(location));
        if (asksRegistry) {
            urls.addAll(registryUrls(mojo.registry, mojo.registryMirror, mojo.registries));
        }
        Stream.of(Optional.ofNullable(mojo.gitMirror), Optional.ofNullable(mojo.githubMirror))
                .flatMap(Optional::stream)
                .forEach(urls::add);
        return of(
                urls,
                configured(urls, asksRegistry ? mojo.registries : List.of()),
                mojo.session.getSettings(),
                mojo.session.isOffline(),
                decrypter,
                listener);
    }

    /** Whether a tree may lead to a source that is not at hand. */
    private static boolean mayFetch(InspectMojo mojo, String location) {
        File currentFolder = new File(System.getProperty("user.dir", ""));
        return Stream.of(location, mojo.outputDirectory)
                .map(place -> Path.of(place).isAbsolute() ? new File(place) : new File(currentFolder, place))
                .anyMatch(folder -> new File(folder, "ocnix.json").isFile());
    }

    private static HttpSettings of(
            List<String> urls,
            BaseUrls configured,
            Settings settings,
            boolean offline,
            SettingsDecrypter decrypter,
            HttpListener listener)
            throws OcnixException {
        Servers servers = Servers.of(settings, decrypter, configured);
        HttpSettings http = HttpSettings.standard()
                .withOffline(offline)
                .withCredentials(servers::credentials)
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

    private static List<String> configuredUrls(SourceMojo mojo) {
        List<String> urls = registryUrls(mojo.registry, mojo.registryMirror, mojo.registries);
        mojo.servers().filter(Objects::nonNull).forEach(urls::add);
        return urls;
    }

    private static List<String> registryUrls(
            @Nullable String registry, @Nullable String registryMirror, List<Registry> registries) {
        Stream<String> single = Stream.of(Optional.ofNullable(registry), Optional.ofNullable(registryMirror))
                .flatMap(Optional::stream);
        return Stream.concat(single, registries.stream().map(Registry::getUrl))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Each configured URL with the id of its {@code <server>}, or with none. */
    private static BaseUrls configured(List<String> urls, List<Registry> registries) throws OcnixException {
        BaseUrls configured = BaseUrls.none();
        for (String url : urls) {
            configured = configured.with(url, "");
        }
        for (Registry registry : registries) {
            configured = configured.with(registry.getUrl(), registry.getServerId());
        }
        return configured;
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
