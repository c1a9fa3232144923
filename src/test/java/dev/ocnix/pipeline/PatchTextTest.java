package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.NeedsGit;
import dev.ocnix.testing.PackageTarball;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Patches apply or are refused as Bun 1.4 applies or refuses them, where the tree is generated and in the builder. */
@NeedsBun
@NeedsGit
class PatchTextTest {
    private static final String HEAD = "--- a/index.js\n+++ b/index.js\n";
    private static final String GIT = "diff --git a/index.js b/index.js\n";

    private static final Bun BUN = Bun.version("1.4.5");

    @TempDir
    private Path folder;

    static Stream<Map.Entry<String, String>> patches() {
        Map<String, String> patches = new TreeMap<>();
        patches.put("plain", GIT + HEAD + "@@ -1,3 +1,3 @@\n line 1\n-line 2\n+LINE 2\n line 3\n");
        patches.put("no diff line", HEAD + "@@ -1,3 +1,3 @@\n line 1\n-line 2\n+LINE 2\n line 3\n");
        patches.put("misleading index", GIT + "index 0000000..1111111\n" + HEAD + "@@ -2 +2 @@\n-line 2\n+LINE 2\n");
        patches.put("insertion without context", HEAD + "@@ -4,0 +5,2 @@\n+one\n+two\n");
        patches.put("insertion at the start", HEAD + "@@ -0,0 +1 @@\n+zero\n");
        patches.put(
                "two hunks that shift",
                HEAD + "@@ -1,2 +1,4 @@\n line 1\n+a\n+b\n line 2\n@@ -8,3 +10,2 @@\n line 8\n-line 9\n line 10\n");
        patches.put("offset", HEAD + "@@ -2,3 +2,3 @@\n line 5\n-line 6\n+LINE 6\n line 7\n");
        patches.put("offset beyond the end", HEAD + "@@ -92,3 +92,3 @@\n line 5\n-line 6\n+LINE 6\n line 7\n");
        patches.put("nearest of two", "--- a/same\n+++ b/same\n@@ -4,1 +4,1 @@\n-x\n+y\n");
        patches.put("nearest of two, later", "--- a/same\n+++ b/same\n@@ -3,1 +3,1 @@\n-x\n+y\n");
        patches.put("one line twice", "--- a/same\n+++ b/same\n@@ -2 +2 @@\n-x\n+x\n@@ -2 +2 @@\n-x\n+y\n");
        patches.put("wrong context", HEAD + "@@ -1,3 +1,3 @@\n line 0\n-line 2\n+LINE 2\n line 3\n");
        patches.put("blank context without its space", "--- a/gap\n+++ b/gap\n@@ -1,3 +1,3 @@\n a\n\n-b\n+B\n");
        patches.put(
                "no newline before",
                "--- a/open\n+++ b/open\n@@ -1 +1 @@\n-last\n\\ No newline at end of file\n+first\n");
        patches.put(
                "no newline after",
                "--- a/tool\n+++ b/tool\n@@ -1 +1 @@\n-tool\n+tool!\n\\ No newline at end of file\n");
        patches.put("newline forgotten", "--- a/open\n+++ b/open\n@@ -1 +1 @@\n-last\n+first\n");
        patches.put(
                "new file",
                "diff --git a/lib/new b/lib/new\nnew file mode 100755\n--- /dev/null\n+++ b/lib/new\n@@ -0,0 +1 @@\n+new\n");
        patches.put("new file without git", "--- /dev/null\n+++ b/lib/new\n@@ -0,0 +1 @@\n+new\n");
        patches.put("new empty file", "diff --git a/none b/none\nnew file mode 100644\nindex 0000000..e69de29\n");
        patches.put(
                "new file over an old one",
                "diff --git a/tool b/tool\nnew file mode 100644\n--- /dev/null\n+++ b/tool\n@@ -0,0 +1 @@\n+new\n");
        patches.put(
                "delete",
                "diff --git a/tool b/tool\ndeleted file mode 100644\n--- a/tool\n+++ /dev/null\n@@ -1 +0,0 @@\n-tool\n");
        patches.put(
                "delete a part",
                "diff --git a/gap b/gap\ndeleted file mode 100644\n--- a/gap\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n");
        patches.put("delete without hunk", "diff --git a/tool b/tool\ndeleted file mode 100644\n");
        patches.put(
                "rename",
                "diff --git a/tool b/lib/tool\nsimilarity index 100%\nrename from tool\nrename to lib/tool\n");
        patches.put(
                "rename and edit",
                "diff --git a/gap b/hole\nsimilarity index 80%\nrename from gap\nrename to hole\n--- a/gap\n+++ b/hole\n@@ -3 +3 @@\n-b\n+B\n");
        patches.put("rename over", "diff --git a/tool b/gap\nsimilarity index 100%\nrename from tool\nrename to gap\n");
        patches.put("mode", "diff --git a/tool b/tool\nold mode 100644\nnew mode 100755\n");
        patches.put(
                "mode and edit",
                "diff --git a/tool b/tool\nold mode 100644\nnew mode 100755\n--- a/tool\n+++ b/tool\n@@ -1 +1 @@\n-tool\n+TOOL\n");
        patches.put("file missing", "--- a/gone\n+++ b/gone\n@@ -1 +1 @@\n-tool\n+TOOL\n");
        patches.put("wrong counts", HEAD + "@@ -1,5 +1,3 @@\n line 1\n-line 2\n+LINE 2\n line 3\n");
        patches.put(
                "mail before", "From: me\nSubject: x\n\nwords\n---\n" + GIT + HEAD + "@@ -2 +2 @@\n-line 2\n+LINE 2\n");
        patches.put("signature after", GIT + HEAD + "@@ -2 +2 @@\n-line 2\n+LINE 2\n-- \n2.39.5\n");
        patches.put("outside", "--- a/../evil\n+++ b/../evil\n@@ -0,0 +1 @@\n+x\n");
        patches.put("empty", "");
        patches.put("words", "nothing to see here\n");
        patches.put("binary", "diff --git a/tool b/tool\nindex 1..2 100644\nBinary files a/tool and b/tool differ\n");
        patches.put(
                "blank in the name",
                "diff --git a/a b.txt b/a b.txt\n--- a/a b.txt\n+++ b/a b.txt\n@@ -1 +1 @@\n-blank\n+BLANK\n");
        patches.put("CRLF on CRLF", "--- a/dos\n+++ b/dos\n@@ -1,2 +1,2 @@\n one\r\n-two\r\n+TWO\r\n");
        patches.put("LF on CRLF", "--- a/dos\n+++ b/dos\n@@ -1,2 +1,2 @@\n one\n-two\n+TWO\n");
        odd(patches);
        patches.put("bytes", "--- a/bytes\n+++ b/bytes\n@@ -1 +1 @@\n-\u00fc\n+\u00f6\n");
        return patches.entrySet().stream();
    }

    /** Forms that git or patch would refuse, or do something else with. */
    private static void odd(Map<String, String> patches) {
        String edit = HEAD + "@@ -1,3 +1,3 @@\n line 1\n-line 2\n+LINE 2\n line 3\n";
        patches.put("CRLF on LF", (GIT + edit).replace("\n", "\r\n"));
        patches.put(
                "CRLF in the hunk alone", edit.replace("line 1\n", "line 1\r\n").replace("+LINE 2\n", "+LINE 2\r\n"));
        patches.put("CRLF in headers", "diff --git a/tool b/tool\r\ndeleted file mode 100644\r\n");
        patches.put("CRLF in a blank line", "--- a/gap\n+++ b/gap\n@@ -1,3 +1,3 @@\n a\r\n\r\n-b\r\n+B\r\n");
        patches.put("two returns", "--- a/tool\n+++ b/tool\n@@ -1 +1 @@\n-tool\r\r\n+TOOL\n");
        patches.put("LF inserted into CRLF", "--- a/dos\n+++ b/dos\n@@ -1,2 +1,3 @@\n one\n+1.5\n two\n");
        String made =
                "diff --git a/tool b/tool\nnew file mode 100755\n--- /dev/null\n+++ b/tool\n@@ -0,0 +1,2 @@\n+one\n+two\n";
        patches.put("new file over an old one, two lines", made);
        patches.put("new file over an old one, CRLF", made.replace("\n", "\r\n"));
        patches.put(
                "new file over an old one, empty",
                "diff --git a/tool b/tool\nnew file mode 100644\nindex 0..e69de29\n");
        patches.put("new file twice", made.replace("tool", "new") + made.replace("tool", "new"));
        patches.put("new file of two hunks", made.replace("tool", "new") + "@@ -2,0 +3 @@\n+three\n");
        patches.put("insertion over an old one", "--- /dev/null\n+++ b/tool\n@@ -0,0 +1 @@\n+one\n");
        patches.put("delete what is not there", "diff --git a/gone b/gone\ndeleted file mode 100644\n");
        patches.put(
                "delete something else",
                "diff --git a/tool b/tool\ndeleted file mode 100644\n--- a/tool\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n");
        patches.put("delete without git", "--- a/tool\n+++ /dev/null\n@@ -1 +0,0 @@\n-tool\n");
        patches.put("delete, then new", "diff --git a/tool b/tool\ndeleted file mode 100644\n" + made);
        String binary = "index 1..2 100644\nBinary files a/x and b/x differ\n";
        patches.put("binary before", "diff --git a/x.png b/x.png\n" + binary + GIT + edit);
        patches.put("binary after", GIT + edit + "diff --git a/x.png b/x.png\n" + binary);
        patches.put("binary deletion", "diff --git a/tool b/tool\ndeleted file mode 100644\n" + binary + GIT + edit);
        patches.put(
                "binary rename",
                "diff --git a/tool b/x\nsimilarity index 90%\nrename from tool\nrename to x\n" + binary);
        patches.put(
                "GIT binary patch",
                "diff --git a/tool b/tool\nindex 1..2 100644\nGIT binary patch\nliteral 1\nIcmZQz\n");
        patches.put("copy", "diff --git a/tool b/x\nsimilarity index 100%\ncopy from tool\ncopy to x\n");
        patches.put(
                "copy and edit",
                "diff --git a/gap b/x\ncopy from gap\ncopy to x\n--- a/gap\n+++ b/x\n@@ -3 +3 @@\n-b\n+B\n");
        patches.put("mode of nothing", "diff --git a/gone b/gone\nold mode 100644\nnew mode 100755\n");
        patches.put("odd mode", "diff --git a/tool b/tool\nold mode 100644\nnew mode 100600\n");
        patches.put("link", "diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+tool\n");
        patches.put("blank in a name, no hunk", "diff --git a/a b.txt b/a b.txt\ndeleted file mode 100644\n");
        patches.put(
                "quoted name",
                "diff --git \"a/\\303\\266\" \"b/\\303\\266\"\nnew file mode 100644\n--- /dev/null\n+++ \"b/\\303\\266\"\n@@ -0,0 +1 @@\n+x\n");
        patches.put("lone quotes", "--- \"\n+++ \"\n@@ -1 +1 @@\n-tool\n+TOOL\n");
        patches.put("lone quote after git's line", GIT + "--- a/index.js\n+++ \"\n@@ -2 +2 @@\n-line 2\n+LINE 2\n");
        patches.put("lone quote in a rename", "diff --git a/tool b/x\nrename from \"\nrename to x\n");
        patches.put("quote that is not closed", "--- \"a/tool\n+++ \"b/tool\n@@ -1 +1 @@\n-tool\n+TOOL\n");
        patches.put("backslash at the end", "--- \"a/tool\\\"\n+++ \"b/tool\\\"\n@@ -1 +1 @@\n-tool\n+TOOL\n");
        patches.put("name in UTF-8", "--- a/\u00fc\n+++ b/\u00fc\n@@ -1 +1 @@\n-umlaut\n+UMLAUT\n");
        patches.put("dot in the name", "--- a/./tool\n+++ b/./tool\n@@ -1 +1 @@\n-tool\n+TOOL\n");
        patches.put("absolute name", "--- a//tool\n+++ b//tool\n@@ -1 +1 @@\n-tool\n+TOOL\n");
        patches.put(
                "date after the name", "--- a/tool\t2020-01-01\n+++ b/tool\t2020-01-01\n@@ -1 +1 @@\n-tool\n+TOOL\n");
        patches.put(
                "mnemonic prefixes", "diff --git i/tool w/tool\n--- i/tool\n+++ w/tool\n@@ -1 +1 @@\n-tool\n+TOOL\n");
        patches.put("no prefixes", "diff --git tool tool\n--- tool\n+++ tool\n@@ -1 +1 @@\n-tool\n+TOOL\n");
        patches.put("counts too small", "--- a/same\n+++ b/same\n@@ -1 +1 @@\n-a\n+A\n x\n");
        patches.put("blank line after", "--- a/tool\n+++ b/tool\n@@ -1 +1 @@\n-tool\n+TOOL\n\n");
        patches.put("insertion beyond the end", "--- a/same\n+++ b/same\n@@ -6,0 +7 @@\n+z\n");
        patches.put("insertion at the end", "--- a/same\n+++ b/same\n@@ -5,0 +6 @@\n+z\n");
        patches.put("after an open end", "--- a/open\n+++ b/open\n@@ -1,0 +2 @@\n+more\n");
        patches.put("before an open end", "--- a/open\n+++ b/open\n@@ -1 +1,2 @@\n+first\n last\n");
        patches.put(
                "end opened", "--- a/same\n+++ b/same\n@@ -4,2 +4,3 @@\n c\n+n\n x\n\\ No newline at end of file\n");
        patches.put(
                "marker in the middle", "--- a/same\n+++ b/same\n@@ -2 +2 @@\n-x\n+y\n\\ No newline at end of file\n");
        patches.put("only line deleted", "--- a/open\n+++ b/open\n@@ -1 +0,0 @@\n-last\n");
        patches.put("end of the patch open", "--- a/tool\n+++ b/tool\n@@ -1 +1 @@\n-tool\n+TOOL");
        patches.put(
                "hunks that overlap", "--- a/gap\n+++ b/gap\n@@ -1,2 +1,2 @@\n-a\n+A\n \n@@ -2,2 +2,2 @@\n \n-b\n+B\n");
        patches.put("hunks in disorder", "--- a/same\n+++ b/same\n@@ -5 +5 @@\n-x\n+z\n@@ -1 +1 @@\n-a\n+A\n");
    }

    private static Map<String, byte[]> files() {
        Map<String, String> files = new TreeMap<>();
        files.put(
                "index.js",
                IntStream.rangeClosed(1, 12).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining()));
        files.put("same", "a\nx\nb\nc\nx\n");
        files.put("gap", "a\n\nb\n");
        files.put("open", "last");
        files.put("tool", "tool\n");
        files.put("a b.txt", "blank\n");
        files.put("dos", "one\r\ntwo\r\n");
        files.put("\u00fc", "umlaut\n");
        files.put("bytes", "\u00fc\n");
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    /** What Bun refuses, and is taken as git takes it. */
    private static final Set<String> AS_GIT = Set.of(
            "signature after",
            "blank line after",
            "new file without git",
            "delete without git",
            "date after the name",
            "quoted name",
            "mnemonic prefixes");
    /** What Bun takes, without a change or by the names of git's line, and would be a mistake. */
    private static final Set<String> REFUSED = Set.of("words", "lone quote after git's line");

    @ParameterizedTest
    @MethodSource("patches")
    void aPatchDoesWhatBunDoes(Map.Entry<String, String> patch) throws Exception {
        byte[] content = patch.getValue().getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> ours;
        String refusal = "";
        try {
            PatchText text = PatchText.parse(content);
            Map<String, byte[]> named = files();
            named.keySet().retainAll(text.paths());
            ours = files();
            ours.keySet().removeAll(named.keySet());
            ours.putAll(text.apply(named));
        } catch (PatchText.Refusal e) {
            ours = Map.of();
            refusal = e.clause();
        }
        assertEquals(ours.isEmpty(), !refusal.isEmpty());
        assertTrue(
                refusal.isEmpty() || refusal.matches("(is|has|names|changes|compares|makes|deletes|does not) .*"),
                refusal);
        Files.write(folder.resolve("the.patch"), content);
        assertEquals(text(ours), text(byTheBuilder(refusal)), "the builder");
        if (AS_GIT.contains(patch.getKey())) {
            assertEquals(text(byGit()), text(ours), "git");
            assertEquals(Map.of(), byBun());
        } else if (!REFUSED.contains(patch.getKey())) {
            assertEquals(text(byBun()), text(ours), "Bun");
        } else {
            assertEquals(Map.of(), ours);
        }
    }

    static Stream<Map.Entry<String, Map.Entry<String, String>>> costly() {
        String equal = "x\n".repeat(50_000);
        String context = "@@ -1,200 +1,199 @@\n" + " x\n".repeat(198) + "-x\n-y\n+z\n";
        return Stream.of(
                Map.entry("hunks that nearly fit everywhere", Map.entry(equal, HEAD + context.repeat(200))),
                Map.entry(
                        "lines that are inserted at the start",
                        Map.entry("y\n".repeat(500_000), HEAD + "@@ -0,0 +1 @@\n+x\n".repeat(60_000))),
                Map.entry(
                        "carriage returns in a line",
                        Map.entry(
                                "\r".repeat(200_000) + "x\n", HEAD + "@@ -1 +1 @@\n-" + "\r".repeat(200_000) + "y\n")),
                Map.entry(
                        "carriage returns in a header",
                        Map.entry(
                                equal, "diff --git " + "\r".repeat(500_000) + "x\n" + HEAD + "@@ -9 +9 @@\n-y\n+z\n")),
                Map.entry(
                        "quotes in a name",
                        Map.entry(equal, "--- " + "\"".repeat(400_000) + "x\n+++ b/x\n@@ -9 +9 @@\n-y\n+z\n")));
    }

    @ParameterizedTest
    @MethodSource("costly")
    void whatCostsTooMuchIsRefusedInTime(Map.Entry<String, Map.Entry<String, String>> costly) throws Exception {
        byte[] old = costly.getValue().getKey().getBytes(StandardCharsets.UTF_8);
        byte[] patch = costly.getValue().getValue().getBytes(StandardCharsets.UTF_8);
        String refusal = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(
                                PatchText.Refusal.class,
                                () -> PatchText.parse(patch).apply(Map.of("index.js", old)))
                        .clause());
        Files.write(folder.resolve("the.patch"), patch);
        Path copy = Files.createDirectory(folder.resolve("builder"));
        Files.write(copy.resolve("index.js"), old);
        Command.Result result = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> BUN.in(copy, Path.of("nix/lib/patch.js").toAbsolutePath().toString(), "../the.patch")
                        .run());
        assertEquals(refusal, result.err().strip());
    }

    private static Map<String, String> text(Map<String, byte[]> files) {
        Map<String, String> text = new TreeMap<>();
        files.forEach((path, bytes) -> text.put(path, new String(bytes, StandardCharsets.ISO_8859_1)));
        return text;
    }

    private Path copy(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(copy.resolve(file.getKey()), file.getValue());
        }
        return copy;
    }

    private Map<String, byte[]> byGit() throws IOException {
        Path copy = copy("git");
        Command apply = Command.of("git", "apply", "--unidiff-zero", "--whitespace=nowarn", "../the.patch");
        boolean isRefused = apply.in(copy).with("GIT_DIR", "/nonexistent").run().exit() != 0;
        return isRefused ? Map.of() : contents(copy);
    }

    private Map<String, byte[]> byTheBuilder(String refusal) throws IOException {
        Path copy = copy("builder");
        String script = Path.of("nix/lib/patch.js").toAbsolutePath().toString();
        Command.Result result = BUN.in(copy, script, "../the.patch").run();
        assertEquals(refusal, result.err().strip());
        return result.exit() != 0 ? Map.of() : contents(copy);
    }

    private Map<String, byte[]> byBun() throws IOException {
        Path project = Files.createDirectory(folder.resolve("project"));
        PackageTarball.Builder tarball = PackageTarball.of("patched", "1.0.0");
        files().forEach((path, content) -> tarball.file(path, new String(content, StandardCharsets.UTF_8)));
        Files.write(project.resolve("patched.tgz"), tarball.build().bytes());
        Files.copy(folder.resolve("the.patch"), project.resolve("the.patch"));
        Files.writeString(project.resolve("package.json"), """
                { "dependencies": { "patched": "./patched.tgz" }, "patchedDependencies": { "patched@./patched.tgz": "the.patch" } }""");
        Command install =
                BUN.in(project, "install", "--ignore-scripts", "--backend", "copyfile", "--linker", "hoisted");
        if (install.run().exit() != 0) {
            return Map.of();
        }
        Map<String, byte[]> files = contents(project.resolve("node_modules/patched"));
        files.keySet().removeIf(path -> path.startsWith(".bun-tag") || path.equals("package.json"));
        return files;
    }

    private static Map<String, byte[]> contents(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }
}
