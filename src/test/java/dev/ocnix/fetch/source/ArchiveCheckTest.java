package dev.ocnix.fetch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.testing.NeedsGit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that say they hold a commit; git itself makes them and serves the commit's trees. */
@NeedsGit
class ArchiveCheckTest {
    private static final SourceIdentity GITHUB =
            new SourceIdentity.GitHub(SourceIdentity.GitHub.PUBLIC_HOST, "owner", "repo");

    @TempDir
    Path temporary;

    private GitFixture git;
    private GitServer server;
    private String commit;

    @BeforeEach
    void open() throws Exception {
        git = new GitFixture(temporary.resolve("repo"));
        git.write(".gitattributes", """
                docs export-ignore
                *.tmp export-ignore
                version export-subst
                *.bat text eol=crlf
                *.wasm filter=lfs -text
                """);
        git.write("docs/a.md", "a\n");
        git.write("only/x.tmp", "x\n");
        git.write("version", "$Format:%H$\n");
        git.write("run.bat", "echo\n");
        git.write("a.wasm", "version https://git-lfs.github.com/spec/v1\n");
        git.write("package.json", "{}\n");
        git.write("src/index.js", "honest\n");
        git.write("src/run.sh", "#!/bin/sh\n");
        git.write("vendor/.gitattributes", ".gitattributes export-ignore\n*.c export-ignore\n");
        git.write("vendor/x.c", "x\n");
        git.write("vendor/x.js", "x\n");
        Files.createSymbolicLink(git.folder().resolve("link"), Path.of("src/index.js"));
        assertTrue(git.folder().resolve("src/run.sh").toFile().setExecutable(true));
        commit = git.commit("honest");
        server = new GitServer(git, temporary.resolve("served.git"), GitServer.Way.SMART);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private List<String> notes() throws Exception {
        Path spools = Files.createDirectories(temporary.resolve("spools"));
        try (Http http = new Http(HttpSettings.standard().withTrusted(server.url()));
                FetchedSource source = new Sources(http, spools, TreeLimits.standard())
                        .fetch(new SourceRequest(
                                GITHUB, commit, Optional.empty(), new Transport.GitHubMirror(server.url())))) {
            return source.notes();
        } finally {
            try (var left = Files.list(spools)) {
                assertEquals(List.of(), left.toList());
            }
        }
    }

    @Test
    void anArchiveOfGitsIsWhatItsCommitHas() throws Exception {
        server.filtering();
        assertEquals(
                List.of("The source's archive holds what commit " + commit + " has: 7 files are its own; filled in or"
                        + " converted, as .gitattributes asks: run.bat, version; left out: docs, only/x.tmp,"
                        + " vendor/.gitattributes, vendor/x.c."),
                notes());
    }

    @Test
    void aHostThatGivesNoTreesAloneIsTakenAtItsWordWhichIsTold() throws Exception {
        assertEquals(
                List.of("That the source's archive holds what commit " + commit + " has is the word of " + server.url()
                        + "/owner/repo, which gives no trees to check it by."),
                notes());
    }

    /** Changes of the work tree, and the file that is named. */
    private void change(String what) throws IOException {
        Path top = git.folder();
        switch (what) {
            case "src/index.js" -> git.write("src/index.js", "forged\n");
            case "src/evil.js" -> git.write("src/evil.js", "forged\n");
            case "evil" -> git.write("evil/deep/a.js", "forged\n");
            case "src/run.sh" -> assertTrue(top.resolve("src/run.sh").toFile().setExecutable(false));
            case "package.json" -> {
                Files.delete(top.resolve("package.json"));
                Files.createSymbolicLink(top.resolve("package.json"), Path.of("src/index.js"));
            }
            case "link" -> {
                Files.delete(top.resolve("link"));
                Files.createSymbolicLink(top.resolve("link"), Path.of("src/run.sh"));
            }
            // rules that would let it differ
            case ".gitattributes" -> {
                git.write(".gitattributes", "* export-subst\n");
                git.write("src/index.js", "forged $Format:%H$\n");
            }
            default -> throw new IllegalArgumentException(what);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"src/index.js", "src/evil.js", "evil", "src/run.sh", "package.json", "link", ".gitattributes"})
    void anArchiveWithSomethingElseIsRefused(String what) throws Exception {
        change(what);
        server.filtering();
        server.archiveInstead = Optional.of(saying(commit, git.commit("forged")));
        OcnixException refusal = assertThrows(OcnixException.class, this::notes);
        assertEquals(OcnixException.Fault.INPUT, refusal.fault());
        assertTrue(
                refusal.getMessage()
                        .startsWith("The archive " + server.url() + "/owner/repo/archive/" + commit
                                + ".tar.gz says that it holds commit " + commit
                                + ", and these files of it are not that commit's: " + what),
                refusal::getMessage);
    }

    @Test
    void aFileThatIsLeftOutWithoutARuleIsMissed() throws Exception {
        Files.delete(git.folder().resolve("src/index.js"));
        server.filtering();
        server.archiveInstead = Optional.of(saying(commit, git.commit("forged")));
        assertTrue(assertThrows(OcnixException.class, this::notes)
                .getMessage()
                .contains("not that commit's: src/index.js;"));
    }

    /** The archive of another commit under the name of this one. */
    private byte[] saying(String name, String other) throws IOException {
        Path archive = git.gitHubArchive(other, temporary.resolve("other.tar.gz"));
        String tar;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(archive)))) {
            tar = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            // the comment of the header; names of folders have a checksum
            gzip.write(tar.replaceFirst("comment=" + other, "comment=" + name).getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }
}
