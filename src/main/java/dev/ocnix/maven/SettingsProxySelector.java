package dev.ocnix.maven;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.maven.settings.Proxy;

/**
 * Chooses among the proxies of settings.xml as Maven does: the first active one of the URL's protocol, else the first
 * active one, unless {@code nonProxyHosts} ({@code |}-separated, {@code *} as a wildcard) names the host.
 */
final class SettingsProxySelector extends ProxySelector {
    private final List<Proxy> proxies;

    SettingsProxySelector(List<Proxy> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    @Override
    public List<java.net.Proxy> select(URI uri) {
        return proxies.stream()
                .filter(proxy -> uri.getScheme().equalsIgnoreCase(proxy.getProtocol()))
                .findFirst()
                .or(() -> proxies.stream().findFirst())
                .filter(proxy -> !isExempt(proxy, uri.getHost()))
                .map(proxy -> List.of(toJava(proxy)))
                .orElse(List.of(java.net.Proxy.NO_PROXY));
    }

    private static java.net.Proxy toJava(Proxy proxy) {
        return new java.net.Proxy(
                java.net.Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort()));
    }

    private static boolean isExempt(Proxy proxy, String host) {
        String exempt = proxy.getNonProxyHosts();
        if (exempt == null || host == null) {
            return false;
        }
        for (String pattern : exempt.split("[|,]", -1)) {
            String regex =
                    Pattern.quote(pattern.trim().toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q");
            if (host.toLowerCase(Locale.ROOT).matches(regex)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the call itself reports the failure
    }
}
