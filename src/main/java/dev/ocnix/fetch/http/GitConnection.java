package dev.ocnix.fetch.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URL;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/** One exchange of JGit's, in the shape of {@link java.net.HttpURLConnection} that it expects. */
final class GitConnection implements HttpConnection {
    /** A fetch sends wants and haves only: kilobytes. */
    private static final int MAX_REQUEST = 16 << 20;

    /** Refusals that it has an answer to: credentials are missing, or there is no repository. */
    private static final Set<Integer> LEFT_TO_JGIT = Set.of(401, 404, 410);

    private final OkHttpClient client;
    private final HttpUrl url;
    private final HttpLimits limits;
    private final HttpListener listener;
    private final Request.Builder request = new Request.Builder();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private String method = "GET";
    private @Nullable String contentType;
    private @Nullable Response response;

    GitConnection(OkHttpClient client, HttpUrl url, Headers credentials, HttpSettings settings) {
        this.client = client;
        this.url = url;
        this.limits = settings.limits();
        this.listener = settings.listener();
        request.headers(credentials).url(url).header("Accept-Encoding", "identity");
    }

    private Response answer() throws IOException {
        if (response == null) {
            boolean post = method.equals("POST");
            RequestBody body = post
                    ? RequestBody.create(sent.toByteArray(), contentType == null ? null : MediaType.parse(contentType))
                    : null;
            response = persistently(request.method(method, body).build());
        }
        return response;
    }

    /** Tries again what may pass: all that a fetch asks can be asked twice. */
    private Response persistently(Request asked) throws IOException {
        Retries retries = new Retries(limits);
        int attempt = 1;
        while (true) {
            try {
                return once(asked);
            } catch (IOException e) {
                Diagnosis diagnosis = Diagnosis.of(e, limits, Optional.empty());
                if (attempt >= limits.attempts() || diagnosis.isFinal()) {
                    throw e;
                }
                Duration wait = retries.wait(e, attempt);
                listener.retrying(url.toString(), diagnosis.reason(), attempt, wait.toMillis());
                pause(wait);
                attempt++;
            }
        }
    }

    private Response once(Request asked) throws IOException {
        Call call = client.newCall(asked);
        call.timeout().timeout(limits.total().toNanos(), TimeUnit.NANOSECONDS);
        Response answer = call.execute();
        if (answer.code() < 400 || LEFT_TO_JGIT.contains(answer.code())) {
            return answer;
        }
        // nobody reads the body of a refusal
        answer.close();
        throw new StatusException(answer.code(), Optional.ofNullable(answer.header("Retry-After")));
    }

    private static void pause(Duration wait) throws IOException {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public int getResponseCode() throws IOException {
        return answer().code();
    }

    @Override
    public URL getURL() {
        return url.url();
    }

    @Override
    public String getResponseMessage() throws IOException {
        return answer().message();
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return response == null ? Map.of() : response.headers().toMultimap();
    }

    @Override
    public void setRequestProperty(String key, String value) {
        if (key.equalsIgnoreCase("Content-Type")) {
            contentType = value;
        }
        request.header(key, value);
    }

    @Override
    public void setRequestMethod(String newMethod) {
        method = newMethod;
    }

    @Override
    public void setUseCaches(boolean usecaches) {
        // there is no cache
    }

    @Override
    public void setConnectTimeout(int timeout) {
        // the client's own limits hold
    }

    @Override
    public void setReadTimeout(int timeout) {
        // the client's own limits hold
    }

    @Override
    public @Nullable String getContentType() {
        return getHeaderField("Content-Type");
    }

    @Override
    public InputStream getInputStream() throws IOException {
        ResponseBody body = answer().body();
        return new BodyStream(body.byteStream(), limits.maxBytes(), Optional.of(limits.slow())) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    return super.read(buffer, offset, length);
                } catch (IOException e) {
                    throw new BrokenBodyException(e);
                }
            }
        };
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        return response == null ? null : response.header(name);
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return response == null ? List.of() : new ArrayList<>(response.headers(name));
    }

    @Override
    public int getContentLength() {
        long length = response == null ? -1 : response.body().contentLength();
        return length > Integer.MAX_VALUE ? -1 : (int) length;
    }

    @Override
    public void setInstanceFollowRedirects(boolean followRedirects) {
        // the client never follows; JGit does it by itself
    }

    @Override
    public void setDoOutput(boolean dooutput) {
        // the method says it
    }

    @Override
    public void setFixedLengthStreamingMode(int contentLength) {
        // the request is small and kept
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (sent.size() + length > MAX_REQUEST) {
                    throw new RefusedException("would be sent more than " + MAX_REQUEST + " bytes", "");
                }
                sent.write(bytes, offset, length);
            }
        };
    }

    @Override
    public void setChunkedStreamingMode(int chunklen) {
        // the request is small and kept
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public boolean usingProxy() {
        // asked only to explain failures
        return false;
    }

    @Override
    public void connect() throws IOException {
        answer();
    }

    @Override
    public void configure(KeyManager[] km, TrustManager[] tm, SecureRandom random) {
        throw new UnsupportedOperationException("certificates are always checked");
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier hostnameverifier) {
        throw new UnsupportedOperationException("host names are always checked");
    }
}
