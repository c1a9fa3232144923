package dev.ocnix.fetch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsGit;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds our trees against those of git itself. */
@NeedsGit
class GitTreeTest {
    private static final String ATTRIBUTES = String.join(
            "\n",
            "* text=auto",
            "*.bat text eol=crlf",
            "*.auto text=auto eol=crlf",
            "*.only eol=crlf",
            "*.bin -text eol=crlf",
            "*.raw binary eol=crlf",
            "*.old crlf=input",
            "*.input text=input eol=crlf",
            "*.odd text=maybe eol=crlf",
            "*.id ident",
            "*.idcr ident text eol=crlf",
            "*.u16 text working-tree-encoding=UTF-16",
            "*.u16le text working-tree-encoding=UTF-16LE-BOM eol=crlf",
            "*.u16be text working-tree-encoding=UTF-16BE",
            "*.u32 text working-tree-encoding=UTF-32",
            "*.latin text working-tree-encoding=ISO-8859-1",
            "*.lfs filter=lfs diff=lfs merge=lfs -text",
            "*.subst export-subst",
            "*.substcr export-subst text eol=crlf",
            "*.secret export-ignore",
            "/top-only export-ignore",
            "ignored-folder/ export-ignore",
            "deep/**/x.gone export-ignore",
            "docs export-ignore",
            "\"with space.gone\" export-ignore",
            "[attr]winfile text eol=crlf",
            "*.mac winfile",
            "kept.mac !eol !text",
            "\"quoted \\303\\274.txt\" eol=crlf",
            "!no.txt eol=crlf",
            "   indented.txt\teol=crlf\r",
            "f1[[:digit:]].txt eol=crlf",
            "[attr]inner -ident winfile",
            "x.id inner",
            "sub/*/z.txt eol=crlf",
            "many.txt -text text eol=crlf eol=lf eol=crlf",
            "modules/gone export-ignore",
            "modules/gone2/ export-ignore",
            "");

    @TempDir
    Path temporary;

    private SourceTree read(Path repository, String commit, GitTree.Form form) throws Exception {
        return new LocalGit(repository, temporary, TreeLimits.standard())
                .tree(commit, commit, form)
                .tree();
    }

    private void assertAsGit(GitFixture git, String commit) throws Exception {
        Path archived = git.archive(commit, temporary.resolve("archived"));
        Path checkedOut = git.checkout(commit, temporary.resolve("checked-out"));
        try (SourceTree archive = read(git.folder(), commit, GitTree.Form.ARCHIVE);
                SourceTree checkout = read(git.folder(), commit, GitTree.Form.CHECKOUT)) {
            assertEquals("", Trees.difference(Trees.of(archived), Trees.of(archive)), "git archive");
            assertEquals("", Trees.difference(Trees.of(checkedOut), Trees.of(checkout)), "git checkout");
        }
    }

    @Test
    void attributesAreHonouredAsGitDoes() throws Exception {
        GitFixture git = new GitFixture(temporary.resolve("repo"));
        git.stage(".gitattributes", "100644", ATTRIBUTES.getBytes(StandardCharsets.UTF_8));
        git.stage(
                "sub/.gitattributes",
                "100644",
                "*.bat -text\n*.local eol=crlf\nhere export-ignore\n".getBytes(StandardCharsets.UTF_8));
        String[] extensions = {
            "bat", "auto", "only", "bin", "raw", "old", "input", "odd", "id", "idcr", "lfs", "mac", "txt", "local",
            "u16", "u16le", "u16be", "u32", "latin"
        };
        for (String extension : extensions) {
            int n = 0;
            for (byte[] content : contents()) {
                git.stage("f" + n + "." + extension, "100644", content);
                n++;
            }
            git.stage("sub/a." + extension, "100755", "a\nb\n".getBytes(StandardCharsets.UTF_8));
        }
        for (String path :
                new String[] {"quoted ü.txt", "no.txt", "!no.txt", "indented.txt", "x.id", "sub/y/z.txt", "many.txt"}) {
            git.stage(path, "100644", "a $Id$\nb\n".getBytes(StandardCharsets.UTF_8));
        }
        git.stage("kept.mac", "100644", "a\nb\n".getBytes(StandardCharsets.UTF_8));
        String commit = git.commitStaged("attributes");
        assertAsGit(git, commit);
    }

    private static byte[][] contents() {
        byte[] mostlyText = ("abc\u0001\n".repeat(5) + "x".repeat(1000) + "\n").getBytes(StandardCharsets.UTF_8);
        return new byte[][] {
            "".getBytes(StandardCharsets.UTF_8),
            "one\ntwo\n".getBytes(StandardCharsets.UTF_8),
            "one\r\ntwo\n".getBytes(StandardCharsets.UTF_8),
            "one\rtwo\n".getBytes(StandardCharsets.UTF_8),
            "no end".getBytes(StandardCharsets.UTF_8),
            "nul\0\n".getBytes(StandardCharsets.UTF_8),
            "dos end\n\u001a".getBytes(StandardCharsets.UTF_8),
            "\u0001\u0002 binary\n".getBytes(StandardCharsets.UTF_8),
            mostlyText,
            "Ünïcödé €\n".getBytes(StandardCharsets.UTF_8),
            "größe\n".getBytes(Charset.forName("ISO-8859-1")),
            "größe\n".getBytes(StandardCharsets.UTF_8),
            "$Id$ $Id: old $ $Id: two words $ $Id:$ $Id $ $Idx$ $Id: open\n$ $Id$".getBytes(StandardCharsets.UTF_8),
            "$$Id$ $Id:a b$ $Id: a\tb $ $Id: a b $Id$ $I$Id$ $Id: \0 x$ $Id:x$ $Id: x$ $Id:  $ $Id"
                    .getBytes(StandardCharsets.UTF_8),
        };
    }

    @Test
    void whatIsNotExportedIsLeftOutOfTheArchiveOnly() throws Exception {
        GitFixture git = new GitFixture(temporary.resolve("repo"));
        git.write(".gitattributes", ATTRIBUTES)
                .write("a.secret", "s")
                .write("only/b.secret", "s")
                .write("top-only", "t")
                .write("sub/top-only", "t")
                .write("ignored-folder/a", "a")
                .write("sub/ignored-folder/a", "a")
                .write("deep/x.gone", "x")
                .write("deep/1/2/x.gone", "x")
                .write("docs/a/b", "b")
                .write("other/docs", "file")
                .write("with space.gone", "x")
                .write("sub/here", "x")
                .write("sub/.gitattributes", "here export-ignore\n")
                .write("kept", "k");
        assertAsGit(git, git.commit("export-ignore"));
    }

    @Test
    void placeholdersOfTheCommitAreExpandedInTheArchiveOnly() throws Exception {
        GitFixture git = new GitFixture(temporary.resolve("repo"));
        git.write(".gitattributes", ATTRIBUTES).write("plain", "first");
        git.commit("first");
        String formats = "$Format:%H$ $Format:%T %P$ $Format:%an <%ae> %al %ad|%aD|%at|%ai|%aI|%as$\n"
                + "$Format:%cn <%ce> %cd|%cD|%ct|%ci|%cI|%cs$ $Format:%s|%n|%%|%x41$ $Format:$ $Format: open $\n"
                + "$Format:%B$ $Formatted$ $$Format:%H$$\n $Format:%H";
        git.write("v.subst", formats).write("v.substcr", formats).write("v.txt", formats);
        git.git("-c", "core.autocrlf=false", "add", "-A");
        String commit = git.commitStaged("The subject\ngoes on\n\nBody line\n\nLast");
        assertAsGit(git, commit);
    }

    @Test
    void whatOnlyTheHostCanTellIsRefused() throws Exception {
        for (String[] wish : new String[][] {
            {"working-tree-encoding=klingon", "text", "working-tree-encoding=klingon"},
            {"working-tree-encoding=unicode", "Java and glibc mean different things", "working-tree-encoding=unicode"},
            {"working-tree-encoding=Shift_JIS", "their tables differ", "working-tree-encoding=Shift_JIS"},
            {"working-tree-encoding", "git dies of it", "working-tree-encoding=true"},
        }) {
            GitFixture git = new GitFixture(temporary.resolve("repo-" + wish[2].hashCode()));
            git.write(".gitattributes", "file " + wish[0] + "\n");
            git.stage("file", "100644", wish[1].getBytes(StandardCharsets.UTF_8));
            git.git("add", ".gitattributes");
            String commit = git.commitStaged("a wish");
            String problem = assertThrows(OcnixException.class, () -> read(git.folder(), commit, GitTree.Form.ARCHIVE))
                    .getMessage();
            assertTrue(problem.contains("The file file of ") && problem.contains(wish[2]), problem);
        }
    }

    @Test
    void linksProgramsAndSubmodulesAreAsInGit() throws Exception {
        GitFixture git = new GitFixture(temporary.resolve("repo"));
        git.stage("program", "100755", "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
        git.stage("link", "120000", "program".getBytes(StandardCharsets.UTF_8));
        git.stage("broken", "120000", "../../no\nwhere".getBytes(StandardCharsets.UTF_8));
        git.stage("d/ü ñ/" + "long-".repeat(40), "100644", "x".getBytes(StandardCharsets.UTF_8));
        git.stage("-dash", "100644", "x".getBytes(StandardCharsets.UTF_8));
        git.stage("back\\slash", "100644", "x".getBytes(StandardCharsets.UTF_8));
        git.stage(".gitattributes", "100644", ATTRIBUTES.getBytes(StandardCharsets.UTF_8));
        for (String name : new String[] {"sub", "gone", "gone2"}) {
            git.git("update-index", "--add", "--cacheinfo", "160000," + "a".repeat(40) + ",modules/" + name);
        }
        assertAsGit(git, git.commitStaged("kinds"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void randomFilesUnderRandomAttributesAreAsInGit(int seed) throws Exception {
        Random random = new Random(seed);
        String[] rules = {
            "text",
            "-text",
            "text=auto",
            "!text",
            "eol=crlf",
            "eol=lf",
            "ident",
            "ident",
            "crlf",
            "-crlf",
            "binary",
            "working-tree-encoding=utf16le-bom",
            "working-tree-encoding=CP1252",
            "working-tree-encoding=UTF8",
        };
        String[] alphabets = {
            "\r\n$Id: x",
            "\nabc $Id:$",
            "\r\n\0\u0001abcdefghijklmnopqrstuvwxyz",
            "$$$Id::\t é\0\r",
            "äöü€ \n$Id\ufeff\u0400",
        };
        StringBuilder attributes = new StringBuilder();
        GitFixture git = new GitFixture(temporary.resolve("repo"));
        for (int i = 0; i < 200; i++) {
            attributes.append("f").append(i);
            for (int n = random.nextInt(4); n >= 0; n--) {
                attributes.append(' ').append(rules[random.nextInt(rules.length)]);
            }
            attributes.append('\n');
            String alphabet = alphabets[i % alphabets.length];
            StringBuilder content = new StringBuilder();
            for (int length = random.nextInt(300); length > 0; length--) {
                boolean keyword = random.nextInt(12) == 0;
                content.append(keyword ? "$Id" : "").append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            git.stage("f" + i, "100644", content.toString().getBytes(StandardCharsets.UTF_8));
        }
        git.stage(".gitattributes", "100644", attributes.toString().getBytes(StandardCharsets.UTF_8));
        assertAsGit(git, git.commitStaged("random"));
    }

    @Test
    void neitherInfoAttributesNorTheRepositorysConfigCount() throws Exception {
        GitFixture git = new GitFixture(temporary.resolve("repo"));
        git.write("a.txt", "a\nb\n");
        String commit = git.commit("plain");
        SortedMap<String, String> expected = Trees.of(git.archive(commit, temporary.resolve("archived")));
        Files.createDirectories(git.folder().resolve(".git/info"));
        Files.writeString(git.folder().resolve(".git/info/attributes"), "* text eol=crlf export-ignore\n");
        git.git("config", "core.autocrlf", "true");
        git.git("config", "core.attributesFile", temporary.resolve("attributes").toString());
        Files.writeString(temporary.resolve("attributes"), "* export-ignore\n");
        try (SourceTree tree = read(git.folder(), commit, GitTree.Form.ARCHIVE)) {
            assertEquals(expected, Trees.of(tree));
        }
    }

    @Test
    void attributesInOddFilesCountAsForGit() throws Exception {
        byte[] rules = "*.txt text eol=crlf\n".getBytes(StandardCharsets.UTF_8);
        String[][] kinds = {
            {".gitattributes", "120000"},
            {".gitattributes", "100755"},
            {".GITATTRIBUTES", "100644"},
            {".gitattributes/x", "100644"}
        };
        for (int i = 0; i < kinds.length; i++) {
            temporary = Files.createDirectory(temporary.resolve("kind" + i));
            GitFixture git = new GitFixture(temporary.resolve("repo"));
            git.stage(kinds[i][0], kinds[i][1], rules);
            git.stage("a.txt", "100644", "a\n".getBytes(StandardCharsets.UTF_8));
            assertAsGit(git, git.commitStaged("odd"));
        }
    }

    @Test
    void aRepositoryInTheOtherHashFormatIsRefusedInPlainWords() throws Exception {
        Command.of("git", "init", "-q", "--object-format=sha256", temporary.toString())
                .runOrFail();
        String problem = assertThrows(OcnixException.class, () -> read(temporary, "0".repeat(40), GitTree.Form.ARCHIVE))
                .getMessage();
        assertTrue(problem.contains("is a git repository in the format sha256"), problem);
    }

    @Test
    void allShapesOfRepositoriesAreRead() throws Exception {
        GitFixture git = new GitFixture(temporary.resolve("repo"));
        git.write("a.txt", "a\n");
        String commit = git.commit("plain");
        Path bare = git.bare(temporary.resolve("bare.git"));
        Path unconfigured = git.bare(temporary.resolve("unconfigured.git"));
        Files.delete(unconfigured.resolve("config"));
        Path linked = temporary.resolve("linked");
        git.git("worktree", "add", "-q", linked.toString(), commit);
        Path borrowing = temporary.resolve("borrowing");
        git.git("clone", "-q", "--shared", git.folder().toString(), borrowing.toString());
        for (Path repository : new Path[] {
            git.folder(), bare, unconfigured, linked, borrowing, git.folder().resolve(".git")
        }) {
            try (SourceTree tree = read(repository, commit, GitTree.Form.CHECKOUT)) {
                assertEquals("a\n", new String(tree.read("a.txt", 10).orElseThrow(), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void readingLeavesNothingBehind() throws Exception {
        GitFixture git = new GitFixture(temporary.resolve("repo"));
        git.write("a.txt", "a\n");
        String commit = git.commit("plain");
        Path spools = Files.createDirectory(temporary.resolve("spools"));
        long before = count(git.folder());
        try (SourceTree tree = new LocalGit(git.folder(), spools, TreeLimits.standard())
                .tree(commit, commit, GitTree.Form.ARCHIVE)
                .tree()) {
            assertTrue(count(spools) <= 2, "one spool");
            assertFalse(tree.list("").isEmpty());
        }
        assertEquals(1, count(spools));
        assertEquals(before, count(git.folder()));
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.count();
        }
    }
}
