package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsGit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Patches apply or are refused as git, which the builder calls, applies or refuses them. */
@NeedsGit
class PatchTextTest {
    private static final String HEAD = "--- a/index.js\n+++ b/index.js\n";
    private static final String GIT = "diff --git a/index.js b/index.js\n";

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
        patches.put("bytes", "--- a/bytes\n+++ b/bytes\n@@ -1 +1 @@\n-\u00fc\n+\u00f6\n");
        return patches.entrySet().stream();
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
        files.put("bytes", "\u00fc\n");
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("patches")
    void aPatchDoesWhatGitDoes(Map.Entry<String, String> patch) throws Exception {
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
        Map<String, byte[]> gits = byGit(content);
        assertEquals(gits.isEmpty(), ours.isEmpty(), () -> "git " + (gits.isEmpty() ? "refuses" : "accepts"));
        assertEquals(ours.isEmpty(), !refusal.isEmpty());
        assertEquals(text(gits), text(ours));
        assertTrue(refusal.isEmpty() || refusal.matches("(is|names|changes|makes|deletes|does not) .*"), refusal);
    }

    private static Map<String, String> text(Map<String, byte[]> files) {
        Map<String, String> text = new TreeMap<>();
        files.forEach((path, bytes) -> text.put(path, new String(bytes, StandardCharsets.ISO_8859_1)));
        return text;
    }

    private Map<String, byte[]> byGit(byte[] patch) throws Exception {
        Path copy = Files.createDirectory(folder.resolve("package"));
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(copy.resolve(file.getKey()), file.getValue());
        }
        Path file = Files.write(folder.resolve("the.patch"), patch);
        Command apply = Command.of("git", "apply", "--unidiff-zero", "--whitespace=nowarn", file.toString());
        if (apply.in(copy).with("GIT_DIR", "/nonexistent").run().exit() != 0) {
            return Map.of();
        }
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(copy)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(copy.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }
}
