package dev.ocnix.fetch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.Needs;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hashes of one repository with everything that a checkout can do to a file, by Nix over what git itself delivers. The home
 * folder and the environment of a run must not reach them; so ours are computed in a JVM of its own, too.
 */
@Needs({Tool.GIT, Tool.NIX})
class HostileConfigTest {
    private static final String ATTRIBUTES = """
            * text=auto
            *.bat text eol=crlf
            *.u16 text working-tree-encoding=UTF-16 eol=crlf
            *.id ident
            *.v export-subst
            /tests export-ignore
            [attr]windows text eol=crlf
            *.cmd windows
            *.big filter=lfs diff=lfs merge=lfs -text
            """;

    @TempDir
    Path temporary;

    private GitFixture git;
    private String commit;
    private List<String> expected;

    /** Prints the hashes of a commit as archive and as checkout: commit, folder for temporary files, folders and URLs. */
    public static void main(String[] arguments) throws Exception {
        HttpSettings settings = HttpSettings.standard();
        for (String place : List.of(arguments).subList(2, arguments.length)) {
            try (Http http = new Http(place.startsWith("http:") ? settings.withTrusted(place) : settings)) {
                Path temporary = Path.of(arguments[1]);
                GitAccess git = new Sources(http, temporary, TreeLimits.standard()).git(GitUrl.parseMirror(place));
                for (GitTree.Form form : GitTree.Form.values()) {
                    try (SourceTree tree =
                            git.tree(arguments[0], arguments[0], form).tree()) {
                        System.out.println(tree.narHash().hex());
                    }
                }
            }
        }
    }

    @BeforeEach
    void makeRepository() throws IOException {
        git = new GitFixture(temporary.resolve("repo"));
        String text = "first $Id$\nsecond $Format:%H$ ü\n";
        git.stage(".gitattributes", "100644", ATTRIBUTES.getBytes(StandardCharsets.UTF_8));
        git.stage("sub/.gitattributes", "100644", "*.bat -text\n*.x eol=crlf\n".getBytes(StandardCharsets.UTF_8));
        String[] names = {
            "a.txt",
            "b.bat",
            "c.u16",
            "d.id",
            "e.v",
            "f.cmd",
            "g.big",
            "sub/b.bat",
            "sub/h.x",
            "tests/t",
            "A.txt",
            "ü/\"q\"",
            "sp ace",
            "new\nline",
            "-dash",
            "only/tests/kept"
        };
        for (String name : names) {
            git.stage(name, "100644", text.getBytes(StandardCharsets.UTF_8));
        }
        git.stage("run", "100755", "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
        git.stage("link", "120000", "../nowhere".getBytes(StandardCharsets.UTF_8));
        git.git("update-index", "--add", "--cacheinfo", "160000," + "a".repeat(40) + ",module");
        commit = git.commitStaged("everything");
        expected = Nix.get()
                .narHashes(List.of(
                        git.archive(commit, temporary.resolve("archived")),
                        git.checkout(commit, temporary.resolve("checked-out"))));
    }

    @Test
    void hashesAreThoseOfNixOverWhatGitDelivers() throws Exception {
        try (GitServer server = new GitServer(git, temporary.resolve("served.git"), GitServer.Way.SMART);
                Http http = new Http(HttpSettings.standard().withTrusted(server.url()))) {
            Sources sources = new Sources(http, temporary, TreeLimits.standard());
            List<String> ours = new ArrayList<>();
            for (GitUrl url : List.of(new GitUrl.Folder(git.folder()), GitUrl.parse(server.gitUrl()))) {
                for (GitTree.Form form : GitTree.Form.values()) {
                    try (SourceTree tree =
                            sources.git(url).tree(commit, commit, form).tree()) {
                        ours.add(tree.narHash().hex());
                    }
                }
            }
            assertEquals(List.of(expected.get(0), expected.get(1), expected.get(0), expected.get(1)), ours);
            SourceArchive archive =
                    sources.gitHub(server.url(), "owner", "repo").archive(commit);
            try (SourceTree tree = archive.tree()) {
                assertEquals(expected.get(0), tree.narHash().hex());
            }
        }
    }

    @Test
    void noConfigurationOfUserOrSystemReachesAHash() throws Exception {
        Path home = Files.createDirectories(temporary.resolve("home"));
        Path config = writeConfig(home);
        try (GitServer server = new GitServer(git, temporary.resolve("served.git"), GitServer.Way.SMART)) {
            String hashes = Command.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Duser.home=" + home,
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            HostileConfigTest.class.getName(),
                            commit,
                            temporary.toString(),
                            git.folder().toString(),
                            server.gitUrl())
                    .with("HOME", home.toString())
                    .with("XDG_CONFIG_HOME", home.resolve(".config").toString())
                    .with("GIT_CONFIG_GLOBAL", config.toString())
                    .with("GIT_CONFIG_SYSTEM", config.toString())
                    .with(Map.of(
                            "GIT_CONFIG_COUNT", "1", "GIT_CONFIG_KEY_0", "core.autocrlf", "GIT_CONFIG_VALUE_0", "true"))
                    .with(Map.of(
                            "GIT_DIR",
                            "/nonexistent",
                            "GIT_WORK_TREE",
                            "/nonexistent",
                            "GIT_INDEX_FILE",
                            "/nonexistent"))
                    .with(Map.of(
                            "GIT_OBJECT_DIRECTORY",
                            "/nonexistent",
                            "GIT_CEILING_DIRECTORIES",
                            "/",
                            "GIT_NAMESPACE",
                            "x"))
                    .with("LC_ALL", "C")
                    .runOrFail()
                    .out();
            String both = String.join("\n", expected) + "\n";
            assertEquals(both + both, hashes);
        }
    }

    private static Path writeConfig(Path home) throws IOException {
        Files.writeString(home.resolve("attributes"), "* text eol=crlf ident export-ignore\n");
        Path config = Files.writeString(home.resolve(".gitconfig"), """
                [core]
                \tautocrlf = true
                \teol = crlf
                \tattributesFile = %s
                \tsymlinks = false
                \tfileMode = false
                \tprecomposeUnicode = true
                [filter "lfs"]
                \tsmudge = false
                \trequired = true
                [http]
                \tproxy = http://127.0.0.1:1
                [url "http://127.0.0.1:1/"]
                \tinsteadOf = http://
                [protocol]
                \tversion = 0
                """.formatted(home.resolve("attributes")));
        Files.createDirectories(home.resolve(".config/git"));
        Files.copy(home.resolve("attributes"), home.resolve(".config/git/attributes"));
        Files.createDirectories(home.resolve(".config/jgit"));
        Files.copy(config, home.resolve(".config/git/config"));
        Files.copy(config, home.resolve(".config/jgit/config"));
        Files.copy(config, home.resolve(".jgitconfig"));
        return config;
    }
}
