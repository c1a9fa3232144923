package dev.ocnix.fetch.http;

import dev.ocnix.model.PrivateHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Name resolution of a client. What it hands out is what is connected to, so an address cannot change after it was looked at;
 * a name with an address on a private network is refused before anybody is connected to, whatever listens there.
 */
final class PublicAddresses implements Dns {
    private final Dns resolver;
    private final HostPolicy policy;
    private final Set<String> proxies = ConcurrentHashMap.newKeySet();

    PublicAddresses(Dns resolver, HostPolicy policy) {
        this.resolver = resolver;
        this.policy = policy;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = resolver.lookup(host);
        boolean isFree = proxies.contains(host) || policy.trustsSomePortOf(host);
        if (!isFree && addresses.stream().anyMatch(PrivateHost::is)) {
            throw new PrivateAddressException();
        }
        return addresses;
    }

    /** Looks at the addresses that a request would go to, where no proxy goes there: a name alone does not tell the port. */
    Response check(Interceptor.Chain chain, ProxySelector selector) throws IOException {
        HttpUrl url = chain.request().url();
        boolean isDirect = selector.select(url.uri()).stream().allMatch(proxy -> proxy.type() == Proxy.Type.DIRECT);
        if (isDirect && policy.trustsSomePortOf(url.host()) && !isLiteral(url.host())) {
            for (InetAddress address : resolver.lookup(url.host())) {
                if (policy.objection(url, address).isPresent()) {
                    throw new PrivateAddressException();
                }
            }
        }
        return chain.proceed(chain.request());
    }

    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0;
    }

    /** The same selector, whose proxies may be anywhere. */
    ProxySelector remembering(ProxySelector selector) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                List<Proxy> chosen = selector.select(uri);
                for (Proxy proxy : chosen) {
                    if (proxy.address() instanceof InetSocketAddress address) {
                        proxies.add(address.getHostString());
                    }
                }
                return chosen;
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                selector.connectFailed(uri, address, failure);
            }
        };
    }
}
