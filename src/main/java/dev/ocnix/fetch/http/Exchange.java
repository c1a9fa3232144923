package dev.ocnix.fetch.http;

import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One attempt: a request and its redirects. */
final class Exchange {
    private static final int MAX_REDIRECTS = 8;
    private static final String ELSEWHERE = "tell those who run that server, or configure another registry or mirror";

    private final OkHttpClient client;
    private final HttpSettings settings;
    private final HostPolicy policy;
    private final HostGate gate;

    Exchange(OkHttpClient client, HttpSettings settings, HostPolicy policy, HostGate gate) {
        this.client = client;
        this.settings = settings;
        this.policy = policy;
        this.gate = gate;
    }

    <T> T run(HttpUrl start, BodyReader<T> reader, long deadline) throws IOException, OcnixException {
        HttpUrl url = start;
        Headers credentials = settings.credentials().apply(start).orElse(Headers.EMPTY);
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            long began = System.nanoTime();
            try (Response response = answer(url, credentials, deadline)) {
                if (response.code() == 200) {
                    return body(start, response, reader, began);
                }
                if (!isRedirect(response.code())) {
                    throw new StatusException(response.code(), Optional.ofNullable(response.header("Retry-After")));
                }
                HttpUrl next = target(url, response);
                credentials = credentials(credentials, url, next);
                url = next;
            }
        }
        throw new RefusedException("was redirected more than " + MAX_REDIRECTS + " times", ELSEWHERE);
    }

    /** Those of a redirect's target; once a redirect has left the host, nobody after it gets any. */
    private Headers credentials(Headers before, HttpUrl from, HttpUrl to) {
        return before.size() == 0 || !isSameHost(from, to)
                ? Headers.EMPTY
                : settings.credentials().apply(to).orElse(before);
    }

    private Response answer(HttpUrl url, Headers credentials, long deadline) throws IOException {
        Request.Builder request =
                new Request.Builder().headers(credentials).url(url).header("Accept-Encoding", "identity");
        if (credentials.get("User-Agent") == null) {
            request.header("User-Agent", "ocnix-maven-plugin");
        }
        Runnable answered;
        try {
            answered = gate.enter(url.scheme() + "://" + url.host() + ":" + url.port());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        try {
            Call call = client.newCall(request.build());
            call.timeout().timeout(remaining(deadline), TimeUnit.NANOSECONDS);
            return call.execute();
        } finally {
            answered.run();
        }
    }

    private static long remaining(long deadline) throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new InterruptedIOException("too late");
        }
        return left;
    }

    private <T> T body(HttpUrl start, Response response, BodyReader<T> reader, long began)
            throws IOException, OcnixException {
        HttpLimits limits = settings.limits();
        BodyStream body = new BodyStream(response.body().byteStream(), limits.maxBytes(), Optional.of(limits.slow()));
        T result = reader.read(body);
        settings.listener()
                .received(
                        start.toString(),
                        response.request().url().host(),
                        response.protocol().toString(),
                        body.count(),
                        Duration.ofNanos(System.nanoTime() - began).toMillis());
        return result;
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private HttpUrl target(HttpUrl from, Response response) throws IOException {
        String location = response.header("Location");
        HttpUrl next = location == null ? null : from.resolve(location);
        if (next == null) {
            throw new RefusedException("was redirected to no http or https URL", ELSEWHERE);
        }
        if (from.isHttps() && !next.isHttps()) {
            throw new RefusedException("was redirected from https to http", ELSEWHERE);
        }
        Optional<String> objection = policy.objection(next);
        if (objection.isPresent()) {
            throw new RefusedException("was redirected to " + next.host() + ", which " + objection.get(), "");
        }
        return next;
    }

    private static boolean isSameHost(HttpUrl from, HttpUrl to) {
        boolean upgraded = !from.isHttps() && from.port() == 80 && to.isHttps() && to.port() == 443;
        return from.host().equals(to.host())
                && (upgraded || (from.port() == to.port() && from.scheme().equals(to.scheme())));
    }
}
