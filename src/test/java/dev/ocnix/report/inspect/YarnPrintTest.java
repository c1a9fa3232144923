package dev.ocnix.report.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.Corpus;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.NeedsCorpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prints, judged by those of Bun 1.3.14: stored ones and live ones. */
class YarnPrintTest {
    private static final Path PROJECTS = Path.of(System.getProperty("basedir", ""), "src", "test", "projects");
    private static final Path ODD = PROJECTS.resolve("lockfiles/printed/bun.lock");
    private static final String RELEASE = "1.3.14";

    @TempDir
    private Path folder;

    /** Odd names, ranges of every kind, ranges that mean the same, every kind of resolution, hash and group. */
    @Test
    void aTextFileIsPrintedAsBunDid() throws Exception {
        assertEquals(Files.readString(ODD.resolveSibling("printed.yarn")), printed(ODD));
    }

    @Test
    void theHashLineShowsWhatABinaryFileRecords() throws Exception {
        Path file = PROJECTS.resolve("lockfiles/assorted/lockfiles/1.3.14/bun.lockb");
        byte[] content = Files.readAllBytes(file);
        for (int i = 0; i < 32; i++) {
            content[46 + i] = (byte) (0xa0 + i);
        }
        assertEquals(
                "# bun ./bun.lockb --hash: A0A1A2A3A4A5A6A7-a8a9aaabacadaeaf-B0B1B2B3B4B5B6B7-b8b9babbbcbdbebf",
                printed("bun.lockb", content).lines().skip(2).findFirst().orElseThrow());
    }

    static List<Path> fixtures() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECTS)) {
            return files.filter(file -> file.getFileName().toString().startsWith("bun.lock"))
                    .map(PROJECTS::relativize)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    @NeedsBun
    void ourOwnFilesArePrintedAsBunDoes(Path file) throws Exception {
        assertPrintedAsBunDoes(Files.readAllBytes(PROJECTS.resolve(file)), file.endsWith("bun.lock"));
    }

    /** What the release refuses for its number only is tried with an older one. */
    private void assertPrintedAsBunDoes(byte[] lockfile, boolean text) throws Exception {
        byte[] content = lockfile;
        String refused = "\"lockfileVersion\": 2";
        String source = new String(lockfile, StandardCharsets.UTF_8);
        if (text && source.contains(refused)) {
            content = source.replace(refused, "\"lockfileVersion\": 1").getBytes(StandardCharsets.UTF_8);
        }
        Command.Result bun = bun(content, text);
        if (text && source.contains("\"lockfileVersion\": 3")) {
            assertTrue(bun.exit() != 0, bun::describe);
            return;
        }
        assertEquals(0, bun.exit(), bun::describe);
        assertEquals(bun.out(), printed(text ? "bun.lock" : "bun.lockb", content));
    }

    /** Bun prints a text file in the place of a binary one beside it. */
    private Command.Result bun(byte[] content, boolean text) throws IOException {
        Files.write(folder.resolve("bun.lockb"), text ? new byte[0] : content);
        if (text) {
            Files.write(folder.resolve("bun.lock"), content);
        }
        return Bun.version(RELEASE).in(folder, "bun.lockb").run();
    }

    @Test
    @NeedsCorpus
    void binaryFilesOfTheCorpusArePrintedAsBunDoes() throws Exception {
        corpus("binary", Corpus.binary());
    }

    @Test
    @NeedsCorpus
    void textFilesOfTheCorpusArePrintedAsBunDoes() throws Exception {
        corpus("text", Corpus.text());
    }

    private static void corpus(String kind, List<Corpus.Entry> entries) throws IOException {
        List<String> wrong = new ArrayList<>();
        int same = 0;
        int refused = 0;
        for (Corpus.Entry entry : entries) {
            Optional<String> expected =
                    entry.expected("expected.yarn").map(bytes -> new String(bytes, StandardCharsets.UTF_8));
            Optional<String> printed = attempt(entry.lockfile());
            if (!expected.equals(printed)) {
                wrong.add(entry + ": " + difference(expected.orElse(""), printed.orElse("")));
            }
            same += expected.isPresent() && expected.equals(printed) ? 1 : 0;
            refused += expected.isEmpty() && printed.isEmpty() ? 1 : 0;
        }
        assertEquals(List.of(), wrong);
        System.out.printf(
                "ocnix tests: of %d %s lockfiles of the corpus, %d are printed byte for byte as by Bun %s, and %d refused"
                        + " as by it%n",
                entries.size(), kind, same, RELEASE, refused);
    }

    private static Optional<String> attempt(Path file) throws IOException {
        try {
            return Optional.of(printed(file));
        } catch (OcnixException e) {
            return Optional.empty();
        }
    }

    private static String printed(Path file) throws IOException, OcnixException {
        return printed(file.getFileName().toString(), Files.readAllBytes(file));
    }

    private static String printed(String name, byte[] content) throws IOException, OcnixException {
        StringBuilder text = new StringBuilder();
        YarnPrint.print(LockfileReader.list(name, content).listing(), text);
        return text.toString();
    }

    private static String difference(String expected, String printed) {
        List<String> theirs = expected.lines().toList();
        List<String> ours = printed.lines().toList();
        int i = 0;
        while (i < theirs.size() && i < ours.size() && theirs.get(i).equals(ours.get(i))) {
            i++;
        }
        return "line " + (i + 1) + " is " + line(ours, i) + ", not " + line(theirs, i);
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "absent";
    }
}
