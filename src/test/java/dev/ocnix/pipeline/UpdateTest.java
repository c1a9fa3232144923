package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pin moves together with its tree, and nothing else of the POM does. */
class UpdateTest {
    private static final String POM = "<project>\r\n  <properties>\r\n"
            + "    <!-- <ocnix.revision>v0</ocnix.revision> h\u00e4h -->\r\n"
            + "    <a b='>'/><ocnix.revision > v1.0.0 <!-- pinned --></ocnix.revision>\r\n"
            + "  </properties>\r\n  <description><![CDATA[<properties><ocnix.revision>]]></description>\r\n"
            + "  <profiles><profile><properties><x>1</x></properties></profile></profiles>\r\n</project>\r\n";

    @TempDir
    Path folder;

    private World world;
    private Path pom;

    @BeforeEach
    void open() throws Exception {
        world = World.of(folder.resolve("world"), World.left(), World.right());
        world.commit();
        world.generate();
        pom = folder.resolve("pom.xml");
        Files.writeString(pom, POM);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void releaseWithoutRight(String tag) {
        TinyProject.write(world.source, "tiny", List.of(World.left()));
        world.release(tag);
        world.revision = World.TAG;
    }

    @Test
    void theNewestReleaseIsPinnedAndItsTreeWritten() throws Exception {
        releaseWithoutRight("v1.10.0");
        world.release("v1.9.0");
        world.release("v2.0.0-rc.1");
        world.release("nightly");
        world.revision = World.TAG;
        assertEquals(Optional.of("v1.10.0"), world.update(Optional.empty(), PomFile.read(pom)));
        assertEquals(POM.replace(" v1.0.0 <!--", " v1.10.0 <!--"), Files.readString(pom));
        assertTrue(world.text("ocnix.json").contains("\"v1.10.0\""));
        assertTrue(
                world.infos.contains("v1.0.0 -> v1.10.0 of example/tiny, in " + pom + ": 1 removed."),
                world.infos::toString);
        assertTrue(world.infos.contains("removed @scope/right 2.0.0"), world.infos::toString);
        world.revision = "v1.10.0";
        assertTrue(world.check().isEmpty());
        assertEquals(Optional.empty(), world.update(Optional.empty(), PomFile.read(pom)));
    }

    @Test
    void aGivenRevisionIsPinnedAlsoIfItIsOlder() throws Exception {
        releaseWithoutRight("v0.1.0");
        assertEquals(Optional.of("v0.1.0"), world.update(Optional.of("v0.1.0"), PomFile.read(pom)));
        assertEquals(POM.replace(" v1.0.0 <!--", " v0.1.0 <!--"), Files.readString(pom));
    }

    @Test
    void aPinThatIsThereAlreadyIsNotTakenForTheNewest() throws Exception {
        releaseWithoutRight("v1.10.0");
        assertEquals(Optional.empty(), world.update(Optional.of(World.TAG), PomFile.read(pom)));
        assertTrue(
                world.infos.contains("Nothing to do: example/tiny is pinned at v1.0.0 already."),
                world.infos::toString);
        world.revision = "v1.10.0";
        assertEquals(Optional.empty(), world.update(Optional.empty(), PomFile.read(pom)));
        assertTrue(
                world.infos.contains("Nothing to do: example/tiny has no release newer than v1.10.0."),
                world.infos::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "v9.9.9", "refs/tags/v1.0.0", "a b"})
    void aTargetThatIsNoneIsToldByTheParameterThatGaveIt(String target) {
        OcnixException failure =
                assertThrows(OcnixException.class, () -> world.update(Optional.of(target), PomFile.read(pom)));
        assertTrue(failure.getMessage().contains("set ocnix.update.to to "), failure::getMessage);
    }

    /** The failures come ever later: no such tag, no such tarball, an edit in the tree. */
    @ParameterizedTest
    @ValueSource(strings = {"v9.9.9", "tarball", "edit"})
    void whateverFailsLeavesPomAndTreeAsTheyWere(String fault) throws Exception {
        PackageTarball lost = PackageTarball.of("lost", "1.0.0").build();
        TinyProject.write(world.source, "tiny", fault.equals("tarball") ? List.of(lost) : List.of(World.left()));
        world.release("v1.0.1");
        world.revision = World.TAG;
        if (fault.equals("edit")) {
            Files.writeString(world.tree.resolve("package.nix"), "mine");
        }
        SortedMap<String, String> before = world.stamped();
        PomFile file = PomFile.read(pom);
        Optional<String> to = fault.startsWith("v") ? Optional.of(fault) : Optional.empty();
        assertThrows(OcnixException.class, () -> world.update(to, file));
        assertEquals(POM, Files.readString(pom));
        assertEquals(before, world.stamped());
    }

    @Test
    void aPomThatCannotBeWrittenLeavesTheTreeAsItWas() throws Exception {
        releaseWithoutRight("v1.0.1");
        Path gone = folder.resolve("file/pom.xml");
        Files.createDirectories(gone.getParent());
        Files.writeString(gone, POM);
        PomFile file = PomFile.read(gone);
        Files.delete(gone);
        Files.delete(gone.getParent());
        Files.writeString(gone.getParent(), "no folder");
        SortedMap<String, String> before = world.stamped();
        assertThrows(OcnixException.class, () -> world.update(Optional.empty(), file));
        assertEquals(before, world.stamped());
    }

    @Test
    void offlineNobodyKnowsTheReleases() {
        world.offline = true;
        OcnixException failure =
                assertThrows(OcnixException.class, () -> world.update(Optional.empty(), PomFile.read(pom)));
        assertTrue(failure.getMessage().contains("ocnix.update.to"), failure::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, ''",
        "UTF-8, '\ufeff'",
        "UTF-16LE, '\ufeff'",
        "UTF-16BE, '\ufeff'",
        "ISO-8859-1, '<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>'",
        "windows-1252, '<?xml version=''1.0'' encoding=''windows-1252''?>'"
    })
    void everyOtherByteStaysInEveryEncoding(String encoding, String head) throws Exception {
        Charset charset = Charset.forName(encoding);
        byte[] before = (head + POM).getBytes(charset);
        Files.write(pom, before);
        PomFile file = PomFile.read(pom);
        file.move("v2<&>");
        byte[] expected = (head + POM.replace(" v1.0.0 <!--", " v2&lt;&amp;&gt; <!--")).getBytes(charset);
        assertEquals(new String(expected, charset), Files.readString(pom, charset));
        file.restore();
        assertEquals(new String(before, charset), Files.readString(pom, charset));
    }

    @Test
    void bytesThatTheDeclaredEncodingDoesNotHaveAreRefused() throws Exception {
        Files.write(pom, POM.getBytes(StandardCharsets.ISO_8859_1));
        assertThrows(OcnixException.class, () -> PomFile.read(pom));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${other}", "<![CDATA[v1]]>", "v&#49;", "", "a<!-- -->b"})
    void whatIsNoPlainTextIsRefusedWithItsLine(String value) throws Exception {
        Files.writeString(
                pom, "<project>\n<properties>\n<ocnix.revision>" + value + "</ocnix.revision></properties></project>");
        OcnixException failure =
                assertThrows(OcnixException.class, () -> PomFile.read(pom).move("v2"));
        assertTrue(failure.getMessage().contains("line 3"), failure::getMessage);
    }

    @Test
    void twoOfThemAreRefused() throws Exception {
        Files.writeString(
                pom,
                "<project><properties><ocnix.revision>a</ocnix.revision><ocnix.revision>b</ocnix.revision></properties></project>");
        assertThrows(OcnixException.class, () -> PomFile.read(pom).move("v2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            v1.9.6       | v1.9.7 v1.10.0 v1.9.10                  | false | v1.10.0
            v1.9.6       | v1.9.6 v1.9.5 v1.9.6-rc.1               | false | -
            v1.9.6       | v2.0.0-rc.1 v1.9.7                      | false | v1.9.7
            v1.9.6       | v2.0.0-rc.1 v2.0.0-rc.10 v2.0.0-rc.9    | true  | v2.0.0-rc.10
            v2.0.0-rc.1  | v2.0.0 v1.9.9                           | false | v2.0.0
            1.0.0        | v1.0.1                                  | false | v1.0.1
            app@1.0.0    | app@1.0.1 lib@2.0.0 v3.0.0              | false | app@1.0.1
            v1.0.0       | app@1.0.1 v1.1 v2 1.0.0.1 v01.2.3 nightly | false | -
            0123456789012345678901234567890123456789 | v0.1.0 v0.2.0 | false | v0.2.0
            v1.0.0       | v1.0.1+build.5                          | false | v1.0.1+build.5
            """)
    void releasesAreComparedAsSemverSays(String current, String tags, boolean preReleases, String newest) {
        assertEquals(
                Optional.ofNullable(newest), new ReleaseTags(current, preReleases).newer(List.of(tags.split(" "))));
    }

    @Test
    void anUpdateThatMovesNothingReportsBesideTheTreesReport() throws Exception {
        String good = Files.readString(world.reports.resolve("report.json"));
        Path own = world.reports.resolve("update/report.json");
        assertEquals(Optional.empty(), world.update(Optional.empty(), PomFile.read(pom)));
        assertTrue(Files.readString(own).contains("\"status\": \"unmoved\""));
        assertTrue(Files.readString(own.resolveSibling("changes.md")).contains("`example/tiny` stays at `v1.0.0`"));
        assertEquals(good, Files.readString(world.reports.resolve("report.json")));
        PomFile file = PomFile.read(pom);
        assertThrows(OcnixException.class, () -> world.update(Optional.of("v9"), file));
        assertTrue(Files.readString(own).contains("v9"));
        assertTrue(Files.readString(own).contains("\"status\": \"error\""));
        assertEquals(good, Files.readString(world.reports.resolve("report.json")));
        releaseWithoutRight("v2.0.0");
        world.update(Optional.empty(), PomFile.read(pom));
        assertFalse(Files.exists(own), "it moved, and the tree's report says so");
        Files.delete(world.reports.resolve("report.json"));
        world.revision = "v2.0.0";
        PomFile moved = PomFile.read(pom);
        assertThrows(OcnixException.class, () -> world.update(Optional.of("v9"), moved));
        assertTrue(Files.readString(world.reports.resolve("report.json")).contains("\"status\": \"error\""));
    }
}
