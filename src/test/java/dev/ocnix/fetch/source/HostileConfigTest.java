package dev.ocnix.fetch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsGit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The home folder and the environment of a run must not reach its hashes; so this one runs in a JVM of its own. */
@NeedsGit
class HostileConfigTest {
    @TempDir
    Path temporary;

    /** Prints the hash of a commit: folder, commit, folder for temporary files. */
    public static void main(String[] arguments) throws Exception {
        LocalGit git = new LocalGit(Path.of(arguments[0]), Path.of(arguments[2]), TreeLimits.standard());
        for (GitTree.Form form : GitTree.Form.values()) {
            try (SourceTree tree = git.tree(arguments[1], arguments[1], form)) {
                System.out.println(tree.narHash());
            }
        }
    }

    @Test
    void noConfigurationOfUserOrSystemReachesAHash() throws Exception {
        GitFixture git = new GitFixture(temporary.resolve("repo"));
        git.write(".gitattributes", "* text=auto\n*.bat eol=crlf\n")
                .write("a.txt", "a $Id$\n")
                .write("b.bat", "b\n");
        String commit = git.commit("files");
        Path home = Files.createDirectories(temporary.resolve("home"));
        Files.writeString(home.resolve("attributes"), "* text eol=crlf ident export-ignore\n");
        String config =
                "[core]\n\tautocrlf = true\n\teol = crlf\n\tattributesFile = " + home.resolve("attributes") + "\n";
        Files.writeString(home.resolve(".gitconfig"), config);
        Files.createDirectories(home.resolve(".config/git"));
        Files.copy(home.resolve("attributes"), home.resolve(".config/git/attributes"));
        Files.writeString(home.resolve(".config/git/config"), config);
        String hashes = Command.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.home=" + home,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HostileConfigTest.class.getName(),
                        git.folder().toString(),
                        commit,
                        temporary.toString())
                .with("HOME", home.toString())
                .with("XDG_CONFIG_HOME", home.resolve(".config").toString())
                .with("GIT_CONFIG_GLOBAL", home.resolve(".gitconfig").toString())
                .with("GIT_CONFIG_SYSTEM", home.resolve(".gitconfig").toString())
                .runOrFail()
                .out();
        StringBuilder expected = new StringBuilder();
        for (Path folder : new Path[] {
            git.archive(commit, temporary.resolve("archived")), git.checkout(commit, temporary.resolve("checked-out"))
        }) {
            try (SourceTree tree = LocalSource.open(folder, TreeLimits.standard())) {
                expected.append(tree.narHash()).append('\n');
            }
        }
        assertEquals(expected.toString(), hashes);
    }
}
