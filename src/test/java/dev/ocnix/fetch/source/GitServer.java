package dev.ocnix.fetch.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/**
 * A loopback server in front of real git: {@code /owner/repo.git} by one of the ways that servers speak, and
 * {@code /owner/repo/archive/<committish>.tar.gz} as GitHub does.
 */
final class GitServer extends Dispatcher implements AutoCloseable {
    enum Way {
        /** git's own http-backend. */
        SMART,
        /** The same, giving only commits that have a name, as git before protocol 2. */
        SMART_NAMED_ONLY,
        /** Files only. */
        DUMB,
        /** The first version's list of refs, and nothing to fetch. */
        ADVERTISEMENT_ONLY
    }

    private final MockWebServer server = new MockWebServer();
    private final GitFixture git;
    private final Path bare;
    private final Way way;
    final List<String> asked = new CopyOnWriteArrayList<>();
    boolean takesShortIds = true;
    String servedInstead = "";
    int failures;

    GitServer(GitFixture git, Path bare, Way way) throws IOException {
        this.git = git;
        this.bare = git.bare(bare);
        this.way = way;
        GitFixture.command(bare, "update-server-info").runOrFail();
        GitFixture.command(bare, "config", "http.receivepack", "false").runOrFail();
        server.setDispatcher(this);
        server.start();
    }

    String base() {
        return "http://127.0.0.1:" + server.getPort();
    }

    String gitUrl() {
        return base() + "/owner/repo.git";
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        String path = request.getUrl().encodedPath();
        asked.add(request.getMethod() + " " + path);
        if (failures > 0) {
            failures--;
            return status(503);
        }
        try {
            if (path.startsWith("/owner/repo/archive/")) {
                return archive(path.substring("/owner/repo/archive/".length()).replace(".tar.gz", ""));
            }
            if (!path.startsWith("/owner/repo.git/")) {
                return status(404);
            }
            String file = path.substring("/owner/repo.git".length());
            return switch (way) {
                case SMART, SMART_NAMED_ONLY -> backend(request, file);
                case DUMB ->
                    Files.isRegularFile(bare.resolve(file.substring(1)))
                            ? body("text/plain", Files.readAllBytes(bare.resolve(file.substring(1))))
                            : status(404);
                case ADVERTISEMENT_ONLY -> file.equals("/info/refs") ? advertisement() : status(403);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MockResponse archive(String committish) throws IOException {
        boolean known = committish.length() == 40 || takesShortIds;
        String commit = servedInstead.isEmpty() ? committish : servedInstead;
        Path target = Files.createTempFile("ocnix-archive-", ".tar.gz");
        try {
            var result = GitFixture.command(
                            git.folder(),
                            "archive",
                            "--format=tar.gz",
                            "--prefix=repo-" + commit + "/",
                            "-o",
                            target.toString(),
                            commit)
                    .run();
            return known && result.exit() == 0 ? body("application/x-gzip", Files.readAllBytes(target)) : status(404);
        } finally {
            Files.delete(target);
        }
    }

    private MockResponse advertisement() {
        byte[] refs = GitFixture.command(bare, "upload-pack", "--http-backend-info-refs", ".")
                .runOrFail()
                .bytes();
        Buffer buffer =
                new Buffer().writeUtf8("001e# service=git-upload-pack\n0000").write(refs);
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "application/x-git-upload-pack-advertisement")
                .body(buffer)
                .build();
    }

    private MockResponse backend(RecordedRequest request, String file) throws IOException {
        Map<String, String> environment = new TreeMap<>(git.environment());
        environment.put("GIT_PROJECT_ROOT", bare.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("PATH_INFO", file);
        environment.put("REQUEST_METHOD", request.getMethod());
        environment.put("QUERY_STRING", String.valueOf(request.getUrl().query()));
        environment.put("CONTENT_TYPE", String.valueOf(request.getHeaders().get("Content-Type")));
        environment.put("REMOTE_ADDR", "127.0.0.1");
        String protocol = request.getHeaders().get("Git-Protocol");
        if (protocol != null && way == Way.SMART) {
            environment.put("GIT_PROTOCOL", protocol);
        }
        byte[] body =
                request.getBody() == null ? new byte[0] : request.getBody().toByteArray();
        environment.put("CONTENT_LENGTH", String.valueOf(body.length));
        if ("gzip".equals(request.getHeaders().get("Content-Encoding"))) {
            environment.put("HTTP_CONTENT_ENCODING", "gzip");
        }
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend").directory(bare.toFile());
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(body);
        }
        return cgi(process.getInputStream().readAllBytes());
    }

    private static MockResponse cgi(byte[] output) {
        String text = new String(output, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        MockResponse.Builder response = new MockResponse.Builder().code(200);
        for (String line : text.substring(0, end).split("\r\n", -1)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                response.code(Integer.parseInt(header[1].substring(0, 3)));
            } else {
                response.setHeader(header[0], header[1]);
            }
        }
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(output, end + 4, output.length - end - 4);
        return response.body(new Buffer().write(rest.toByteArray())).build();
    }

    private static MockResponse body(String type, byte[] content) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", type)
                .body(new Buffer().write(content))
                .build();
    }

    private static MockResponse status(int code) {
        return new MockResponse.Builder().code(code).build();
    }

    @Override
    public void close() {
        server.close();
    }
}
