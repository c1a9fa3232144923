package dev.ocnix.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-ins behave as the world does, judged by those who know it: Bun and git. */
class LoopbackTest {
    private static final Map<String, String> IDENTITY = Map.of(
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_AUTHOR_NAME", "a",
            "GIT_AUTHOR_EMAIL", "a@example.org",
            "GIT_COMMITTER_NAME", "a",
            "GIT_COMMITTER_EMAIL", "a@example.org");

    @TempDir
    Path folder;

    @NeedsBun
    @Test
    void bunInstallsAPublishedScopedPackage() throws Exception {
        try (LoopbackRegistry registry = LoopbackRegistry.start()) {
            PackageTarball tarball = PackageTarball.of("@scope/tool", "1.2.3")
                    .file("index.js", "module.exports = 1\n")
                    .program("bin.js", "#!/usr/bin/env node\n")
                    .field("bin", "\"bin.js\"")
                    .build();
            registry.publish(tarball);
            Files.writeString(folder.resolve("package.json"), "{\"dependencies\":{\"@scope/tool\":\"1.2.3\"}}");
            Bun.version("1.3.14").from(registry.url(), folder, "install").runOrFail();
            assertEquals("module.exports = 1\n", Files.readString(folder.resolve("node_modules/@scope/tool/index.js")));
            assertTrue(Files.readString(folder.resolve("bun.lock")).contains(tarball.integrity()));
            assertEquals(1, registry.requests(tarball.path()));
        }
    }

    @NeedsBun
    @Test
    void bunAcceptsTheLockfileOfATinyProject() throws Exception {
        try (LoopbackRegistry registry = LoopbackRegistry.start()) {
            PackageTarball inner = PackageTarball.of("inner", "1.0.0")
                    .file("index.js", "module.exports = 7;\n")
                    .build();
            PackageTarball outer = PackageTarball.of("@scope/outer", "2.0.0")
                    .dependency("inner", "^1.0.0")
                    .file("index.js", "module.exports = require('inner');\n")
                    .build();
            registry.publish(inner).publish(outer);
            TinyProject.write(folder, "tiny", List.of(inner, outer));
            Files.writeString(folder.resolve("index.js"), "console.log(require('@scope/outer'));\n");
            Bun bun = Bun.version("1.3.14");
            bun.from(registry.url(), folder, "install", "--frozen-lockfile").runOrFail();
            assertEquals("7\n", bun.in(folder, "index.js").runOrFail().out());
        }
    }

    @Test
    void faultsHappenAsOftenAsToldAndThenStop() throws Exception {
        try (LoopbackRegistry registry = LoopbackRegistry.start()) {
            PackageTarball tarball = PackageTarball.of("a", "1.0.0").build();
            registry.publish(tarball);
            registry.fault(tarball.path(), 1, LoopbackServer.Fault.truncated());
            assertThrows(IOException.class, () -> get(registry.url(tarball)));
            registry.fault(tarball.path(), 1, LoopbackServer.Fault.status(503));
            assertEquals(503, get(registry.url(tarball)).statusCode());
            assertArrayEquals(tarball.bytes(), get(registry.url(tarball)).body());
        }
    }

    @NeedsGit
    @Test
    void gitReadsTheAdvertisedRefsAndTheArchiveNamesItsCommit() throws Exception {
        git("init", "-q", "-b", "main");
        git("commit", "-q", "--allow-empty", "-m", "first");
        git("tag", "-a", "v1", "-m", "one");
        String commit = git("rev-parse", "HEAD");
        try (LoopbackGitHub github = LoopbackGitHub.start()) {
            github.publish("owner/name", folder, commit);
            String refs = git("-c", "protocol.version=0", "ls-remote", github.url() + "/owner/name.git");
            assertTrue(refs.contains(commit + "\trefs/tags/v1^{}"), refs);
            byte[] archive = get(github.url() + LoopbackGitHub.archivePath("owner/name", commit))
                    .body();
            Path file = Files.write(folder.resolve("archive.tar.gz"), archive);
            Command show = Command.of("sh", "-c", "gzip -dc archive.tar.gz | git get-tar-commit-id")
                    .in(folder);
            assertEquals(commit, show.runOrFail().out().strip(), file.toString());
        }
    }

    private String git(String... arguments) {
        return Command.of("git")
                .and(arguments)
                .in(folder)
                .with(IDENTITY)
                .runOrFail()
                .out()
                .strip();
    }

    private static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }
}
