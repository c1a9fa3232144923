package dev.ocnix.fetch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpLimits;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.fetch.source.GitServer.Way;
import dev.ocnix.hash.Nar;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.SourcePin;
import dev.ocnix.testing.LoopbackServer.Fault;
import dev.ocnix.testing.NeedsGit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsGit
class SourcesTest {
    private static final SourceIdentity GITHUB = new SourceIdentity.GitHub("https://github.com", "owner", "repo");

    @TempDir
    Path temporary;

    private Path spools;
    private GitFixture git;
    private String first;
    private String second;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void makeRepository() throws Exception {
        spools = Files.createDirectory(temporary.resolve("spools"));
        git = new GitFixture(temporary.resolve("work"));
        git.write(".gitattributes", "*.bat text eol=crlf\nsecret export-ignore\n*.v export-subst\n")
                .write("a.bat", "echo\n")
                .write("secret", "s")
                .write("x.v", "$Format:%H$")
                .write("bun.lock", "{}");
        first = git.commit("first");
        git.git("tag", "v1.0.0");
        git.write("bun.lock", "{ }");
        second = git.commit("second");
        git.git("tag", "-a", "-m", "annotated", "v1.1.0");
        git.git("tag", "v1.1.0-rc.1", first);
        git.git("branch", "side", first);
    }

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        try (Stream<Path> left = Files.list(spools)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private GitServer server(Way way) throws Exception {
        GitServer server = new GitServer(git, temporary.resolve("served-" + open.size() + ".git"), way);
        open.add(server);
        return server;
    }

    private Sources sources(HttpSettings settings) {
        Http http = new Http(settings);
        open.add(http);
        return new Sources(http, spools, TreeLimits.standard());
    }

    private Sources sources(GitServer server) {
        return sources(HttpSettings.standard().withTrusted(server.url()));
    }

    private static SourceRequest request(SourceIdentity identity, String revision, Transport transport) {
        return new SourceRequest(identity, revision, Optional.empty(), transport);
    }

    private SourcePin pin(Sources sources, SourceRequest request) throws Exception {
        try (FetchedSource source = sources.fetch(request)) {
            return source.pin();
        }
    }

    private String refusal(Sources sources, SourceRequest request) {
        OcnixException failure = assertThrows(OcnixException.class, () -> pin(sources, request));
        assertEquals(1, failure.problems().size());
        assertFalse(failure.getMessage().contains("\n"), failure.getMessage());
        return failure.getMessage();
    }

    private Sri hashOfArchive(String commit) throws Exception {
        try (SourceTree tree = LocalSource.open(
                git.archive(commit, temporary.resolve("x" + commit)), Set.of(), TreeLimits.standard())) {
            return Nar.sha256(tree.root());
        }
    }

    @Test
    void everyTransportGivesTheSamePin() throws Exception {
        GitServer server = server(Way.ADVERTISEMENT_ONLY);
        GitServer smart = server(Way.SMART);
        Path archive = git.gitHubArchive(second, temporary.resolve("repo.tar.gz"));
        SourcePin expected =
                new SourcePin(GITHUB, "v1.1.0", Optional.of("v1.1.0"), second, hashOfArchive(second), false);
        List<Transport> transports = List.of(
                new Transport.GitHubMirror(server.url()),
                new Transport.GitHubMirror(server.url() + "/"),
                new Transport.GitMirror(smart.gitUrl()),
                new Transport.GitMirror(git.folder().toString()),
                new Transport.GitMirror(git.folder().toUri().toString()),
                new Transport.GitMirror(git.bare(temporary.resolve("b.git")).toString()),
                new Transport.Directory(git.folder()),
                new Transport.Archive(archive));
        Sources sources =
                sources(HttpSettings.standard().withTrusted(server.url()).withTrusted(smart.url()));
        for (Transport transport : transports) {
            assertEquals(expected, pin(sources, request(GITHUB, "v1.1.0", transport)), transport.toString());
            SourcePin byCommit = pin(sources, request(GITHUB, second, transport));
            assertEquals(expected.narHash(), byCommit.narHash());
            assertEquals(Optional.empty(), byCommit.tag());
        }
    }

    @Test
    void theOriginOfAGitHubSourceIsItsOwnHost() throws Exception {
        GitServer server = server(Way.ADVERTISEMENT_ONLY);
        SourceIdentity enterprise = new SourceIdentity.GitHub(server.url(), "owner", "repo");
        SourcePin pin = pin(sources(server), request(enterprise, "v1.0.0", new Transport.Origin()));
        assertEquals(first, pin.commit());
        assertEquals(
                List.of("GET /owner/repo.git/info/refs", "GET /owner/repo/archive/" + first + ".tar.gz"),
                server.asked().subList(0, 2));
    }

    @Test
    void aFullCommitNeedsNoListOfRefs() throws Exception {
        GitServer server = server(Way.ADVERTISEMENT_ONLY);
        pin(sources(server), request(GITHUB, first.toUpperCase(Locale.ROOT), new Transport.GitHubMirror(server.url())));
        assertEquals(
                "GET /owner/repo/archive/" + first + ".tar.gz", server.asked().get(0));
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"SMART", "SMART_NAMED_ONLY", "DUMB"})
    void aGitUrlIsFetchedByEveryKindOfServer(Way way) throws Exception {
        git.write("later", "x");
        git.commit("later");
        GitServer server = server(way);
        SourceIdentity identity = new SourceIdentity.Git(server.gitUrl());
        Path checkout = git.checkout(first, temporary.resolve("checkout"));
        for (String revision : new String[] {"v1.0.0", first}) {
            try (FetchedSource source = sources(server).fetch(request(identity, revision, new Transport.Origin()))) {
                assertEquals("", Trees.difference(Trees.of(checkout), Trees.of(source.tree())));
                assertEquals(first, source.pin().commit());
            }
        }
        // an annotated tag, and a commit without a name
        assertEquals(
                second,
                pin(sources(server), request(identity, "v1.1.0", new Transport.Origin()))
                        .commit());
    }

    @Test
    void aServerThatIsBusyForAMomentIsAskedAgain() throws Exception {
        GitServer server = server(Way.SMART);
        server.fail(2);
        SourceIdentity identity = new SourceIdentity.Git(server.gitUrl());
        assertEquals(
                first,
                pin(sources(server), request(identity, "v1.0.0", new Transport.Origin()))
                        .commit());
    }

    @Test
    void aSmartServerGivesOneCommitWithoutItsHistory() throws Exception {
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        git.write("big", noise);
        git.commit("big");
        git.git("rm", "-q", "big");
        String last = git.commit("small again");
        GitServer server = server(Way.SMART);
        HttpLimits standard = HttpLimits.standard();
        HttpLimits tight = new HttpLimits(
                standard.connect(),
                standard.read(),
                standard.total(),
                1,
                standard.firstWait(),
                standard.longestWait(),
                100_000);
        Sources sources =
                sources(HttpSettings.standard().withTrusted(server.url()).withLimits(tight));
        SourceIdentity identity = new SourceIdentity.Git(server.gitUrl());
        assertEquals(
                last,
                pin(sources, request(identity, last, new Transport.Origin())).commit());
    }

    @Test
    void whatIsNoPinIsRefusedWithTheNextStep() throws Exception {
        Sources sources = sources(HttpSettings.standard().withOffline(true));
        Transport mirror = new Transport.GitMirror(git.folder().toString());
        assertEquals(
                "\"side\" is a branch of owner/repo and moves; set ocnix.revision to a tag, or to the commit that it means"
                        + " today: " + first + ".",
                refusal(sources, request(GITHUB, "side", mirror)));
        assertTrue(refusal(sources, request(GITHUB, "HEAD", mirror)).contains(second));
        assertEquals(
                "\"" + first.substring(0, 8)
                        + "\" is a short commit id of owner/repo and may become ambiguous; set ocnix.revision to the full one: "
                        + first + ".",
                refusal(sources, request(GITHUB, first.substring(0, 8), mirror)));
        assertEquals(
                "There is no tag \"v1.0.1\" in owner/repo as " + git.folder()
                        + " has it (ocnix.gitMirror): the nearest are v1.0.0, v1.1.0, v1.1.0-rc.1; set ocnix.revision"
                        + " to a tag or a full commit id.",
                refusal(sources, request(GITHUB, "v1.0.1", mirror)));
        assertTrue(refusal(sources, request(GITHUB, "0".repeat(40), mirror)).startsWith("There is no commit 0000000"));
        String tagObject = git.git("rev-parse", "v1.1.0");
        assertTrue(refusal(sources, request(GITHUB, tagObject, mirror)).contains("pin the commit " + second));
        String tree = git.git("rev-parse", "HEAD^{tree}");
        assertTrue(refusal(sources, request(GITHUB, tree, mirror)).startsWith("There is no commit " + tree));
        for (String bad : new String[] {"", "a b", "a\nb", "../x", "-x", "a^{}", "v1..v2", "x".repeat(300)}) {
            assertTrue(refusal(sources, request(GITHUB, bad, mirror))
                    .contains("can be neither a tag nor a full commit id"));
        }
    }

    @Test
    void aServersRefusalsAreAsPlain() throws Exception {
        GitServer server = server(Way.ADVERTISEMENT_ONLY);
        Sources sources = sources(server);
        Transport mirror = new Transport.GitHubMirror(server.url());
        assertTrue(refusal(sources, request(GITHUB, "main", mirror)).contains("is a branch"));
        String unnamed = git.git("commit-tree", "-m", "unnamed", "HEAD^{tree}");
        assertTrue(
                refusal(sources, request(GITHUB, first.substring(0, 7), mirror)).contains(first));
        assertTrue(refusal(sources, request(GITHUB, unnamed.substring(0, 9), mirror))
                .contains(unnamed));
        assertTrue(refusal(sources, request(GITHUB, "0".repeat(40), mirror)).startsWith("There is no commit 0000000"));
        SourceIdentity missing = new SourceIdentity.GitHub("https://github.com", "owner", "missing");
        assertTrue(refusal(sources, request(missing, first, mirror)).startsWith("There is no repository at "));
        assertTrue(refusal(sources, request(missing, "v1.0.0", mirror)).startsWith("There is no git repository at "));
        server.servedInstead = second;
        assertTrue(refusal(sources, request(GITHUB, first, mirror))
                .contains("holds commit " + second + " and not the pinned " + first));
        server.servedInstead = second + "^{tree}";
        assertTrue(refusal(sources, request(GITHUB, first, mirror)).contains("does not say which commit it holds"));
    }

    @Test
    void aMovedTagIsRefused() throws Exception {
        GitServer server = server(Way.ADVERTISEMENT_ONLY);
        String sentence = "The tag v1.1.0 of owner/repo was moved from " + first + " to " + second;
        for (Transport transport : List.of(
                new Transport.GitHubMirror(server.url()),
                new Transport.GitMirror(git.folder().toString()))) {
            SourceRequest request = new SourceRequest(GITHUB, "v1.1.0", Optional.of(first), transport);
            assertTrue(refusal(sources(server), request).startsWith(sentence));
        }
        Path archive = git.gitHubArchive(second, temporary.resolve("repo.tar.gz"));
        SourceRequest request = new SourceRequest(GITHUB, "v1.1.0", Optional.of(first), new Transport.Archive(archive));
        assertTrue(refusal(sources(server), request).contains("holds commit " + second));
    }

    @Test
    void onlyWhatIsOnThisMachineIsReadOffline() throws Exception {
        Sources sources = sources(HttpSettings.standard().withOffline(true));
        for (SourceIdentity identity : List.of(GITHUB, new SourceIdentity.Git("https://example.org/a.git"))) {
            assertTrue(refusal(sources, request(identity, first, new Transport.Origin()))
                    .contains("offline"));
            assertTrue(refusal(sources, request(identity, first, new Transport.GitMirror("https://example.org/b.git")))
                    .contains("offline"));
            assertEquals(
                    first,
                    pin(
                                    sources,
                                    request(
                                            identity,
                                            first,
                                            new Transport.GitMirror(git.folder().toString())))
                            .commit());
        }
        SourceIdentity local = new SourceIdentity.Git(git.folder().toUri().toString());
        assertEquals(
                second,
                pin(sources, request(local, "v1.1.0", new Transport.Origin())).commit());
    }

    @Test
    void wrongTransportsAreRefused() throws Exception {
        Sources sources = sources(HttpSettings.standard());
        Path plain = Files.createDirectory(temporary.resolve("plain"));
        Path file = Files.writeString(temporary.resolve("no.tar.gz"), "no archive");
        Path cut = temporary.resolve("cut.tar.gz");
        byte[] whole = Files.readAllBytes(git.gitHubArchive(first, temporary.resolve("whole.tar.gz")));
        Files.write(cut, Arrays.copyOf(whole, whole.length - 20));
        assertTrue(refusal(sources, request(GITHUB, first, new Transport.Directory(plain)))
                .contains("is no git work tree"));
        assertTrue(refusal(sources, request(GITHUB, first, new Transport.GitMirror(plain.toString())))
                .contains("cannot be read as a git repository"));
        assertTrue(refusal(sources, request(GITHUB, first, new Transport.GitMirror("no/where")))
                .contains("is no folder"));
        assertTrue(refusal(sources, request(GITHUB, first, new Transport.Archive(file)))
                .contains("could not be read"));
        assertTrue(refusal(sources, request(GITHUB, first, new Transport.Archive(cut)))
                .contains("could not be read"));
        assertTrue(refusal(sources, request(GITHUB, first, new Transport.Archive(plain.resolve("none"))))
                .contains("There is no archive"));
        SourceIdentity url = new SourceIdentity.Git("https://example.org/a.git");
        assertTrue(refusal(sources, request(url, first, new Transport.Archive(file)))
                .contains("cannot stand for a git URL"));
        SourceIdentity ssh = new SourceIdentity.Git("git@git.example.org:a/b.git");
        assertTrue(refusal(sources, request(ssh, first, new Transport.Origin()))
                .contains("use https://git.example.org/a/b.git"));
        SourceIdentity odd = new SourceIdentity.GitHub("https://github.com", "owner", "..");
        assertTrue(
                refusal(sources, request(odd, first, new Transport.Origin())).contains("is no repository on GitHub"));
        SourceIdentity loopback = new SourceIdentity.Git("http://127.0.0.1:9/a.git");
        assertTrue(refusal(sources, request(loopback, first, new Transport.Origin()))
                .contains("private network"));
    }

    @Test
    void aSourceThatExceedsTheLimitsIsRefused() throws Exception {
        Http http = new Http(HttpSettings.standard());
        open.add(http);
        Path archive = git.gitHubArchive(first, temporary.resolve("repo.tar.gz"));
        for (Transport transport :
                List.of(new Transport.GitMirror(git.folder().toString()), new Transport.Archive(archive))) {
            for (TreeLimits limits : List.of(
                    new TreeLimits(2, 1 << 20, 10, 100, 1 << 20),
                    new TreeLimits(99, 20, 10, 100, 1 << 20),
                    new TreeLimits(99, 1 << 20, 0, 100, 1 << 20))) {
                String problem = refusal(new Sources(http, spools, limits), request(GITHUB, first, transport));
                assertTrue(problem.contains("which no source tree should"), problem);
            }
        }
    }

    @Test
    void aPrivateHostIsRefusedBeforeItIsAsked() throws Exception {
        GitServer server = server(Way.SMART);
        Sources sources = sources(HttpSettings.standard());
        SourceIdentity identity = new SourceIdentity.Git(server.gitUrl());
        for (String revision : new String[] {"v1.0.0", first}) {
            String problem = refusal(sources, request(identity, revision, new Transport.Origin()));
            assertTrue(problem.contains(server.gitUrl() + ": it is on a loopback"), problem);
        }
        assertEquals(List.of(), server.asked());
    }

    @Test
    void whatKeepsAnAnswerAwayIsToldAsOfTarballs() throws Exception {
        GitServer server = server(Way.SMART);
        String refs = "/owner/repo.git/info/refs?service=git-upload-pack";
        HttpLimits standard = HttpLimits.standard();
        HttpLimits quick = new HttpLimits(
                standard.connect(),
                standard.read(),
                standard.total(),
                2,
                Duration.ofMillis(1),
                Duration.ofMillis(1100),
                1 << 24);
        Sources sources =
                sources(HttpSettings.standard().withTrusted(server.url()).withLimits(quick));
        SourceRequest request = request(new SourceIdentity.Git(server.gitUrl()), "v1.0.0", new Transport.Origin());
        String before = "Could not list the refs of " + server.gitUrl() + ": it ";
        server.fault(refs, Fault.status(503));
        assertEquals(
                before + "answered 503; check the network and its proxy, then run again.", refusal(sources, request));
        assertEquals(2, server.requests(refs));
        server.fault(refs, Fault.status(403));
        assertEquals(
                before + "answered 403; give credentials for its host in a <server> of settings.xml.",
                refusal(sources, request));
        assertEquals(3, server.requests(refs), "asked once");
        for (int status : List.of(429, 403)) {
            server.fault(refs, 1, Fault.retryAfter(status, 1));
            long start = System.nanoTime();
            assertEquals(first, pin(sources, request).commit());
            assertTrue(System.nanoTime() - start > 1e9, "waits as long as it was asked to");
        }
        String nowhere = "http://nowhere.invalid/owner/repo.git";
        assertEquals(
                "Could not list the refs of " + nowhere
                        + ": it is on a host whose name has no address; check the network"
                        + " and its proxy, then run again.",
                refusal(sources, request(new SourceIdentity.Git(nowhere), "v1.0.0", new Transport.Origin())));
    }

    @Test
    void aBodyThatStandsStillOrBreaksOffIsAskedForAgain() throws Exception {
        HttpLimits standard = HttpLimits.standard();
        HttpLimits quick = new HttpLimits(
                        standard.connect(),
                        standard.read(),
                        standard.total(),
                        2,
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        1 << 24)
                .withSlow(Duration.ofMillis(300));
        String pack = "/owner/repo.git/git-upload-pack";
        String refs = "/owner/repo.git/info/refs?service=git-upload-pack";
        for (String path : List.of(pack, refs)) {
            for (Fault fault : List.of(Fault.drip(Duration.ofMillis(20)), Fault.truncated())) {
                GitServer server = server(Way.SMART);
                Sources sources = sources(
                        HttpSettings.standard().withTrusted(server.url()).withLimits(quick));
                SourceRequest request = request(new SourceIdentity.Git(server.gitUrl()), first, new Transport.Origin());
                server.fault(path, 1, fault);
                assertEquals(first, pin(sources, request).commit());
                server.fault(path, 2, fault);
                String problem = refusal(sources, request);
                assertTrue(problem.startsWith("Could not ") && problem.endsWith(" then run again."), problem);
            }
        }
        GitServer server = server(Way.SMART);
        Sources sources =
                sources(HttpSettings.standard().withTrusted(server.url()).withLimits(quick));
        server.fault(refs, Fault.drip(Duration.ofMillis(20)));
        assertEquals(
                "Could not list the refs of " + server.gitUrl()
                        + ": it sent less than 1 KiB a second for 0.3 seconds; check the network and its proxy, then run again.",
                refusal(sources, request(new SourceIdentity.Git(server.gitUrl()), "v1.0.0", new Transport.Origin())));
        assertEquals(2, server.requests(refs));
    }

    @Test
    void whatIsWrongWithARepositoryOrAnArchiveIsSaidInWordsOfOurOwn() throws Exception {
        Sources sources = sources(HttpSettings.standard());
        Path plain = Files.createDirectory(temporary.resolve("plain"));
        Path config = git.bare(temporary.resolve("config.git"));
        Files.writeString(config.resolve("config"), "[core\n");
        Path object = Files.createDirectories(temporary.resolve("object.git"));
        GitFixture.command(object, "init", "-q", "--bare").runOrFail();
        Path loose = object.resolve("objects/" + first.substring(0, 2) + "/" + first.substring(2));
        Files.createDirectories(loose.getParent());
        Files.writeString(loose, "no object\u001b[2J");
        String after = "; name a clone, bare or with its .git, that has the pinned commit.";
        assertEquals(
                plain + " cannot be read as a git repository (there is no repository in it)" + after,
                refusal(sources, request(GITHUB, first, new Transport.GitMirror(plain.toString()))));
        assertEquals(
                config + " cannot be read as a git repository (its configuration is none that git understands)" + after,
                refusal(sources, request(GITHUB, first, new Transport.GitMirror(config.toString()))));
        assertEquals(
                "Commit " + first + " of " + object
                        + " could not be read (an object of it is damaged); check the repository with git fsck.",
                refusal(sources, request(GITHUB, first, new Transport.GitMirror(object.toString()))));
        assertTrue(GitFixture.command(object, "fsck").run().exit() != 0, "git agrees");
        Path file = Files.writeString(temporary.resolve("no.tar.gz"), "no archive");
        assertEquals(
                "The archive " + file
                        + " could not be read (it is compressed wrongly); give a complete tar.gz as GitHub makes it.",
                refusal(sources, request(GITHUB, first, new Transport.Archive(file))));
    }

    @Test
    void submodulesAreMadeKnown() throws Exception {
        git.write(
                ".gitmodules",
                "[submodule \"m\"]\n\tpath = m\n\turl = https://example.org/m.git\n"
                        + "[submodule \"gone\"]\n\tpath = gone\n[submodule \"file\"]\n\tpath = a.bat\n");
        git.git("update-index", "--add", "--cacheinfo", "160000," + first + ",m");
        git.git("add", ".gitmodules");
        String commit = git.commitStaged("with a submodule");
        Path archive = git.gitHubArchive(commit, temporary.resolve("repo.tar.gz"));
        for (Transport transport :
                List.of(new Transport.GitMirror(git.folder().toString()), new Transport.Archive(archive))) {
            try (FetchedSource source = sources(HttpSettings.standard()).fetch(request(GITHUB, commit, transport))) {
                assertEquals(List.of("m"), List.copyOf(source.submodules().paths()));
            }
        }
    }

    @Test
    void filesCanBeAskedFor() throws Exception {
        Transport mirror = new Transport.GitMirror(git.folder().toString());
        try (FetchedSource source = sources(HttpSettings.standard()).fetch(request(GITHUB, second, mirror))) {
            assertEquals("{ }", new String(source.files().read("bun.lock", 3).orElseThrow(), StandardCharsets.UTF_8));
            assertEquals(second, new String(source.files().read("x.v", 99).orElseThrow(), StandardCharsets.UTF_8));
            assertThrows(OcnixException.class, () -> source.files().read("bun.lock", 2));
            for (String none :
                    new String[] {"none", "bun.lock/", "./bun.lock", "a/../bun.lock", "/bun.lock", "bun.lock/x"}) {
                assertEquals(Optional.empty(), source.files().read(none, 99), none);
            }
            assertEquals(
                    List.of(".gitattributes", "a.bat", "bun.lock", "x.v"),
                    List.copyOf(source.files().list("")));
            assertEquals(Optional.of(source.pin().narHash()), source.files().narHash(""));
        }
    }
}
