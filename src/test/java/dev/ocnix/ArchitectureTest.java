package dev.ocnix;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the sources and holds them to the arrows between packages and to the rules on state and size. */
class ArchitectureTest {

    private static final Path SOURCES = Path.of(System.getProperty("basedir", ""), "src", "main", "java");

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry(
                    "maven",
                    Set.of(
                            "pipeline",
                            "project.script",
                            "project.settings",
                            "report",
                            "nix",
                            "layout",
                            "addon",
                            "fetch",
                            "lockfile",
                            "disk",
                            "model",
                            "hash")),
            entry(
                    "pipeline",
                    Set.of(
                            "project",
                            "project.part",
                            "project.program",
                            "project.script",
                            "project.settings",
                            "report",
                            "nix",
                            "layout",
                            "addon",
                            "fetch",
                            "lockfile",
                            "disk",
                            "model",
                            "hash")),
            entry("project", Set.of("fetch", "layout", "lockfile", "model", "hash")),
            entry("project.part", Set.of("addon", "fetch", "model", "hash")),
            entry("project.program", Set.of("model")),
            entry("project.script", Set.of("layout", "model")),
            entry("project.settings", Set.of()),
            entry("report", Set.of("layout", "addon", "disk", "model", "hash")),
            entry("nix", Set.of("layout", "addon", "disk", "model", "hash")),
            entry("layout", Set.of("model", "hash")),
            entry("addon", Set.of("model", "hash")),
            entry("fetch", Set.of("disk", "model", "hash")),
            entry("lockfile", Set.of("model", "hash")),
            entry("disk", Set.of("model", "hash")),
            entry("model", Set.of("hash")),
            entry("hash", Set.of()));

    /** Packages that count as another one. */
    private static final Map<String, String> PART_OF = Map.ofEntries(
            entry("project.frozen", "project"),
            entry("lockfile.binary", "lockfile"),
            entry("lockfile.text", "lockfile"),
            entry("fetch.archive", "fetch"),
            entry("fetch.cache", "fetch"),
            entry("fetch.http", "fetch"),
            entry("fetch.registry", "fetch"),
            entry("fetch.source", "fetch"),
            entry("fetch.tarball", "fetch"),
            entry("fetch.worktree", "fetch"),
            entry("layout.isolated", "layout"),
            entry("report.html", "report"),
            entry("report.inspect", "report"),
            entry("report.sbom", "report"));

    private static final int LONGEST_FILE = 400;

    private static final Pattern NOT_CODE = Pattern.compile("//[^\\n]*+"
            + "|(?s:/\\*.*?\\*/)"
            + "|\"\"\"(?s:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+\"\"\""
            + "|\"(?:[^\"\\\\\\n]++|\\\\.)*+\""
            + "|'(?:[^'\\\\\\n]++|\\\\.)*+'");
    private static final Pattern OUR_PACKAGE =
            Pattern.compile("\\bdev\\s*\\.\\s*ocnix((?:\\s*\\.\\s*[a-z_]\\w*\\b(?!\\s*\\())*)");
    private static final Pattern MAVEN =
            Pattern.compile("\\b(?:org\\.apache\\.maven|org\\.codehaus(?!\\.plexus\\.util\\b)|javax\\.inject)\\b");
    private static final Path OPENS_FILES = Path.of("dev", "ocnix", "disk", "OwnFile.java");
    private static final Pattern WRITES = Pattern.compile(
            "\\bFiles\\s*\\.\\s*(?:write\\w*|newOutputStream|newBufferedWriter|newByteChannel|copy|createFile"
                    + "|createTempFile|createLink|createSymbolicLink|set\\w+)\\b"
                    + "|\\bFileChannel\\s*\\.\\s*open\\b|\\bcreateNewFile\\b|\\bcreateTempFile\\b"
                    + "|\\bFileWriter\\b|\\bRandomAccessFile\\b|\\bnew\\s+PrintWriter\\b"
                    + "|\\bnew\\s+(?:java\\.io\\.)?FileOutputStream\\s*\\((?!\\s*FileDescriptor\\b)");
    private static final Pattern STATIC =
            Pattern.compile("(?<![^;{}()])(?<before>[^;{}()]*)\\bstatic\\b(?<after>[^;{(=]*)(?<end>[;{(=])");
    private static final Pattern MUTABLE_HOLDER =
            Pattern.compile("\\b(?:Atomic\\w+|LongAdder|ThreadLocal|ConcurrentHashMap)\\b");

    /** What prints, and the files that do it for all others: each of them makes what others wrote visible. */
    private static final Map<Pattern, Set<String>> OUTLETS = Map.of(
            Pattern.compile("\\bSystem\\s*\\.\\s*(?:out|err)\\b"),
            Set.of("maven/StandardOutput", "maven/LogListener"),
            Pattern.compile("\\b(?:getLog\\s*\\(\\s*\\)|log)\\s*(?:\\.|::)\\s*(?:debug|info|warn|error)\\b"),
            Set.of("maven/LogListener", "maven/ConversionMojo", "maven/ParameterCheck"),
            Pattern.compile("\\bgetLog\\s*\\(\\s*\\)\\s*(?:\\.|::)"),
            Set.of(),
            Pattern.compile("\\bplugin\\s*\\.\\s*logging\\b"),
            Set.of("maven/LogListener"),
            Pattern.compile("\\bprintStackTrace\\b"),
            Set.of(),
            Pattern.compile("\\bnew\\s+Mojo(?:Failure|Execution)Exception\\b"),
            Set.of("maven/Failures"),
            Pattern.compile("\\bOutputStreamWriter\\b|\\bPrintWriter\\b"),
            Set.of("pipeline/Printout"),
            Pattern.compile("\\bGsonBuilder\\b"),
            Set.of("report/JsonText"),
            Pattern.compile("\\bisISOControl\\b"),
            Set.of());

    @Test
    void nothingIsPrintedButByWhatMakesItVisible() throws IOException {
        assertEquals(List.of(), problemsOf(ArchitectureTest::outlets));
        // in texts, which the other rules do not read
        List<String> own = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(SOURCES)) {
            for (Path file :
                    walk.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains("\\p{Cntrl}")) {
                    own.add(SOURCES.relativize(file).toString());
                }
            }
        }
        assertEquals(List.of(), own);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { void b() { System.out.println(c); } }",
                "class A { void b() { getLog().warn(c); } }",
                "class A { void b() { lines.forEach(getLog()::error); } }",
                "class A { void b() { log.info(c); } }",
                "class A { void b() throws C { throw new MojoFailureException(c); } }",
                "import org.apache.maven.plugin.logging.Log;",
                "class A { void b() { e.printStackTrace(); } }",
                "class A { Object b = new GsonBuilder(); }"
            })
    void aSecondOutletIsFound(String code) {
        assertFalse(outlets(pathOf("maven"), withoutCommentsAndText(code)).isEmpty());
    }

    private static List<String> outlets(Path file, String code) {
        String name = file.toString().replace('\\', '/');
        List<String> problems = new ArrayList<>();
        OUTLETS.forEach((print, outlets) -> {
            boolean isOutlet = outlets.stream().anyMatch(outlet -> name.equals("dev/ocnix/" + outlet + ".java"));
            Matcher found = print.matcher(code);
            if (!isOutlet && found.find()) {
                problems.add("prints by itself: " + found.group());
            }
        });
        return problems;
    }

    @Test
    void packagesUseOnlyWhatLiesBelowThem() throws IOException {
        assertEquals(List.of(), problemsOf(ArchitectureTest::arrows));
    }

    @Test
    void noStaticHoldsState() throws IOException {
        assertEquals(List.of(), problemsOf((path, code) -> statics(code)));
    }

    @Test
    void oneClassOpensFilesToWrite() throws IOException {
        assertEquals(List.of(), problemsOf((path, code) -> path.equals(OPENS_FILES) ? List.of() : writes(code)));
    }

    @Test
    void filesStayShort() throws IOException {
        assertEquals(List.of(), problemsOf((path, code) -> {
            long lines = code.lines().count();
            return lines > LONGEST_FILE ? List.of(lines + " lines, more than " + LONGEST_FILE) : List.of();
        }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hash            | import dev.ocnix.model.Lockfile;
            layout          | import dev.ocnix.addon.AddonHint;
            model           | import static dev.ocnix.fetch.Http.*;
            nix             | class A { dev.ocnix.report.Alarm b; }
            nix             | class A { Object b = dev . ocnix . report . Alarm.of(); }
            lockfile.text   | import dev.ocnix.layout.*;
            fetch           | import dev.ocnix.Root;
            fetch           | import dev.ocnix.unheard.Of;
            fetch           | import dev.ocnix.lockfile.binary.Reader;
            pipeline        | import org.apache.maven.plugin.logging.Log;
            pipeline        | import org.codehaus.plexus.logging.Logger;
            model           | class A { org.apache.maven.model.Model b; }
            util            | class A {}
            fetch.git       | class A {}
            """)
    void aForbiddenUseIsFound(String from, String code) {
        assertFalse(arrows(pathOf(from), withoutCommentsAndText(code)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            maven           | import org.apache.maven.plugin.AbstractMojo; import dev.ocnix.pipeline.Conversion;
            lockfile.text   | import dev.ocnix.lockfile.LockfileReader; import dev.ocnix.model.Lockfile;
            lockfile        | import dev.ocnix.lockfile.binary.Reader;
            nix             | import org.codehaus.plexus.util.io.CachingOutputStream;
            hash            | class A { /* dev.ocnix.model.Lockfile */ String b = "org.apache.maven.Foo"; }
            hash            | // dev.ocnix.model.Lockfile
            hash            | package dev.ocnix.hash;
            """)
    void anAllowedUseIsNotFound(String from, String code) {
        assertEquals(List.of(), arrows(pathOf(from), withoutCommentsAndText(code)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { static int b; }",
                "class A { private static Map<String, List<String>> b = Map.of(); }",
                "class A { @Deprecated static volatile A b = null; }",
                "class A { static { } static int b = f(1); }",
                "class A { static final AtomicInteger B = new AtomicInteger(); }",
            })
    void aStaticWithStateIsFound(String code) {
        assertFalse(statics(withoutCommentsAndText(code)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import static java.util.Map.entry; class A { static final int B = 1; final static int C = 2; }",
                "class A { static int b() { return 1; } static <T> T c(T d) { return d; } }",
                "class A { static class B { } static final class C<T> extends D { } static record E(int f) { } }",
                "class A { static { int b; } /* static int c; */ String d = \"static int e;\"; }",
            })
    void aStaticWithoutStateIsNotFound(String code) {
        assertEquals(List.of(), statics(withoutCommentsAndText(code)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { void b(Path c) { Files.writeString(c, d); } }",
                "class A { void b(Path c) { java.nio.file.Files . write(c, d); } }",
                "class A { OutputStream b = Files.newOutputStream(c); Writer d = Files.newBufferedWriter(e); }",
                "class A { FileChannel b = FileChannel.open(c, StandardOpenOption.WRITE); }",
                "class A { SeekableByteChannel b = Files.newByteChannel(c, EnumSet.of(WRITE)); }",
                "import static java.nio.file.Files.writeString; class A { }",
                "class A { Object b = new FileOutputStream(c), d = new java.io.FileWriter(e); }",
                "class A { void b(Path c) { Files.copy(c, d); new RandomAccessFile(e, f); new PrintWriter(g); } }",
                "class A { void b(Path c) { Files.createFile(c); Files.createSymbolicLink(c, d); } }",
                "class A { void b(Path c) { c.toFile().createNewFile(); Files.setPosixFilePermissions(c, d); } }",
            })
    void anotherWayToWriteIsFound(String code) {
        assertFalse(writes(withoutCommentsAndText(code)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { byte[] b = Files.readAllBytes(c); InputStream d = Files.newInputStream(e); }",
                "class A { void b() { Files.move(c, d); Files.deleteIfExists(e); OwnFile.write(f, g); } }",
                "class A { Object b = new FileOutputStream(FileDescriptor.out); } // Files.write",
            })
    void readingAndMovingIsNoWayToWrite(String code) {
        assertEquals(List.of(), writes(withoutCommentsAndText(code)));
    }

    @Test
    void linesOfCommentsAndTextBlocksCount() {
        String source = "/* a\n b\n */ class A { String b = \"\"\"\n x \"y\"\n \"\"\"; }";
        assertEquals(5, withoutCommentsAndText(source).lines().count());
    }

    @Test
    void aLongTextIsRead() {
        String source = "class A { String b = \"\"\"\n" + "\\t x\n".repeat(100_000) + "\"\"\"; static int c; }";
        assertFalse(statics(withoutCommentsAndText(source)).isEmpty());
    }

    private interface Rule {
        List<String> problems(Path file, String code);
    }

    private static List<String> problemsOf(Rule rule) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(SOURCES)) {
            files = walk.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .collect(toList());
        }
        assertFalse(files.isEmpty(), () -> "no source below " + SOURCES.toAbsolutePath());
        List<String> problems = new ArrayList<>();
        for (Path file : files) {
            Path relative = SOURCES.relativize(file);
            for (String problem : rule.problems(relative, withoutCommentsAndText(Files.readString(file)))) {
                problems.add(relative + ": " + problem);
            }
        }
        return problems;
    }

    private static List<String> arrows(Path file, String code) {
        String dotted = file.getParent().toString().replace(file.getFileSystem().getSeparator(), ".");
        String from = room(dotted.startsWith("dev.ocnix.") ? dotted.substring("dev.ocnix.".length()) : "");
        if (!MAY_USE.containsKey(from)) {
            return List.of("package " + dotted + " is not in the table of packages");
        }
        List<String> problems = new ArrayList<>();
        Set<String> used = OUR_PACKAGE
                .matcher(code)
                .results()
                .map(ArchitectureTest::packageIn)
                .collect(toCollection(TreeSet::new));
        for (String name : used) {
            String to = room(name);
            if (!MAY_USE.containsKey(to)) {
                problems.add("uses dev.ocnix." + name + ", which is not in the table of packages");
            } else if (!to.equals(from) && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
                problems.add(from + " may not use " + to);
            }
        }
        Matcher maven = MAVEN.matcher(code);
        if (!from.equals("maven") && maven.find()) {
            problems.add("only the package maven may use " + maven.group());
        }
        return problems;
    }

    private static List<String> writes(String code) {
        return WRITES.matcher(code)
                .results()
                .map(match -> "opens a file to write: " + match.group())
                .toList();
    }

    private static List<String> statics(String code) {
        List<String> problems = new ArrayList<>();
        Matcher matcher = STATIC.matcher(code);
        while (matcher.find()) {
            String before = matcher.group("before");
            String after = matcher.group("after");
            boolean field =
                    matcher.group("end").equals(";") || matcher.group("end").equals("=");
            if (!field || before.strip().startsWith("import")) {
                continue;
            }
            boolean constant =
                    Pattern.compile("\\bfinal\\b").matcher(before + after).find();
            if (!constant || MUTABLE_HOLDER.matcher(after).find()) {
                problems.add("a static field with state: " + after.strip());
            }
        }
        return problems;
    }

    private static String packageIn(MatchResult match) {
        String name = match.group(1).replaceAll("\\s", "");
        return name.isEmpty() ? "" : name.substring(1);
    }

    private static String room(String name) {
        return PART_OF.getOrDefault(name, name);
    }

    private static Path pathOf(String name) {
        return Path.of("dev", "ocnix").resolve(name.replace('.', '/')).resolve("A.java");
    }

    /** Keeps the line count; a literal becomes a blank. */
    private static String withoutCommentsAndText(String source) {
        return NOT_CODE.matcher(source)
                .replaceAll(match -> " "
                        + "\n".repeat((int)
                                match.group().chars().filter(c -> c == '\n').count()));
    }
}
