package dev.ocnix.fetch.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Certificate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that speaks HTTP/2 over TLS, as the npm registry does. */
class Http2Test {
    @TempDir
    Path folder;

    /** What the server answers to everything, after a while, without a copy for each. */
    private static final class Same extends Dispatcher implements MockResponseBody {
        private static final int CHUNK = 8192;

        private final byte[] body;

        Same(byte[] body) {
            this.body = body;
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder()
                    .headersDelay(30, TimeUnit.MILLISECONDS)
                    .body(this)
                    .build();
        }

        @Override
        public long getContentLength() {
            return body.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            for (int at = 0; at < body.length; at += CHUNK) {
                sink.write(body, at, Math.min(CHUNK, body.length - at));
            }
        }
    }

    private interface Session {
        void use(MockWebServer server, String url) throws Exception;
    }

    private void serve(byte[] body, Session session) throws Exception {
        Certificate certificate = Certificate.fitting(folder);
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(certificate.context().getSocketFactory());
            server.setDispatcher(new Same(body));
            server.start();
            certificate.whileTrusted(() -> {
                session.use(server, "https://127.0.0.1:" + server.getPort());
                return null;
            });
        }
    }

    @Test
    void allRequestsRideOnOneConnection() throws Exception {
        serve(new byte[100_000], (server, url) -> {
            Set<String> protocols = new ConcurrentSkipListSet<>();
            HttpSettings settings = HttpSettings.standard().withTrusted(url).withListener(new HttpListener() {
                @Override
                public void received(String asked, String host, String protocol, long bytes, long millis) {
                    protocols.add(protocol + " " + bytes);
                }
            });
            try (Http http = new Http(settings)) {
                assertEquals(100_000L * 100, sum(http, url, 100));
            }
            assertEquals(Set.of("h2 100000"), protocols);
            Set<Integer> connections = new TreeSet<>();
            for (int request = 0; request < 100; request++) {
                connections.add(server.takeRequest().getConnectionIndex());
            }
            assertEquals(Set.of(0), connections);
        });
    }

    @Test
    void slowReadersOfLargeBodiesDoNotFillTheHeap() throws Exception {
        byte[] body = new byte[20 << 20];
        serve(body, (server, url) -> {
            // more streams than the heap has room for
            HttpSettings settings = HttpSettings.standard().withTrusted(url).withConcurrency(1000);
            ExecutorService threads = Executors.newCachedThreadPool();
            try (Http http = new Http(settings)) {
                http.get(url, in -> in.readAllBytes().length);
                long before = used();
                CountDownLatch measured = new CountDownLatch(1);
                List<Future<Long>> all = new ArrayList<>();
                for (int request = 0; request < 32; request++) {
                    all.add(threads.submit(() -> http.get(url, in -> {
                        await(measured);
                        return in.transferTo(OutputStream.nullOutputStream());
                    })));
                }
                Thread.sleep(1500);
                long waiting = used() - before;
                measured.countDown();
                for (Future<Long> one : all) {
                    assertEquals(body.length, one.get());
                }
                assertTrue(waiting < 64 << 20, () -> (waiting >> 20) + " MB");
            } finally {
                threads.shutdownNow();
            }
        });
    }

    @Test
    void http2NeedsRoomForWhatServersSendAhead() {
        assertEquals(List.of(Protocol.HTTP_1_1), Http.protocols(32, 256 << 20));
        assertEquals(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), Http.protocols(8, 256 << 20));
        assertEquals(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), Http.protocols(32, 1L << 30));
        assertEquals(List.of(Protocol.HTTP_1_1), Http.protocols(Integer.MAX_VALUE, 1L << 40));
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long sum(Http http, String url, int requests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(http.concurrency());
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int request = 0; request < requests; request++) {
                String one = url + "/" + request;
                all.add(threads.submit(() -> http.get(one, body -> body.readAllBytes().length)));
            }
            long sum = 0;
            for (Future<Integer> one : all) {
                sum += one.get();
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }
}
