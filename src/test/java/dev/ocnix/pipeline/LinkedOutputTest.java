package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.nix.TreeZip;
import dev.ocnix.report.ReportFiles;
import dev.ocnix.testing.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks by way of links where a run puts its files: whatever they lead to stays as it is. */
class LinkedOutputTest {
    @TempDir
    Path folder;

    private World world;
    private Path outside;

    @BeforeEach
    void open() throws Exception {
        world = World.of(folder.resolve("world"), World.left());
        world.commit();
        outside = Files.createDirectories(folder.resolve("outside"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Path theirs(String name) throws Exception {
        return Files.writeString(outside.resolve(name), "theirs " + name);
    }

    private SortedMap<String, String> outside() throws Exception {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(outside)) {
            for (Path file : list.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    private void linkReports() throws Exception {
        Files.createDirectories(world.reports);
        for (String name : ReportFiles.NAMES) {
            Path link = world.reports.resolve(name);
            Files.deleteIfExists(link);
            // one of them leads nowhere yet
            Files.createSymbolicLink(link, name.equals("changes.md") ? outside.resolve("planted") : theirs(name));
        }
    }

    @Test
    void reportsTakeThePlaceOfLinks() throws Exception {
        linkReports();
        SortedMap<String, String> before = outside();
        world.generate();
        assertEquals(before, outside());
        // what is known to be right is reported from the cache
        for (int run = 0; run < 2; run++) {
            linkReports();
            assertTrue(world.check().isEmpty());
            assertEquals(before, outside());
            for (String name : ReportFiles.NAMES) {
                assertFalse(Files.isSymbolicLink(world.reports.resolve(name)), name);
            }
        }
        linkReports();
        world.sbom = false;
        world.generate();
        assertEquals(before, outside());
        assertTrue(Files.notExists(world.reports.resolve("sbom.cdx.json")));
    }

    @Test
    void aReportOfAFailureTakesThePlaceOfLinks() throws Exception {
        linkReports();
        SortedMap<String, String> before = outside();
        world.revision = "v9";
        assertThrows(OcnixException.class, world::generate);
        assertEquals(before, outside());
        assertTrue(Files.readString(world.reports.resolve("report.json")).contains("v9"));
    }

    @Test
    void aZipTakesThePlaceOfALink() throws Exception {
        world.generate();
        SortedMap<String, String> before = new TreeMap<>();
        before.put("zip", "theirs zip");
        Path zip = Files.createSymbolicLink(folder.resolve("tiny-nix.zip"), theirs("zip"));
        new TreeZip(world.tree).write(zip);
        assertEquals(before, outside());
        assertFalse(Files.isSymbolicLink(zip));
        Files.delete(zip);
        Files.createDirectory(zip);
        OcnixException e = assertThrows(OcnixException.class, () -> new TreeZip(world.tree).write(zip));
        assertTrue(e.getMessage().contains("tiny-nix.zip"), e::getMessage);
    }

    @Test
    void aPomThatIsALinkIsReplacedAndTheReportsOfAnUpdateStayInTheirFolder() throws Exception {
        world.generate();
        world.release("v1.0.1");
        world.revision = World.TAG;
        String text = "<project><properties><ocnix.revision>v1.0.0</ocnix.revision></properties></project>";
        Path shared = Files.writeString(outside.resolve("pom"), text);
        theirs("report.json");
        theirs("report.html");
        Path pom = Files.createSymbolicLink(folder.resolve("pom.xml"), shared);
        Files.createSymbolicLink(world.reports.resolve("update"), outside);
        SortedMap<String, String> before = outside();
        assertThrows(OcnixException.class, () -> world.update(Optional.of("v7"), PomFile.read(pom)));
        assertEquals(before, outside());
        assertTrue(
                world.warnings.stream().anyMatch(line -> line.contains("update is a link out of")),
                world.warnings::toString);
        assertEquals(Optional.of("v1.0.1"), world.update(Optional.empty(), PomFile.read(pom)));
        assertEquals(before, outside());
        assertEquals(text.replace("v1.0.0", "v1.0.1"), Files.readString(pom));
    }

    @Test
    void aPipeInPlaceOfAReportHangsNobody() throws Exception {
        world.generate();
        Files.delete(world.reports.resolve("report.json"));
        Command.of("mkfifo", world.reports.resolve("report.json").toString()).runOrFail();
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> world.generate());
        assertTrue(
                world.warnings.stream().anyMatch(line -> line.contains("report.json is a pipe")),
                world.warnings::toString);
        Path pom = Files.writeString(
                folder.resolve("pom.xml"),
                "<project><properties><ocnix.revision>v1.0.0</ocnix.revision></properties></project>");
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThrows(OcnixException.class, () -> world.update(Optional.of("v7"), PomFile.read(pom))));
    }
}
