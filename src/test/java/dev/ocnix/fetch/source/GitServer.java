package dev.ocnix.fetch.source;

import dev.ocnix.testing.Command;
import dev.ocnix.testing.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loopback server in front of real git: {@code /owner/repo.git} by one of the ways that servers speak, and
 * {@code /owner/repo/archive/<committish>.tar.gz} as GitHub does.
 */
final class GitServer extends LoopbackServer {
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

    private final GitFixture git;
    private final Path bare;
    private final Way way;
    private final AtomicInteger failures = new AtomicInteger();
    volatile boolean takesShortIds = true;
    volatile String servedInstead = "";
    volatile Optional<byte[]> archiveInstead = Optional.empty();

    GitServer(GitFixture git, Path bare, Way way) {
        this.git = git;
        this.bare = git.bare(bare);
        this.way = way;
        GitFixture.command(bare, "update-server-info").runOrFail();
        GitFixture.command(bare, "config", "http.receivepack", "false").runOrFail();
        open();
    }

    String gitUrl() {
        return url() + "/owner/repo.git";
    }

    /** Gives trees without files from now on, as GitHub does. */
    GitServer filtering() {
        GitFixture.command(bare, "config", "uploadpack.allowFilter", "true").runOrFail();
        return this;
    }

    /** Fails the next requests, whatever they are. */
    void fail(int times) {
        failures.set(times);
    }

    /** Methods and paths so far, without queries. */
    List<String> asked() {
        return requests().stream()
                .map(request ->
                        request.method() + " " + URI.create(request.path()).getPath())
                .toList();
    }

    @Override
    protected Answer answer(Request request, byte[] sent) throws IOException {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Answer.status(503);
        }
        String path = URI.create(request.path()).getPath();
        if (path.startsWith("/owner/repo/archive/")) {
            return archive(path.substring("/owner/repo/archive/".length()).replace(".tar.gz", ""));
        }
        if (!path.startsWith("/owner/repo.git/")) {
            return Answer.status(404);
        }
        String file = path.substring("/owner/repo.git".length());
        return switch (way) {
            case SMART, SMART_NAMED_ONLY -> backend(request, sent, file);
            case DUMB ->
                Files.isRegularFile(bare.resolve(file.substring(1)))
                        ? new Answer(200, "text/plain", Files.readAllBytes(bare.resolve(file.substring(1))))
                        : Answer.status(404);
            case ADVERTISEMENT_ONLY -> file.equals("/info/refs") ? advertisement() : Answer.status(403);
        };
    }

    private Answer archive(String committish) {
        if (archiveInstead.isPresent()) {
            return new Answer(200, "application/x-gzip", archiveInstead.get());
        }
        boolean known = committish.length() == 40 || takesShortIds;
        String commit = servedInstead.isEmpty() ? committish : servedInstead;
        Command.Result archive = GitFixture.command(
                        git.folder(), "archive", "--format=tar.gz", "--prefix=repo-" + commit + "/", commit)
                .run();
        return known && archive.exit() == 0
                ? new Answer(200, "application/x-gzip", archive.bytes())
                : Answer.status(404);
    }

    private Answer advertisement() throws IOException {
        ByteArrayOutputStream refs = new ByteArrayOutputStream();
        refs.write("001e# service=git-upload-pack\n0000".getBytes(StandardCharsets.UTF_8));
        refs.write(GitFixture.command(bare, "upload-pack", "--http-backend-info-refs", ".")
                .runOrFail()
                .bytes());
        return new Answer(200, "application/x-git-upload-pack-advertisement", refs.toByteArray());
    }

    private Answer backend(Request request, byte[] sent, String file) {
        Map<String, String> headers = request.headers();
        Map<String, String> environment = new TreeMap<>();
        environment.put("GIT_PROJECT_ROOT", bare.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("PATH_INFO", file);
        environment.put("REQUEST_METHOD", request.method());
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(URI.create(request.path()).getQuery()).orElse(""));
        environment.put("CONTENT_TYPE", headers.getOrDefault("Content-Type", ""));
        environment.put("REMOTE_ADDR", "127.0.0.1");
        environment.put("GIT_PROTOCOL", way == Way.SMART ? headers.getOrDefault("Git-Protocol", "") : "");
        environment.put("CONTENT_LENGTH", String.valueOf(sent.length));
        environment.put("HTTP_CONTENT_ENCODING", headers.getOrDefault("Content-Encoding", ""));
        return cgi(GitFixture.command(bare, "http-backend")
                .with(environment)
                .reading(sent)
                .run()
                .bytes());
    }

    private static Answer cgi(byte[] output) {
        String text = new String(output, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        int status = 200;
        String type = "text/plain";
        for (String line : text.substring(0, end).split("\r\n", -1)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else if (header[0].equals("Content-Type")) {
                type = header[1];
            }
        }
        return new Answer(status, type, Arrays.copyOfRange(output, end + 4, output.length));
    }
}
