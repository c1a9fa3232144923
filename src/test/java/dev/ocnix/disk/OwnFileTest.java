package dev.ocnix.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnFileTest {
    private static final byte[] OURS = "ours\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temp;

    private Path project;
    private Path outside;

    @BeforeEach
    void open() throws Exception {
        project = Files.createDirectory(temp.resolve("project"));
        outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("file"), "theirs");
    }

    private void assertOutsideIsAsItWas() throws IOException {
        assertEquals("theirs", Files.readString(outside.resolve("file")));
        assertEquals(List.of("file"), names(outside));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside/file", "../outside/new", "link", "other"})
    void aLinkGivesWayToAFile(String target) throws Exception {
        Path link = Files.createSymbolicLink(project.resolve("link"), Path.of(target));
        Files.createSymbolicLink(project.resolve("other"), outside.resolve("file"));
        OwnFile.write(link, OURS);
        assertTrue(OwnFile.isRegular(link));
        assertEquals("ours\n", Files.readString(link));
        assertEquals(List.of("link", "other"), names(project));
        assertOutsideIsAsItWas();
    }

    @Test
    void aLinkToTheVeryContentGivesWayToo() throws Exception {
        Files.write(outside.resolve("same"), OURS);
        Path link = Files.createSymbolicLink(project.resolve("link"), outside.resolve("same"));
        OwnFile.write(link, OURS);
        assertTrue(OwnFile.isRegular(link));
    }

    @Test
    void aSecondNameOfAFileElsewhereIsCutOff() throws Exception {
        Path name = Files.createLink(project.resolve("name"), outside.resolve("file"));
        OwnFile.write(name, OURS);
        assertEquals("ours\n", Files.readString(name));
        assertOutsideIsAsItWas();
    }

    private static void assertRefused(Executable write) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThrows(IOException.class, write));
    }

    @Test
    void whatIsNoFileIsLeftAlone() throws Exception {
        Path folder = Files.createDirectory(project.resolve("folder"));
        Path pipe = project.resolve("pipe");
        Command.of("mkfifo", pipe.toString()).runOrFail();
        for (Path place : List.of(folder, pipe)) {
            assertRefused(() -> OwnFile.write(place, OURS));
            assertRefused(() -> OwnFile.create(place, out -> out.write(OURS)));
            assertRefused(() -> OwnFile.append(place).close());
            assertRefused(() -> OwnFile.lock(place).close());
        }
        assertEquals(List.of("folder", "pipe"), names(project));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "new"})
    void newFilesAndLocksAreNotMadeThroughLinks(String target) throws Exception {
        Path link = Files.createSymbolicLink(project.resolve("link"), outside.resolve(target));
        assertRefused(() -> OwnFile.create(link, out -> out.write(OURS)));
        assertRefused(() -> OwnFile.append(link).close());
        assertRefused(() -> OwnFile.lock(link).close());
        assertTrue(Files.isSymbolicLink(link));
        assertOutsideIsAsItWas();
    }

    @Test
    void aLockLeavesTheContent() throws Exception {
        Path file = Files.writeString(project.resolve("file"), "mine");
        OwnFile.lock(file).close();
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void deletingAFolderLeavesWhatItsLinksLeadTo() throws Exception {
        Path folder = Files.createDirectories(project.resolve("folder/deep"));
        Files.createSymbolicLink(folder.resolve("link"), outside);
        Files.createSymbolicLink(folder.resolve("file"), outside.resolve("file"));
        OwnFile.deleteFolder(project.resolve("folder"));
        Path link = Files.createSymbolicLink(project.resolve("link"), outside);
        OwnFile.deleteFolder(link);
        assertEquals(List.of(), names(project));
        assertOutsideIsAsItWas();
    }

    @Test
    void whatFailsLeavesTheOldFileAndNothingBeside() throws Exception {
        Path file = Files.writeString(project.resolve("file"), "old");
        assertThrows(
                IOException.class,
                () -> OwnFile.write(file, out -> {
                    out.write(OURS);
                    throw new IOException("enough");
                }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("file"), names(project));
    }

    /** In a checkout whose project is the folder {@code project}: a link, where it leads, and the folder that is asked for. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            target        | ../outside         | project/target/ocnix
            target        | ../outside         | project/target
            target        | ../nothing         | project/target/ocnix
            target        | target             | project/target/ocnix
            target        | ../.git            | project/target/hooks
            target        | one                | project/target/ocnix
            target        | ../sibling         | project/target/ocnix
            deep/target   | ../../outside      | project/deep/target/ocnix
            target        | ../outside         | project/./deep/../target/ocnix
            ../tree       | ../outside         | tree/nix
            """)
    void aLinkOutOfTheProjectIsRefused(String link, String target, String asked) throws Exception {
        Path checkout = Files.createDirectory(temp.resolve("checkout"));
        Files.createDirectories(checkout.resolve(".git/hooks"));
        Files.createDirectories(checkout.resolve("sibling"));
        Path own = Files.createDirectories(checkout.resolve("project/deep")).getParent();
        Files.createSymbolicLink(checkout.resolve("outside"), outside);
        Files.createSymbolicLink(own.resolve("one"), outside);
        Files.createSymbolicLink(own.resolve(link).normalize(), Path.of(target));
        OcnixException e = assertThrows(
                OcnixException.class, () -> new Premises(own).require(checkout.resolve(asked), "ocnix.parameter"));
        assertTrue(
                e.getMessage().contains("ocnix.parameter")
                        && e.getMessage().contains(own.resolve(link).normalize().toString()),
                e::getMessage);
    }

    @Test
    void foldersOfTheUsersOwnChoiceAndLinksInTheProjectAreTaken() throws Exception {
        Files.createDirectories(project.resolve("build/out"));
        Files.createSymbolicLink(project.resolve("target"), Path.of("build/out"));
        Path elsewhere = Files.createSymbolicLink(temp.resolve("elsewhere"), outside);
        Premises premises = new Premises(project);
        premises.require(project, "p");
        premises.require(project.resolve("target/ocnix"), "p");
        premises.require(project.resolve("new/folder"), "p");
        premises.require(elsewhere.resolve("ocnix"), "p");
        premises.require(temp, "p");
    }
}
