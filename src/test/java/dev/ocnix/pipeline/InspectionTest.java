package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.fetch.source.Transport;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.OcnixException.Fault;
import dev.ocnix.testing.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A lockfile from wherever the user says, printed to wherever the user wants it. */
class InspectionTest {
    private static final String LOCKFILE = """
            { "lockfileVersion": 1, "workspaces": { "": { "dependencies": { "é": "1" } } },
              "packages": { "é": ["é@1.2.3", "", {}, ""] } }
            """;
    private static final String TREE = ". node_modules\n└── é@1.2.3\n";

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void writeLockfile() throws IOException {
        Files.writeString(folder.resolve("bun.lock"), LOCKFILE);
    }

    @ParameterizedTest
    @CsvSource({"''", ".", "bun.lock", "./bun.lock", "../FOLDER", "../FOLDER/"})
    void aFileAndAFolderArePrintedAsUtf8(String location) throws Exception {
        String name = String.valueOf(folder.getFileName());
        assertEquals(TREE, print(location.replace("FOLDER", name)));
        assertEquals(List.of(), said);
    }

    @Test
    void ofTwoLockfilesTheTextOneWinsAndThatIsSaid() throws Exception {
        Files.writeString(folder.resolve("bun.lockb"), "no lockfile");
        assertEquals(TREE, print("."));
        assertEquals(
                List.of("There is a bun.lock and a bun.lockb in the current folder; bun.lock wins, as in Bun."), said);
    }

    @Test
    void aFolderWithABinaryLockfileIsPrinted() throws Exception {
        Path binary = Path.of(
                System.getProperty("basedir", ""), "src/test/projects/lockfiles/assorted/lockfiles/1.4.5/bun.lockb");
        Files.delete(folder.resolve("bun.lock"));
        Files.copy(binary, folder.resolve("bun.lockb"));
        assertTrue(print(".").contains("── is-number@7.0.0\n"));
    }

    @Test
    void aUrlIsPrintedWithoutAskingTwice() throws Exception {
        try (LoopbackServer server = LoopbackServer.start()) {
            server.serve("/x/bun.lock?raw=1", "text/plain", LOCKFILE.getBytes(StandardCharsets.UTF_8));
            assertEquals(TREE, print(server.url() + "/x/bun.lock?raw=1"));
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void whatAServerHasInsteadOfALockfileIsNamed() throws Exception {
        try (LoopbackServer server = LoopbackServer.start()) {
            server.serve("/page", "text/html", "<!doctype html>".getBytes(StandardCharsets.UTF_8));
            server.serve(
                    "/broken?token=secret",
                    "text/plain",
                    "{\n  \"lockfileVersion\": 1,\n  oops".getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    "There is no lockfile at " + server.url() + "/none (404); correct ocnix.lockfile.",
                    problem(server.url() + "/none"));
            assertEquals(
                    "The answer of " + server.url() + "/page is a page, not a lockfile; give the URL of the raw file.",
                    problem(server.url() + "/page"));
            String broken = problem(server.url() + "/broken?token=secret");
            assertTrue(broken.startsWith(server.url() + "/broken, line 3, column 3: "), broken);
        }
    }

    @Test
    void moreThanALockfileIsNotRead() throws Exception {
        Path large = folder.resolve("large");
        try (OutputStream out = Files.newOutputStream(large)) {
            byte[] megabyte = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < LockfileReader.MAX_BYTES / megabyte.length; i++) {
                out.write(megabyte);
            }
            out.write(' ');
        }
        assertEquals(
                "large has more than the 67108864 bytes that are read of a lockfile; check that it is one.",
                problem("large"));
        try (LoopbackServer server = LoopbackServer.start()) {
            server.serve("/large", "text/plain", Files.readAllBytes(large));
            String problem = problem(server.url() + "/large");
            assertTrue(problem.endsWith("bytes that are read of a lockfile; check that it is one."), problem);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nowhere              | There is no lockfile "nowhere"; correct ocnix.lockfile, which is a file, a folder, or a URL.
            empty                | There is neither bun.lock nor bun.lockb in empty; run `bun install` there, or name a lockfile with ocnix.lockfile.
            ftp://x.org/bun.lock | ocnix.lockfile is "ftp://x.org/bun.lock"; give a file, a folder, or an http or https URL.
            file:///bun.lock     | ocnix.lockfile is "file:///bun.lock"; give a file, a folder, or an http or https URL.
            https://a:b@x.org/y  | ocnix.lockfile carries credentials, which would reach logs; put them into a <server> of settings.xml and leave them out of the URL.
            """)
    void whatIsNoLockfileIsRefusedWithTheNextStep(String location, String problem) throws Exception {
        Files.createDirectories(folder.resolve("empty"));
        assertEquals(problem, problem(location));
    }

    @Test
    void aUrlIsRefusedOfflineBeforeAnythingIsAsked() throws Exception {
        try (LoopbackServer server = LoopbackServer.start()) {
            String url = server.url() + "/bun.lock";
            OcnixException refusal = assertThrows(
                    OcnixException.class,
                    () -> inspection(
                                    url,
                                    Optional.empty(),
                                    HttpSettings.standard().withOffline(true))
                            .print(new PrintStream(OutputStream.nullOutputStream())));
            assertEquals(
                    "The lockfile " + url
                            + " cannot be had offline; run without -o, or name a file with ocnix.lockfile.",
                    refusal.getMessage());
            assertEquals(List.of(), server.requests());
        }
    }

    @Test
    void aFileAppearsWholeWithItsFolderAndNothingIsPrinted() throws Exception {
        assertEquals("", print(".", Optional.of("new/tree.txt")));
        assertEquals(TREE, Files.readString(folder.resolve("new/tree.txt")));
        assertEquals(List.of("Wrote new/tree.txt."), said);
        assertEquals(List.of("tree.txt"), names(folder.resolve("new")));
    }

    @Test
    void aBrokenLockfileLeavesTheOldFileAlone() throws Exception {
        Files.writeString(folder.resolve("tree.txt"), "old");
        Files.writeString(folder.resolve("bun.lock"), "{");
        assertThrows(OcnixException.class, () -> print(".", Optional.of("tree.txt")));
        assertEquals("old", Files.readString(folder.resolve("tree.txt")));
        assertEquals(List.of("bun.lock", "tree.txt"), names(folder));
    }

    @Test
    void aFolderIsNoOutputFile() {
        OcnixException refusal = assertThrows(OcnixException.class, () -> print(".", Optional.of(".")));
        assertEquals("ocnix.outputFile is ., which is no regular file; name a file.", refusal.getMessage());
    }

    @Test
    void aFileWhereAFolderShouldBeIsNamed() throws Exception {
        OcnixException refusal = assertThrows(OcnixException.class, () -> print(".", Optional.of("bun.lock/x")));
        assertTrue(refusal.getMessage().startsWith("The file bun.lock/x cannot be written ("), refusal::getMessage);
        assertFalse(refusal.getMessage().contains("Exception"), refusal::getMessage);
        assertEquals(LOCKFILE, Files.readString(folder.resolve("bun.lock")));
    }

    @Test
    void anOutputThatBreaksOffIsAnError() {
        PrintStream full = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        });
        OcnixException failure = assertThrows(
                OcnixException.class,
                () -> inspection(".", Optional.empty(), HttpSettings.standard()).print(full));
        assertEquals(Fault.OUTSIDE, failure.fault());
        assertTrue(failure.getMessage().startsWith("Standard output took only a part"), failure::getMessage);
    }

    @Test
    void whatIsToleratedIsSaid() throws Exception {
        Files.writeString(folder.resolve("bun.lock"), LOCKFILE + "more");
        assertEquals(TREE, print("."));
        assertFalse(said.isEmpty());
        assertTrue(said.get(0).contains("what follows the end of the lockfile does not count"), said::toString);
    }

    private String problem(String location) {
        return assertThrows(OcnixException.class, () -> print(location)).getMessage();
    }

    private String print(String location) throws OcnixException {
        return print(location, Optional.empty());
    }

    private String print(String location, Optional<String> outputFile) throws OcnixException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        inspection(location, outputFile, HttpSettings.standard()).print(new PrintStream(out));
        return out.toString(StandardCharsets.UTF_8);
    }

    private Inspection inspection(String location, Optional<String> outputFile, HttpSettings http) {
        return new Inspection(
                new Inspection.Request(
                        location,
                        PrintFormat.TREE,
                        Optional.empty(),
                        outputFile,
                        folder,
                        folder.resolve("nix"),
                        folder.resolve("cache"),
                        new Transport.Origin()),
                http,
                new Ears(said, said));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
