package dev.ocnix.fetch.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.NeedsGit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.attributes.Attribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the attributes of paths against {@code git check-attr}. */
class GitAttributesTest {
    private static final String[] PATTERN_PARTS = {
        "a",
        "b",
        "ab",
        "A",
        "*",
        "**",
        "***",
        "?",
        "/",
        "/",
        "**/",
        "/**",
        "[ab]",
        "[!a]",
        "[^b]",
        "[a-b]",
        "[b-a]",
        "[a-]",
        "[!-a]",
        "[]a]",
        "[\\]]",
        "[a",
        "[[:alpha:]]",
        "[[:upper:]]",
        "[x[:alpha:]y]",
        "[[:foo:]]",
        "[[:alpha]",
        "\\a",
        "\\*",
        "\\\\",
        "\\/",
        ".",
        "-",
        "é",
        "]",
        "{a,b}",
        "!",
        "#",
    };
    private static final String[] PATH_PARTS = {
        "a", "b", "A", "a", "b", ".", "-", "é", "]", "*", "\\", "x", "!", "#", "[", "{a,b}", "ab"
    };
    private static final String[] WORDS = {
        "one",
        "-one",
        "!one",
        "one=1",
        "two",
        "-two",
        "two=a=b",
        "three",
        "-three=x",
        "!two=x",
        "=x",
        "-",
        "é",
        "four=é",
        "macro",
        "-macro",
        "inner",
        "!inner",
        "binary",
        "-binary",
        "text",
        "!text",
        "one=",
        "a.b-c_d",
        "one,two",
    };

    @TempDir
    Path temporary;

    private static String some(Random random, String[] parts, int most) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most); n >= 0; n--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    /** A pattern as it is, or in the quotes of C, some of which are wrong. */
    private static String quoted(Random random, String pattern) {
        if (random.nextInt(4) > 0) {
            return pattern;
        }
        StringBuilder text = new StringBuilder("\"");
        for (byte b : pattern.getBytes(UTF_8)) {
            boolean octal = b < 0 || random.nextInt(6) == 0;
            boolean escaped = b == '\\' || b == '"';
            text.append(octal ? String.format("\\%03o", b & 0xff) : (escaped ? "\\" : "") + (char) b);
        }
        return text.append(random.nextInt(10) == 0 ? "\\q\"" : "\"").toString();
    }

    private static SortedSet<String> paths(Random random) {
        SortedSet<String> paths = new TreeSet<>();
        while (paths.size() < 500) {
            StringBuilder path = new StringBuilder(some(random, PATH_PARTS, 3));
            for (int depth = random.nextInt(4); depth > 0; depth--) {
                path.append('/').append(some(random, PATH_PARTS, 3));
            }
            boolean isPath = Arrays.stream(path.toString().split("/", -1))
                    .noneMatch(name -> name.equals(".") || name.equals(".."));
            if (isPath) {
                paths.add(path.toString());
                paths.add(path + "/");
            }
        }
        return paths;
    }

    private void assertAsGit(String top, String below, SortedSet<String> paths) throws IOException, OcnixException {
        GitFixture git = new GitFixture(temporary.resolve("repo"));
        git.write(".gitattributes", top).write("a/.gitattributes", below);
        byte[] asked = (String.join("\0", paths) + "\0").getBytes(UTF_8);
        String[] answers = new String(
                        GitFixture.command(git.folder(), "check-attr", "-z", "--stdin", "-a")
                                .reading(asked)
                                .runOrFail()
                                .bytes(),
                        UTF_8)
                .split("\0", -1);
        SortedMap<String, SortedMap<String, String>> expected = new TreeMap<>();
        paths.forEach(path -> expected.put(path, new TreeMap<>()));
        for (int i = 0; i + 2 < answers.length; i += 3) {
            expected.get(answers[i]).put(answers[i + 1], answers[i + 2]);
        }
        for (String path : paths) {
            assertEquals(expected.get(path), attributes(path, top, below), () -> path + " under\n" + top);
        }
    }

    @Test
    void moreRulesThanFilesCanBeComparedWithAreRefused() {
        GitAttributes plain = new GitAttributes();
        plain.enter(0, 0, "*.x text\n".repeat(100_000).getBytes(UTF_8));
        GitAttributes costly = new GitAttributes();
        costly.enter(0, 0, ("*a".repeat(1_000) + " text\n").repeat(100).getBytes(UTF_8));
        for (GitAttributes attributes : List.of(plain, costly)) {
            OcnixException refusal = assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> assertThrows(OcnixException.class, () -> {
                        for (int file = 0; file < 100_000; file++) {
                            attributes.of("a".repeat(2_000) + file + "a", 0, false);
                        }
                    }));
            assertEquals(
                    "The .gitattributes files of the source have more rules than its files can be compared with in time;"
                            + " pin a revision with fewer.",
                    refusal.getMessage());
        }
    }

    @Test
    void aPatternOfManyFoldersThatMayBeThereIsNoDeepCall() throws Exception {
        GitAttributes attributes = new GitAttributes();
        attributes.enter(0, 0, ("**/".repeat(600) + "x text\n").getBytes(UTF_8));
        Thread small =
                new Thread(null, () -> assertDoesNotThrow(() -> attributes.of("a/x", 0, false)), "small", 64 << 10);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        small.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        small.start();
        small.join();
        assertNull(failure.get());
    }

    private static SortedMap<String, String> attributes(String path, String top, String below) throws OcnixException {
        boolean folder = path.endsWith("/");
        String name = GitAttributes.bytes((folder ? path.substring(0, path.length() - 1) : path).getBytes(UTF_8));
        GitAttributes attributes = new GitAttributes();
        attributes.enter(0, 0, top.getBytes(UTF_8));
        int depth = 0;
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            boolean isBelow = name.substring(0, slash).equals("a");
            depth++;
            attributes.enter(depth, slash + 1, isBelow ? below.getBytes(UTF_8) : new byte[0]);
        }
        SortedMap<String, String> found = new TreeMap<>();
        for (Attribute attribute : attributes.of(name, depth, folder).getAll()) {
            String value = switch (attribute.getState()) {
                case SET -> "set";
                case UNSET -> "unset";
                default ->
                    new String(attribute.getValue().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), UTF_8);
            };
            found.put(attribute.getKey(), value);
        }
        return found;
    }

    @NeedsGit
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void randomPatternsMatchWhatTheyMatchInGit(int seed) throws Exception {
        Random random = new Random(seed);
        StringBuilder top = new StringBuilder();
        StringBuilder below = new StringBuilder("**/b c0\n/**/a c1\n**/*b c2\na/**/b c3\n");
        for (int i = 0; i < 400; i++) {
            top.append(quoted(random, some(random, PATTERN_PARTS, 5))).append(" t" + i + "\n");
            below.append(quoted(random, some(random, PATTERN_PARTS, 5))).append(" b" + i + "\n");
        }
        assertAsGit(top.toString(), below.toString(), paths(random));
    }

    @NeedsGit
    @Test
    void randomLinesGiveTheAttributesThatTheyGiveInGit() throws Exception {
        Random random = new Random(4);
        SortedSet<String> paths = new TreeSet<>();
        StringBuilder[] files = {new StringBuilder("\ufeff"), new StringBuilder()};
        for (StringBuilder file : files) {
            for (int i = 0; i < 300; i++) {
                String start = random.nextInt(8) > 0 ? "f" + i : random.nextBoolean() ? "[attr]macro" : "[attr]inner";
                file.append(random.nextInt(9) == 0 ? " \t" : "").append(random.nextInt(20) == 0 ? "#" : "");
                file.append(random.nextInt(9) == 0 ? '"' + start + '"' : start);
                for (int n = random.nextInt(5); n >= 0; n--) {
                    boolean usual = random.nextInt(3) > 0;
                    String word = WORDS[random.nextInt(usual ? 4 : WORDS.length)];
                    file.append(random.nextInt(5) > 0 ? " " : "\t ").append(word);
                }
                file.append(random.nextInt(30) == 0 ? " " + "long ".repeat(410) : "");
                file.append(random.nextInt(9) == 0 ? "\r\n" : "\n");
                paths.add("f" + i);
                paths.add("a/f" + i);
            }
        }
        assertAsGit(files[0].append("f5 macro\nf6 inner").toString(), files[1].toString(), paths);
    }

    @Test
    void noPatternTakesForEver() {
        String path = "a".repeat(2000);
        String pattern = "*a".repeat(400) + "b";
        SortedMap<String, String> none = new TreeMap<>();
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertEquals(none, attributes(path, pattern + " x\n**/" + pattern + " y", "")));
    }
}
