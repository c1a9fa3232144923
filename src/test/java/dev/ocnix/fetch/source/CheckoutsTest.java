package dev.ocnix.fetch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.fetch.source.GitServer.Way;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.Resolution;
import dev.ocnix.testing.NeedsGit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsGit
class CheckoutsTest {
    private static final PackageId ID = new PackageId("dep", "github:owner/repo#abc");

    @TempDir
    Path temporary;

    private GitFixture git;
    private String commit;
    private GitServer server;
    private Http http;
    private final List<String> seen = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void serve() throws Exception {
        git = new GitFixture(temporary.resolve("work"));
        git.write(
                        "package.json",
                        "{\"name\":\"dep\",\"version\":\"1.2.3\",\"scripts\":{\"install\":\"node-gyp rebuild\"}}")
                .write("lib/a.js", "//")
                .write(".gitattributes", "tests export-ignore\n")
                .write("tests/t.js", "t");
        git.git("add", ".");
        git.stage("bin/run", "100755", "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
        commit = git.commitStaged("dep");
        server = new GitServer(git, temporary.resolve("served.git"), Way.SMART);
        http = new Http(HttpSettings.standard().withTrusted(server.url()));
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    private Checkouts checkouts() {
        PackageVisitor.Factory visitors = id -> new PackageVisitor() {
            @Override
            public void file(String path, boolean executable, long size, InputStream content) throws IOException {
                seen.add(path + (executable ? "*" : "") + " " + size + " " + content.readAllBytes().length);
            }

            @Override
            public AddonFacts finish(PackageManifest manifest) {
                seen.add("finished " + manifest.name().orElse("?"));
                return AddonFacts.nothing();
            }
        };
        return new Checkouts(
                new Sources(http, temporary, TreeLimits.standard()),
                Optional.of(server.url()),
                visitors,
                warnings::add);
    }

    @Test
    void aShortIdOfGitHubsBecomesTheFullCommit() throws Exception {
        CheckoutFacts facts = checkouts().fetch(ID, new Resolution.GitHub("owner", "repo", commit.substring(0, 7)));
        assertEquals(commit, facts.commit());
        assertEquals(Optional.of("1.2.3"), facts.manifest().version());
        Path archived = git.archive(commit, temporary.resolve("archived"));
        try (SourceTree expected = LocalSource.open(archived, Set.of(), TreeLimits.standard())) {
            assertEquals(expected.narHash(), facts.narHash());
        }
        assertEquals(
                List.of(".gitattributes 20 20", "bin/run* 10 10", "lib/a.js 2 2", "package.json 73 73", "finished dep"),
                seen);
        assertEquals(List.of(), warnings);
    }

    @Test
    void aMirrorThatKnowsFullIdsOnlyWillDo() throws Exception {
        server.takesShortIds = false;
        CheckoutFacts facts = checkouts().fetch(ID, new Resolution.GitHub("owner", "repo", commit.substring(0, 7)));
        assertEquals(commit, facts.commit());
    }

    @Test
    void aGitDependencyIsACheckout() throws Exception {
        CheckoutFacts facts = checkouts().fetch(ID, new Resolution.Git(server.gitUrl(), commit));
        Path checkout = git.checkout(commit, temporary.resolve("checkout"));
        try (SourceTree expected = LocalSource.open(checkout, Set.of(), TreeLimits.standard())) {
            assertEquals(expected.narHash(), facts.narHash());
        }
        assertTrue(seen.contains("tests/t.js 1 1"));
    }

    @Test
    void problemsNameTheDependency() {
        for (Resolution resolution : List.of(
                new Resolution.GitHub("owner", "repo", "main"),
                new Resolution.GitHub("owner", "repo", "0000000"),
                new Resolution.GitHub("owner", "none", commit),
                new Resolution.GitHub("owner/x", "repo", commit),
                new Resolution.Git(server.gitUrl(), "main"),
                new Resolution.Git(server.gitUrl(), "0".repeat(40)),
                new Resolution.Git("file:///etc", commit),
                new Resolution.Git("ssh://git@example.org/a/b", commit))) {
            OcnixException failure = assertThrows(OcnixException.class, () -> {
                if (resolution instanceof Resolution.GitHub gitHub) {
                    checkouts().fetch(ID, gitHub);
                } else if (resolution instanceof Resolution.Git url) {
                    checkouts().fetch(ID, url);
                }
            });
            assertTrue(
                    failure.getMessage().startsWith("Could not fetch the dependency dep@github:owner/repo#abc: "),
                    failure.getMessage());
            assertEquals(1, failure.getMessage().lines().count());
        }
    }

    @Test
    void aMissingManifestIsToldAndTolerated() throws Exception {
        git.git("rm", "-q", "package.json");
        git.write(".gitmodules", "[submodule \"m\"]\n\tpath = modules/m\n");
        git.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",modules/m");
        git.git("add", ".gitmodules");
        String bare = git.commitStaged("no manifest");
        server.close();
        server = new GitServer(git, temporary.resolve("again.git"), Way.SMART);
        http.close();
        http = new Http(HttpSettings.standard().withTrusted(server.url()));
        assertEquals(
                Optional.empty(),
                checkouts()
                        .fetch(ID, new Resolution.GitHub("owner", "repo", bare))
                        .manifest()
                        .name());
        assertEquals(2, warnings.size());
        assertTrue(warnings.get(0).contains("has submodules (modules/m), which are left out"), warnings.get(0));
    }
}
