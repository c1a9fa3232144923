package dev.ocnix.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP/1.1 server, with TLS or without, on a free port of 127.0.0.1 that remembers who asked for what and can be told to misbehave. */
public class LoopbackServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Misbehaviour> faults = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    protected LoopbackServer() {
        this(Optional.empty());
    }

    @SuppressWarnings("this-escape") // the handler waits for start()
    private LoopbackServer(Optional<Certificate> certificate) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            server = certificate.isPresent() ? HttpsServer.create(address, 128) : HttpServer.create(address, 128);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (server instanceof HttpsServer secure) {
            secure.setHttpsConfigurator(
                    new HttpsConfigurator(certificate.orElseThrow().context()));
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /** A server of its own, to be filled with {@link #serve}. */
    public static LoopbackServer start() {
        LoopbackServer server = new LoopbackServer();
        server.open();
        return server;
    }

    /** The same over https. */
    public static LoopbackServer start(Certificate certificate) {
        LoopbackServer server = new LoopbackServer(Optional.of(certificate));
        server.open();
        return server;
    }

    protected final void open() {
        server.start();
    }

    /** For example {@code http://127.0.0.1:40123}, without a slash at the end. */
    public final String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + port();
    }

    public final int port() {
        return server.getAddress().getPort();
    }

    /** Answers a raw path, with its query if it has one, with these bytes from now on. */
    public final void serve(String path, String contentType, byte[] body) {
        answers.put(path, new Answer(200, contentType, body.clone()));
    }

    /** Misbehaves at a path the next {@code times} times, then answers rightly again. */
    public final void fault(String path, int times, Fault fault) {
        faults.put(path, new Misbehaviour(fault, new AtomicInteger(times)));
    }

    /** Misbehaves at a path for good. */
    public final void fault(String path, Fault fault) {
        fault(path, Integer.MAX_VALUE, fault);
    }

    /** All requests so far, in the order of their arrival. */
    public final List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How often a raw path was asked for. */
    public final long requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).count();
    }

    public final void forgetRequests() {
        requests.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            Request request = new Request(exchange.getRequestMethod(), path, headers);
            requests.add(request);
            Answer answer = answer(request, exchange.getRequestBody().readAllBytes());
            Misbehaviour misbehaviour = faults.get(path);
            if (misbehaviour != null && misbehaviour.left().getAndDecrement() > 0) {
                if (answer.status() == 200) {
                    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
                }
                misbehaviour.fault().answer(exchange, answer.status() == 200 ? answer.body() : new byte[0]);
            } else {
                reply(exchange, answer.status(), answer.contentType(), answer.body());
            }
        }
    }

    /** The right answer: what {@link #serve} was given, else 404. */
    protected Answer answer(Request request, byte[] sent) throws IOException {
        return answers.getOrDefault(request.path(), Answer.status(404));
    }

    private static void sleep(Duration duration) throws IOException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private static void reply(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** What was asked. The path is raw, with its query; header names compare without case. */
    public record Request(String method, String path, Map<String, String> headers) {}

    private record Misbehaviour(Fault fault, AtomicInteger left) {}

    /** What is sent back. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Answer(int status, String contentType, byte[] body) {
        public static Answer status(int status) {
            return new Answer(status, "text/plain", ("status " + status).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A way to answer wrongly. */
    @FunctionalInterface
    public interface Fault {
        /** Answers in place of the right bytes, which are empty where there are none. */
        void answer(HttpExchange exchange, byte[] right) throws IOException;

        /** A status without the content. */
        static Fault status(int status) {
            return (exchange, right) -> reply(exchange, status, "text/plain", new byte[0]);
        }

        /** Half of the content, then the connection is cut. */
        static Fault truncated() {
            return (exchange, right) -> {
                exchange.sendResponseHeaders(200, right.length);
                exchange.getResponseBody().write(right, 0, right.length / 2);
                exchange.getResponseBody().flush();
            };
        }

        /** The content, whole, under a length that is announced {@code more} bytes greater; the connection ends there. */
        static Fault wrongLength(int more) {
            return (exchange, right) -> {
                exchange.sendResponseHeaders(200, right.length + more);
                exchange.getResponseBody().write(right, 0, Math.min(right.length, right.length + more));
                exchange.getResponseBody().flush();
            };
        }

        /** The content byte by byte, with a pause after each. */
        static Fault drip(Duration pause) {
            return (exchange, right) -> {
                exchange.sendResponseHeaders(200, right.length);
                for (byte one : right) {
                    exchange.getResponseBody().write(one);
                    exchange.getResponseBody().flush();
                    sleep(pause);
                }
            };
        }

        /** A status instead of the content, unless the request has that header. */
        static Fault unless(String name, String value, int status) {
            return (exchange, right) -> {
                boolean isRight = value.equals(exchange.getRequestHeaders().getFirst(name));
                exchange.getResponseHeaders()
                        .set((status == 407 ? "Proxy" : "WWW") + "-Authenticate", "Basic realm=\"here\"");
                reply(exchange, isRight ? 200 : status, "application/octet-stream", isRight ? right : new byte[0]);
            };
        }

        /** A status that asks the client to come back after so many seconds. */
        static Fault retryAfter(int status, int seconds) {
            return (exchange, right) -> {
                exchange.getResponseHeaders().set("Retry-After", String.valueOf(seconds));
                reply(exchange, status, "text/plain", new byte[0]);
            };
        }

        /** Other content of the same length: its last byte is changed. */
        static Fault wrongBytes() {
            return (exchange, right) -> {
                byte[] wrong = right.clone();
                wrong[wrong.length - 1] ^= 1;
                reply(exchange, 200, "application/octet-stream", wrong);
            };
        }

        /** Other content. */
        static Fault content(byte[] other) {
            return (exchange, right) -> reply(exchange, 200, "application/octet-stream", other);
        }

        /** The content with one more header, such as {@code Content-Encoding}. */
        static Fault header(String name, String value) {
            return (exchange, right) -> {
                exchange.getResponseHeaders().set(name, value);
                reply(exchange, 200, "application/octet-stream", right);
            };
        }

        /** A redirect. */
        static Fault redirect(int status, String location) {
            return (exchange, right) -> {
                exchange.getResponseHeaders().set("Location", location);
                reply(exchange, status, "text/plain", new byte[0]);
            };
        }

        /** The connection is cut before any answer. */
        static Fault cut() {
            return (exchange, right) -> exchange.close();
        }
    }
}
