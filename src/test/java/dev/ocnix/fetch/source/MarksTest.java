package dev.ocnix.fetch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.fetch.source.GitServer.Way;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.testing.NeedsGit;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what their commit says: those that archives fill in, and those that Git LFS keeps. */
@NeedsGit
class MarksTest {
    private static final SourceIdentity GITHUB =
            new SourceIdentity.GitHub(SourceIdentity.GitHub.PUBLIC_HOST, "owner", "repo");
    private static final byte[] POINTER = ("version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64)
                    + "\nsize 3000\n")
            .getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path temporary;

    private GitFixture git;
    private int served;

    @BeforeEach
    void open() throws Exception {
        git = new GitFixture(temporary.resolve("work"));
        git.write("package.json", "{\"name\":\"dep\"}").write("tests/t.js", "1");
    }

    private FetchedSource fetch(Http http, Transport transport, String commit) throws Exception {
        return new Sources(http, temporary, TreeLimits.standard())
                .fetch(new SourceRequest(GITHUB, commit, Optional.empty(), transport));
    }

    private GitServer server(Way way) {
        return new GitServer(git, temporary.resolve("served-" + served++ + ".git"), way);
    }

    private Sri hash(Path folder) throws Exception {
        try (SourceTree tree = LocalSource.open(folder, Set.of(), TreeLimits.standard())) {
            return tree.narHash();
        }
    }

    @Test
    void aCommitWhoseArchiveMovesIsCheckedOutWhicheverWayItTravels() throws Exception {
        git.write(".gitattributes", "/tests export-ignore\n.archival export-subst\nsub/*.py export-subst\n")
                .write(".archival", "node: $Format:%H$\nref-names: $Format:%D$\n")
                .write("sub/version.py", "v = '$Format:%(describe:tags=true)$'\n")
                .write("sub/stable.py", "v = '$Format:%T%n%s$'\n");
        String commit = git.commit("subject");
        Path archive = git.archive(commit, temporary.resolve("archive"));
        Sri checkout = hash(git.checkout(commit, temporary.resolve("checkout")));
        for (int branches = 0; branches < 2; branches++) {
            try (GitServer server = server(Way.SMART);
                    GitServer dumb = server(Way.DUMB);
                    Http http = new Http(
                            HttpSettings.standard().withTrusted(server.url()).withTrusted(dumb.url()))) {
                for (Transport transport : List.of(
                        new Transport.GitHubMirror(server.url()),
                        new Transport.GitHubMirror(dumb.url()),
                        new Transport.GitMirror(server.gitUrl()),
                        new Transport.Directory(git.folder()))) {
                    try (FetchedSource source = fetch(http, transport, commit)) {
                        assertTrue(source.pin().cloned(), transport::toString);
                        assertEquals(checkout, source.pin().narHash(), transport::toString);
                        assertEquals(
                                List.of(".archival", "sub/version.py"),
                                List.copyOf(source.marks().moving()));
                        String warning = source.marks().warnings("It", "").get(0);
                        assertTrue(warning.contains(".archival, sub/version.py"), warning);
                    }
                }
            }
            git.git("branch", "feature-" + branches);
        }
        assertNotEquals(
                hash(archive), hash(git.archive(commit, temporary.resolve("archive-later"))), "git itself moves");
    }

    @Test
    void aPlaceholderOfTheCommitAloneIsTheArchives() throws Exception {
        git.write(".gitattributes", "* export-subst\n").write("version", "$Format:%H %an %s$ \n");
        String commit = git.commit("subject");
        Sri archive = hash(git.archive(commit, temporary.resolve("archive")));
        try (GitServer server = server(Way.SMART);
                Http http = new Http(HttpSettings.standard().withTrusted(server.url()))) {
            for (Transport transport : List.of(
                    new Transport.GitHubMirror(server.url()),
                    new Transport.GitMirror(git.folder().toString()))) {
                try (FetchedSource source = fetch(http, transport, commit)) {
                    assertFalse(source.pin().cloned());
                    assertEquals(archive, source.pin().narHash());
                    assertEquals(Marks.none(), source.marks());
                }
            }
        }
    }

    @Test
    void whatAnArchiveIsFilledInWithIsNotKnownWithoutItsRepository() throws Exception {
        git.write(".gitattributes", "version export-subst\n").write("version", "$Format:%d$ \n");
        String commit = git.commit("subject");
        try (GitServer server = server(Way.ADVERTISEMENT_ONLY);
                Http http = new Http(HttpSettings.standard().withTrusted(server.url()))) {
            Path archive = git.gitHubArchive(commit, temporary.resolve("repo.tar.gz"));
            for (Transport transport :
                    List.of(new Transport.GitHubMirror(server.url()), new Transport.Archive(archive))) {
                try (FetchedSource source = fetch(http, transport, commit)) {
                    assertFalse(source.pin().cloned());
                    List<String> warnings = source.marks().warnings("It", "");
                    assertEquals(1, warnings.size());
                    assertTrue(warnings.get(0).contains("(version, export-subst"), warnings.get(0));
                }
            }
        }
    }

    @Test
    void pointersAndContentsOfGitLfsAreToldApart() throws Exception {
        git.write(".gitattributes", "*.wasm filter=lfs diff=lfs merge=lfs -text\n[attr]big filter=lfs\n")
                .write("deep/.gitattributes", "*.bin big\nnot.wasm !filter\n");
        git.stage("assets/engine.wasm", "100644", POINTER)
                .stage("assets/real.wasm", "100644", new byte[3000])
                .stage("deep/a.bin", "100755", POINTER)
                .stage("deep/not.wasm", "100644", POINTER)
                .stage("pointer.txt", "100644", POINTER);
        git.git("-c", "filter.lfs.clean=", "add", ".gitattributes", "deep/.gitattributes");
        String commit = git.commitStaged("lfs");
        try (GitServer server = server(Way.SMART);
                Http http = new Http(HttpSettings.standard().withTrusted(server.url()))) {
            for (Transport transport : List.of(
                    new Transport.GitHubMirror(server.url()),
                    new Transport.GitMirror(git.folder().toString()))) {
                try (FetchedSource source = fetch(http, transport, commit)) {
                    assertEquals(
                            List.of("assets/engine.wasm", "deep/a.bin"),
                            List.copyOf(source.marks().pointers()));
                    assertEquals(
                            List.of("assets/real.wasm"),
                            List.copyOf(source.marks().contents()));
                    List<String> warnings = source.marks().warnings("It", "pull them");
                    assertEquals(2, warnings.size());
                    assertTrue(warnings.get(0)
                            .contains("(assets/engine.wasm, deep/a.bin); if they are needed, pull them"));
                    assertTrue(warnings.get(1).contains("(assets/real.wasm)"), warnings.get(1));
                }
            }
        }
    }

    @Test
    void dependenciesAreLookedAtAlike() throws Exception {
        git.write(".gitattributes", "version export-subst\n*.wasm filter=lfs\n").write("version", "$Format:%h$ \n");
        git.stage("engine.wasm", "100644", POINTER);
        git.git("add", "package.json", "tests", ".gitattributes", "version");
        String commit = git.commitStaged("dependency");
        Sri checkout = hash(git.checkout(commit, temporary.resolve("checkout")));
        List<String> warnings = new ArrayList<>();
        try (GitServer server = server(Way.SMART);
                Http http = new Http(HttpSettings.standard().withTrusted(server.url()))) {
            PackageVisitor.Factory visitors = id -> new PackageVisitor() {
                @Override
                public void file(String path, boolean executable, long size, InputStream content) {}

                @Override
                public AddonFacts finish(PackageManifest manifest) {
                    return AddonFacts.nothing();
                }
            };
            Checkouts checkouts = new Checkouts(
                    new Sources(http, temporary, TreeLimits.standard()),
                    Optional.of(server.url()),
                    visitors,
                    warnings::add);
            PackageId id = new PackageId("dep", "x");
            CheckoutFacts fromGitHub = checkouts.fetch(id, new Resolution.GitHub("owner", "repo", commit));
            assertTrue(fromGitHub.cloned());
            assertEquals(checkout, fromGitHub.narHash());
            assertEquals(2, warnings.size(), warnings::toString);
            assertTrue(warnings.get(0).startsWith("The dependency dep@x keeps files in Git LFS"), warnings.get(0));
            assertTrue(warnings.get(1).contains("(version, export-subst"), warnings.get(1));
            warnings.clear();
            CheckoutFacts fromGit = checkouts.fetch(id, new Resolution.Git(server.gitUrl(), commit));
            assertFalse(fromGit.cloned());
            assertEquals(checkout, fromGit.narHash());
            assertEquals(1, warnings.size(), warnings::toString);
            assertTrue(warnings.get(0).contains("(engine.wasm)"), warnings.get(0));
        }
    }
}
