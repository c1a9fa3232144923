package dev.ocnix.fetch.http;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.OcnixException.Fault;
import dev.ocnix.model.Visible;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of a run. Bodies arrive as the server stores them: no content encoding is asked for or undone, since hashes
 * are over those very bytes. May be used from several threads.
 */
public final class Http implements AutoCloseable {
    /** How much OkHttp lets a server send ahead on each stream of HTTP/2, whether or not somebody reads it. */
    private static final long STREAM_WINDOW = 16L << 20;

    private static final int MAX_CAUSES = 20;

    private static final ProxySelector DIRECT = ProxySelector.of(null);

    private final HttpSettings settings;
    private final HostPolicy policy;
    private final Retries retries;
    private final HostHealth health = new HostHealth();
    private final OkHttpClient client;
    private final Exchange exchange;

    public Http(HttpSettings settings) {
        this(settings, Dns.SYSTEM);
    }

    /** @param resolver where names get their addresses */
    Http(HttpSettings settings, Dns resolver) {
        this.settings = settings;
        this.policy = new HostPolicy(settings.trustedHosts());
        this.retries = new Retries(settings.limits());
        this.client = client(settings, new PublicAddresses(resolver, policy));
        this.exchange = new Exchange(client, settings, policy, new HostGate());
    }

    /** How many requests the settings allow side by side. */
    public int concurrency() {
        return settings.concurrency();
    }

    /**
     * Gets a URL and hands the body of a 200 answer to the reader. Answers that may pass (5xx, 408, 425, 429), broken
     * connections and cut bodies are tried again, with growing waits; the reader then starts anew.
     *
     * @throws HttpFailure if the body cannot be had
     * @throws OcnixException the reader's verdict
     */
    public <T> T get(String url, BodyReader<T> reader) throws OcnixException {
        HttpUrl parsed = check(url);
        long deadline = System.nanoTime() + settings.limits().total().toNanos();
        int attempt = 1;
        while (true) {
            try {
                T result = exchange.run(parsed, reader, deadline);
                health.answered(parsed);
                return result;
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw failure(url, Diagnosis.INTERRUPTED, attempt, e);
                }
                Diagnosis diagnosis = Diagnosis.of(e, settings.limits(), proxy(parsed));
                Duration wait = retries.wait(e, attempt);
                boolean isTime = deadline - System.nanoTime() > wait.toNanos();
                boolean isLast = attempt >= settings.limits().attempts() || health.isDead(parsed);
                if (!isTime || isLast || diagnosis.isFinal()) {
                    note(parsed, e);
                    throw failure(url, diagnosis, attempt, e);
                }
                settings.listener().retrying(url, diagnosis.reason(), attempt, wait.toMillis());
                pause(url, wait, attempt);
                attempt++;
            }
        }
    }

    private void note(HttpUrl url, IOException failure) {
        if (failure instanceof StatusException) {
            health.answered(url);
        } else {
            health.failed(url);
        }
    }

    /** Connections for JGit, through this very client; to be set on each of its transports. */
    public HttpConnectionFactory gitConnections() {
        return new GitConnections(client, settings, policy);
    }

    /**
     * Waits, where what JGit asked for is to be asked for again: a body broke off or stood still, and it is not the last attempt.
     *
     * @param attempt the number of the one that failed; the first has number 1
     * @return whether to ask again
     */
    public boolean asksAgain(Exception failure, String url, int attempt) throws HttpFailure {
        Optional<IOException> broken = brokenBody(failure);
        if (broken.isEmpty() || attempt >= settings.limits().attempts()) {
            return false;
        }
        Diagnosis diagnosis = Diagnosis.of(broken.get(), settings.limits(), proxy(HttpUrl.parse(url)));
        if (diagnosis.isFinal()) {
            return false;
        }
        Duration wait = retries.wait(broken.get(), attempt);
        settings.listener().retrying(url, diagnosis.reason(), attempt, wait.toMillis());
        pause(url, wait, attempt);
        return true;
    }

    /** Whether the body of a good answer to JGit broke off or stood still: asking for more will not help. */
    public static boolean isBodyBroken(Exception failure) {
        return brokenBody(failure).isPresent();
    }

    private static Optional<IOException> brokenBody(Exception failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof BrokenBodyException broken) {
                return Optional.of(broken.failure());
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** Why a URL is refused without asking anybody, as the end of a sentence about it; empty if it is not. */
    public Optional<String> objection(String url) {
        return policy.objection(url);
    }

    /** Whether each request fails at once. */
    public boolean isOffline() {
        return settings.offline();
    }

    private HttpUrl check(String url) throws HttpFailure {
        Optional<String> objection = policy.objection(url);
        HttpUrl parsed = HttpUrl.parse(url);
        if (objection.isPresent() || parsed == null) {
            String reason = objection.orElse("is no URL");
            throw new HttpFailure(
                    Fault.INPUT,
                    "Refused to get " + printable(url) + ": it ",
                    url,
                    new Diagnosis(reason, "", true),
                    0,
                    null);
        }
        if (settings.offline()) {
            throw new HttpFailure(Fault.OUTSIDE, "Could not get " + url + ": it ", url, Diagnosis.OFFLINE, 0, null);
        }
        return parsed;
    }

    private static String printable(String url) {
        String cut = url.length() > 500 ? url.substring(0, 500) + "…" : url;
        return Visible.of(cut).replaceAll("//[^/@]*@", "//…@");
    }

    private void pause(String url, Duration wait, int attempt) throws HttpFailure {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(url, Diagnosis.INTERRUPTED, attempt, null);
        }
    }

    private static HttpFailure failure(String url, Diagnosis diagnosis, int attempts, @Nullable IOException cause) {
        return new HttpFailure(Fault.OUTSIDE, "Could not get " + url + ": it ", url, diagnosis, attempts, cause);
    }

    /** What a failure on the way to a URL means, and what to do next: the rest of a sentence after "it". */
    public String reason(IOException failure, String url) {
        return Diagnosis.of(failure, settings.limits(), proxy(HttpUrl.parse(url)))
                .sentence("");
    }

    /** The proxy that a request for a URL goes through. */
    private Optional<InetSocketAddress> proxy(@Nullable HttpUrl url) {
        return url == null
                ? Optional.empty()
                : settings.proxies()
                        .flatMap(selector -> selector.select(url.uri()).stream().findFirst())
                        .map(Proxy::address)
                        .filter(InetSocketAddress.class::isInstance)
                        .map(InetSocketAddress.class::cast);
    }

    private OkHttpClient client(HttpSettings from, PublicAddresses addresses) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(from.concurrency());
        dispatcher.setMaxRequestsPerHost(from.concurrency());
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .protocols(protocols(from.concurrency(), Runtime.getRuntime().maxMemory()))
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(from.concurrency(), 1, TimeUnit.MINUTES))
                .connectTimeout(from.limits().connect())
                .readTimeout(from.limits().read())
                .followRedirects(false)
                .followSslRedirects(false)
                .proxyAuthenticator(proxyAuthenticator(from))
                .dns(addresses)
                .addNetworkInterceptor(this::refusePrivateAddress);
        Optional<ProxySelector> selector = from.proxies().map(addresses::remembering);
        selector.ifPresentOrElse(builder::proxySelector, () -> builder.proxy(Proxy.NO_PROXY));
        builder.addInterceptor(chain -> addresses.check(chain, selector.orElse(DIRECT)));
        return builder.build();
    }

    /**
     * HTTP/2 where the heap has room for what servers may send ahead of slow readers. On HTTP/1.1 that stays in the kernel.
     */
    static List<Protocol> protocols(int concurrency, long heapBytes) {
        boolean isRoom = concurrency * STREAM_WINDOW <= heapBytes / 3 * 2;
        return isRoom ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.HTTP_1_1);
    }

    private static Authenticator proxyAuthenticator(HttpSettings settings) {
        return (Route route, Response response) -> {
            Request asked = response.request();
            boolean isSecondTime = asked.header("Proxy-Authorization") != null;
            Optional<String> header =
                    route == null || isSecondTime || !(route.proxy().address() instanceof InetSocketAddress address)
                            ? Optional.empty()
                            : settings.proxyAuthorization().apply(address);
            // a tunnel that the proxy has not asked credentials for yet has no such challenge
            boolean isRefused = response.challenges().stream()
                    .noneMatch(challenge -> challenge.scheme().equalsIgnoreCase("OkHttp-Preemptive"));
            if (header.isEmpty() && isRefused && asked.method().equals("CONNECT")) {
                throw new StatusException(response.code(), Optional.empty());
            }
            return header.map(value -> asked.newBuilder()
                            .header("Proxy-Authorization", value)
                            .build())
                    .orElse(null);
        };
    }

    /** A literal address, and whatever else was connected to all the same, gets no request. */
    private Response refusePrivateAddress(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        Connection connection = chain.connection();
        if (connection != null && connection.route().proxy().type() == Proxy.Type.DIRECT) {
            InetAddress address = connection.route().socketAddress().getAddress();
            Optional<String> objection = address == null ? Optional.empty() : policy.objection(request.url(), address);
            if (objection.isPresent()) {
                throw new RefusedException(objection.get(), "");
            }
        }
        return chain.proceed(request);
    }

    /** Ends all connections and threads. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
