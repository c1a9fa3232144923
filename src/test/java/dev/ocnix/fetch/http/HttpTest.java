package dev.ocnix.fetch.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Certificate;
import dev.ocnix.testing.LoopbackServer;
import dev.ocnix.testing.RawServer;
import dev.ocnix.testing.TunnelProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.BiFunction;
import okhttp3.Dns;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {
    private static final byte[] BODY = "the very bytes".getBytes(StandardCharsets.UTF_8);
    private static final HttpLimits QUICK = new HttpLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            3,
            Duration.ofMillis(20),
            Duration.ofMillis(1500),
            1000);

    private static final Optional<Headers> SECRET = Optional.of(Headers.of("Authorization", "Bearer secret"));

    private static HttpSettings settings(RawServer server) {
        return HttpSettings.standard().withLimits(QUICK).withTrusted(server.url("/"));
    }

    private static byte[] get(HttpSettings settings, String url) throws OcnixException {
        try (Http http = new Http(settings)) {
            return http.get(url, body -> body.readAllBytes());
        }
    }

    private static RawServer server(BiFunction<RawServer.Request, Integer, RawServer.Answer> script)
            throws IOException {
        return new RawServer(script);
    }

    @Test
    void a404NamesUrlStatusAndWhatToDoAndIsNotTriedAgain() throws Exception {
        try (RawServer server = server((request, number) -> RawServer.status(404))) {
            HttpFailure failure = assertThrows(HttpFailure.class, () -> get(settings(server), server.url("/a.tgz")));
            assertEquals(OptionalInt.of(404), failure.status());
            assertEquals(server.url("/a.tgz"), failure.url());
            assertEquals(1, failure.attempts());
            assertTrue(failure.getMessage().contains(server.url("/a.tgz")), failure.getMessage());
            assertTrue(failure.getMessage().contains("404"), failure.getMessage());
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void aServerErrorThatPassesIsForgiven() throws Exception {
        try (RawServer server =
                server((request, number) -> number < 3 ? RawServer.status(500) : RawServer.body(BODY))) {
            assertArrayEquals(BODY, get(settings(server), server.url("/")));
            assertEquals(3, server.requests().size());
        }
    }

    @Test
    void aServerErrorThatStaysIsReportedWithTheNumberOfAttempts() throws Exception {
        try (RawServer server = server((request, number) -> RawServer.status(503))) {
            HttpFailure failure = assertThrows(HttpFailure.class, () -> get(settings(server), server.url("/")));
            assertEquals(3, failure.attempts());
            assertTrue(failure.getMessage().contains("3 attempts"), failure.getMessage());
        }
    }

    @Test
    void retryAfterIsObeyedButBounded() throws Exception {
        try (RawServer server = server((request, number) -> switch (number) {
            case 1 -> RawServer.status(429, "Retry-After: 1");
            case 2 -> RawServer.status(429, "Retry-After: 86400");
            default -> RawServer.body(BODY);
        })) {
            List<Long> waits = new ArrayList<>();
            HttpSettings listening = settings(server).withListener(new HttpListener() {
                @Override
                public void retrying(String url, String reason, int attempt, long waitMillis) {
                    waits.add(waitMillis);
                }
            });
            assertArrayEquals(BODY, get(listening, server.url("/")));
            assertEquals(List.of(1000L, 1500L), waits);
        }
    }

    @Test
    void aBodyThatIsResetOrCutStartsAnew() throws Exception {
        byte[] half = Arrays.copyOf(BODY, 5);
        try (RawServer server = server((request, number) -> switch (number) {
            case 1 -> RawServer.body(half, BODY.length, true);
            case 2 -> RawServer.body(half, BODY.length, false);
            default -> RawServer.body(BODY);
        })) {
            assertArrayEquals(BODY, get(settings(server), server.url("/")));
            assertEquals(3, server.requests().size());
        }
    }

    @Test
    void aVerdictOfTheReaderIsFinal() throws Exception {
        try (RawServer server = server((request, number) -> RawServer.body(BODY));
                Http http = new Http(settings(server))) {
            OcnixException verdict = assertThrows(
                    OcnixException.class,
                    () -> http.get(server.url("/"), body -> {
                        throw OcnixException.input("Wrong.");
                    }));
            assertEquals("Wrong.", verdict.getMessage());
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void bytesArriveAsStoredWhateverContentEncodingClaims() throws Exception {
        byte[] gzipLike = {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3};
        try (RawServer server = server((request, number) -> RawServer.body(gzipLike, "Content-Encoding: gzip"))) {
            assertArrayEquals(gzipLike, get(settings(server), server.url("/")));
            assertEquals("identity", server.requests().get(0).headers().get("accept-encoding"));
        }
    }

    @Test
    void credentialsGoToTheirHostAndStayThereOnRedirects() throws Exception {
        try (RawServer server = new RawServer((request, number) -> switch (request.path()) {
            case "/start" -> RawServer.status(302, "Location: /same");
            case "/same" ->
                RawServer.status(
                        307,
                        "Location: http://localhost:"
                                + request.headers().get("host").split(":", -1)[1] + "/other");
            case "/other" ->
                RawServer.status(
                        301,
                        "Location: http://" + "127.0.0.1:"
                                + request.headers().get("host").split(":", -1)[1] + "/back");
            default -> RawServer.body(BODY);
        })) {
            HttpSettings settings =
                    settings(server).withTrusted(server.otherHostUrl("/")).withCredentials(url -> SECRET);
            assertArrayEquals(BODY, get(settings, server.url("/start")));
            List<Boolean> sent = server.requests().stream()
                    .map(request -> request.headers().containsKey("authorization"))
                    .toList();
            assertEquals(List.of(true, true, false, false), sent);
        }
    }

    @Test
    void aRedirectToANeighbourOnOneHostCarriesWhatIsMeantForThat() throws Exception {
        try (RawServer server = new RawServer((request, number) -> switch (request.path()) {
            case "/a/1" -> RawServer.status(302, "Location: /stored/1");
            case "/stored/1" -> RawServer.status(302, "Location: /b/1");
            case "/b/1" -> RawServer.status(302, "Location: /none/1");
            case "/none/1" -> RawServer.status(302, "Location: /a/2");
            default -> RawServer.body(BODY);
        })) {
            HttpSettings settings = settings(server)
                    .withCredentials(url -> switch (url.pathSegments().get(0)) {
                        case "a" -> Optional.of(Headers.of("Job-Token", "a"));
                        case "b" -> Optional.of(Headers.of("Job-Token", "b"));
                        case "none" -> Optional.of(Headers.EMPTY);
                        default -> Optional.empty();
                    });
            assertArrayEquals(BODY, get(settings, server.url("/a/1")));
            List<String> sent = server.requests().stream()
                    .map(request -> request.headers().getOrDefault("job-token", "-"))
                    .toList();
            assertEquals(List.of("a", "a", "b", "-", "-"), sent);
        }
    }

    @Test
    void aBodyThatStandsStillIsAskedForAgain() throws Exception {
        byte[] content = new byte[200];
        try (LoopbackServer server = LoopbackServer.start()) {
            server.serve("/a.tgz", "application/octet-stream", content);
            HttpSettings settings = HttpSettings.standard()
                    .withTrusted(server.url())
                    .withLimits(QUICK.withSlow(Duration.ofMillis(300)));
            server.fault("/a.tgz", 1, LoopbackServer.Fault.drip(Duration.ofMillis(20)));
            assertArrayEquals(content, get(settings, server.url() + "/a.tgz"));
            assertEquals(2, server.requests("/a.tgz"));
            server.fault("/a.tgz", LoopbackServer.Fault.drip(Duration.ofMillis(20)));
            HttpFailure failure = assertThrows(HttpFailure.class, () -> get(settings, server.url() + "/a.tgz"));
            assertEquals(
                    "Could not get " + server.url() + "/a.tgz: it sent less than 1 KiB a second for 0.3 seconds"
                            + " (3 attempts); check the network and its proxy, then run again.",
                    failure.getMessage());
        }
    }

    @Test
    void aProxyThatIsDownIsNamed() throws Exception {
        int port;
        try (RawServer server = server((request, number) -> RawServer.status(200))) {
            port = URI.create(server.url("/")).getPort();
        }
        for (String host : List.of("127.0.0.1", "nowhere.invalid")) {
            HttpSettings settings = HttpSettings.standard()
                    .withLimits(QUICK)
                    .withProxies(
                            new FixedProxy(InetSocketAddress.createUnresolved(host, port)), proxy -> Optional.empty());
            HttpFailure failure =
                    assertThrows(HttpFailure.class, () -> get(settings, "https://registry.example/a.tgz"));
            assertEquals(
                    "Could not get https://registry.example/a.tgz: it is behind the proxy " + host + ":" + port
                            + " of settings.xml, which "
                            + (host.startsWith("127") ? "takes no connection" : "has no address")
                            + " (3 attempts); check that <proxy>, then run again.",
                    failure.getMessage());
        }
    }

    @Test
    void redirectsWithoutEndEnd() throws Exception {
        try (RawServer server = server((request, number) -> RawServer.status(302, "Location: /again"))) {
            HttpFailure failure = assertThrows(HttpFailure.class, () -> get(settings(server), server.url("/")));
            assertTrue(failure.getMessage().contains("redirected more than"), failure.getMessage());
            assertEquals(1, failure.attempts());
        }
    }

    @Test
    void aRedirectToAPrivateHostIsRefused() throws Exception {
        try (RawServer inner = server((request, number) -> RawServer.body(BODY));
                RawServer server = server((request, number) -> RawServer.status(302, "Location: " + inner.url("/")))) {
            HttpFailure failure = assertThrows(HttpFailure.class, () -> get(settings(server), server.url("/")));
            assertTrue(failure.getMessage().contains("private network"), failure.getMessage());
            assertTrue(inner.requests().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1/a",
                "http://127.0.0.1/a",
                "http://127.1/a",
                "http://[::1]/a",
                "http://[fd00::1]/a",
                "http://10.0.0.1/a",
                "http://169.254.169.254/latest/meta-data",
                "http://100.64.0.1/",
                "http://user:secret@example.org/a",
                "ftp://example.org/a",
                "file:///etc/passwd",
                "http://example.org/a b",
                "http://example.org/\\a",
                "http://example.org/{a}",
            })
    void urlsThatNobodyShouldAskForAreRefusedWithoutAskingAnybody(String url) {
        HttpFailure failure = assertThrows(
                HttpFailure.class, () -> get(HttpSettings.standard().withLimits(QUICK), url));
        assertEquals(0, failure.attempts());
        assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
    }

    /** Public names as an attacker's name server resolves them. */
    private static final Dns EVIL = host -> host.equals("mixed.example.org")
            ? List.of(address(192, 0, 2, 1), address(127, 0, 0, 1))
            : List.of(address(127, 0, 0, 1));

    private static InetAddress address(int... bytes) throws UnknownHostException {
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = (byte) bytes[i];
        }
        return InetAddress.getByAddress(address);
    }

    private static String refusal(HttpSettings settings, Dns resolver, String url) {
        try (Http http = new Http(settings.withLimits(QUICK), resolver)) {
            return assertThrows(HttpFailure.class, () -> http.get(url, body -> body.readAllBytes()))
                    .getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a.example.org", "https://a.example.org", "http://mixed.example.org"})
    void nobodyIsConnectedToAtAPrivateAddressAndNothingTellsWhetherSomebodyListens(String host) throws Exception {
        try (ServerSocket inner = new ServerSocket(0, 5, address(127, 0, 0, 1))) {
            inner.setSoTimeout(300);
            String open = host + ":" + inner.getLocalPort();
            String closed = host + ":1";
            String first = refusal(HttpSettings.standard(), EVIL, open + "/");
            String other = refusal(HttpSettings.standard(), EVIL, closed + "/");
            assertTrue(first.contains("private network"), first);
            assertEquals(first.replace(open, closed), other);
            // a host that is trusted for another port is no way in
            HttpSettings trusting = HttpSettings.standard().withTrusted(host + ":4873/");
            String third = refusal(trusting, EVIL, open + "/");
            assertEquals(first, third);
            assertEquals(third.replace(open, closed), refusal(trusting, EVIL, closed + "/"));
            assertThrows(SocketTimeoutException.class, inner::accept);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost./a",
                "http://ip6-localhost/a",
                "http://[64:ff9b::a9fe:a9fe]/a",
                "http://[2002:7f00:1::]/a",
                "http://[::127.0.0.1]/a",
                "http://[::ffff:169.254.169.254]/a",
                "http://metadata.google.internal/a",
                "http://0x7f.1/a",
                "http://2852039166/a",
                "http://127。0。0。1/a"
            })
    void aProxyIsNotAskedForAPrivateHost(String target) throws Exception {
        try (RawServer proxy = server((request, number) -> RawServer.status(302, "Location: " + encoded(target)))) {
            HttpSettings settings = HttpSettings.standard()
                    .withProxies(
                            ProxySelector.of(new InetSocketAddress(
                                    "localhost", URI.create(proxy.url("/")).getPort())),
                            asked -> Optional.empty());
            String refused = refusal(settings, Dns.SYSTEM, "http://public.example.org/a");
            assertTrue(refused.contains("private network"), refused);
            assertEquals(1, proxy.requests().size());
            refusal(settings, Dns.SYSTEM, target);
            assertEquals(1, proxy.requests().size());
        }
    }

    private static String encoded(String url) {
        return url.replace("。", "%E3%80%82");
    }

    @Test
    void aNameThatResolvesToAPrivateAddressIsRefusedBeforeAnythingIsAsked() throws Exception {
        InetAddress own = InetAddress.getLocalHost();
        try (RawServer server = new RawServer((request, number) -> RawServer.body(BODY), own)) {
            String url = server.url("/").replace("127.0.0.1", own.getHostName());
            HttpFailure failure = assertThrows(
                    HttpFailure.class, () -> get(HttpSettings.standard().withLimits(QUICK), url));
            assertTrue(failure.getMessage().contains("private network"), failure.getMessage());
            assertEquals(List.of(), server.requests());
            assertArrayEquals(
                    BODY, get(HttpSettings.standard().withLimits(QUICK).withTrusted(url), url));
        }
    }

    @Test
    void aBodyAboveTheBoundIsRefused() throws Exception {
        try (RawServer server = server((request, number) -> RawServer.unmeasured(new byte[5000]))) {
            HttpFailure failure = assertThrows(HttpFailure.class, () -> get(settings(server), server.url("/")));
            assertTrue(failure.getMessage().contains("more than 1000 bytes"), failure.getMessage());
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void offlineAsksNobodyAndSaysWhich() throws Exception {
        try (RawServer server = server((request, number) -> RawServer.body(BODY))) {
            HttpFailure failure = assertThrows(
                    HttpFailure.class, () -> get(settings(server).withOffline(true), server.url("/x.tgz")));
            assertTrue(failure.getMessage().contains(server.url("/x.tgz")), failure.getMessage());
            assertTrue(server.requests().isEmpty());
        }
    }

    @Test
    void aDeadHostIsNotTriedAllTheTimesForEachRequest() throws Exception {
        String url;
        try (RawServer server = server((request, number) -> RawServer.body(BODY))) {
            url = server.url("/");
        }
        HttpSettings settings = HttpSettings.standard().withLimits(QUICK).withTrusted(url);
        try (Http http = new Http(settings)) {
            List<Integer> attempts = new ArrayList<>();
            for (int request = 0; request < 5; request++) {
                attempts.add(assertThrows(HttpFailure.class, () -> http.get(url, body -> 0))
                        .attempts());
            }
            assertEquals(List.of(3, 3, 3, 1, 1), attempts);
        }
    }

    @Test
    void proxiesAreUsedWithTheirOwnCredentials() throws Exception {
        try (RawServer proxy = server((request, number) -> request.headers().containsKey("proxy-authorization")
                ? RawServer.body(BODY)
                : RawServer.status(407, "Proxy-Authenticate: Basic realm=\"p\""))) {
            URI address = URI.create(proxy.url("/"));
            HttpSettings settings = HttpSettings.standard()
                    .withLimits(QUICK)
                    .withProxies(
                            new FixedProxy(new InetSocketAddress(address.getHost(), address.getPort())),
                            host -> Optional.of("Basic cDpw"));
            assertArrayEquals(BODY, get(settings, "http://registry.example/a.tgz"));
            assertEquals(
                    "http://registry.example/a.tgz", proxy.requests().get(1).path());
            assertEquals("Basic cDpw", proxy.requests().get(1).headers().get("proxy-authorization"));
        }
    }

    @Test
    void aProxyThatWantsOtherCredentialsForATunnelIsNamedAndGetsThoseOfNoServer() throws Exception {
        try (RawServer proxy =
                server((request, number) -> RawServer.status(407, "Proxy-Authenticate: Basic realm=\"p\""))) {
            URI address = URI.create(proxy.url("/"));
            HttpSettings settings = HttpSettings.standard()
                    .withLimits(QUICK)
                    .withCredentials(url -> SECRET)
                    .withProxies(
                            new FixedProxy(new InetSocketAddress(address.getHost(), address.getPort())),
                            host -> Optional.of("Basic cDpw"));
            HttpFailure failure =
                    assertThrows(HttpFailure.class, () -> get(settings, "https://registry.example/a.tgz"));
            assertEquals(
                    "Could not get https://registry.example/a.tgz: it answered 407; give the proxy's credentials in the"
                            + " <proxy> of settings.xml.",
                    failure.getMessage());
            RawServer.Request asked = proxy.requests().get(0);
            assertEquals("registry.example:443", asked.path());
            assertEquals("Basic cDpw", asked.headers().get("proxy-authorization"));
            assertFalse(asked.headers().containsKey("authorization"));
        }
    }

    @Test
    void whatComesThroughATunnelIsThatOfTheServerAndTheProxySeesNoCredentialsOfIt(@TempDir Path folder)
            throws Exception {
        Certificate certificate = Certificate.fitting(folder);
        try (LoopbackServer server = LoopbackServer.start(certificate);
                TunnelProxy proxy = TunnelProxy.to(server.port(), "Basic cDpw")) {
            byte[] content = new byte[900];
            new Random(1).nextBytes(content);
            server.serve("/a.tgz", "application/octet-stream", content);
            HttpSettings settings = HttpSettings.standard()
                    .withLimits(QUICK)
                    .withTrusted(server.url())
                    .withCredentials(url -> SECRET)
                    .withProxies(new FixedProxy(proxy.address()), host -> Optional.of("Basic cDpw"));
            assertArrayEquals(content, certificate.whileTrusted(() -> get(settings, server.url() + "/a.tgz")));
            assertEquals("Bearer secret", server.requests().get(0).headers().get("authorization"));
            assertFalse(proxy.heads().toString().contains("secret"), proxy.heads()::toString);
            assertEquals(
                    "CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1",
                    proxy.heads().get(0).get(0));
        }
    }

    private static final class FixedProxy extends ProxySelector {
        private final InetSocketAddress address;

        FixedProxy(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(new Proxy(Proxy.Type.HTTP, address));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {}
    }
}
