package dev.ocnix.lockfile.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A lockfile of Bun 1.4.5, damaged in one place at a time. */
class BinaryLockfileReaderTest {
    private static final Path FIXTURE = Path.of(
            System.getProperty("basedir", ""), "src/test/projects/lockfiles/assorted/lockfiles/1.4.5/bun.lockb");
    private static final int PACKAGES = 57;
    private static final int RESOLUTIONS = 128 + PACKAGES * 16;
    private static final int SLICES = RESOLUTIONS + PACKAGES * 72;
    private static final int METAS = SLICES + PACKAGES * 16;
    private static final int BINS = METAS + PACKAGES * 88;

    private byte[] content = {};
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    @BeforeEach
    void read() throws IOException {
        content = Files.readAllBytes(FIXTURE);
        buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void outdatedFormatsAreRefusedWithTheirWriterAndTheRemedy() {
        buffer.putInt(42, 1);
        assertEquals(
                "bun.lockb, byte 42: format 1, written by Bun 0.1.6 and older, is outdated, and Bun itself refuses it;"
                        + " delete the file and lock the project again with `bun install` of a current Bun.",
                problem());
        buffer.putInt(42, 0);
        assertTrue(problem().contains("development builds of Bun before its first release"));
    }

    @Test
    void aNewerFormatIsNamedWithWhatIsSupported() {
        buffer.putInt(42, 4);
        assertEquals(
                "bun.lockb, byte 42: format 4 is newer than the supported formats 2 and 3;"
                        + " use a newer ocnix, or lock the project with a Bun release that writes one of these.",
                problem());
    }

    @ParameterizedTest
    @CsvSource({
        "78, -1, the position or size 18446744073709551615 is beyond",
        "78, 100, the end of the data lies inside the header",
        "86, -1, 18446744073709551615 packages do not fit",
        "86, 120, 120 packages do not fit",
        "86, 4294967296, 4294967296 packages do not fit",
        "94, 16, the alignment is not 8",
        "102, 9, the number of package fields is neither 7 nor 8",
        "110, 0, the list of packages begins or ends at an impossible position",
        "118, 0, the list of packages begins or ends at an impossible position",
    })
    void aDamagedHeaderIsRefusedWithItsOffset(int offset, long value, String problem) {
        buffer.putLong(offset, value);
        String actual = problem();
        assertTrue(actual.contains(problem), actual);
        int named = offset == 118 ? 110 : offset;
        assertTrue(
                actual.matches("bun\\.lockb, byte " + named + "(, (begin|end) of the (data|packages))?: .*"), actual);
    }

    @Test
    void damageIsToldWithWhatToDo() {
        buffer.put(RESOLUTIONS + 72, (byte) 24);
        assertEquals(
                "bun.lockb, byte " + (RESOLUTIONS + 72) + ", resolution of package 1: 24 is no kind of resolution;"
                        + " restore the file from version control, or write it anew with `bun install`.",
                problem());
    }

    @Test
    void damagedColumnsAreRefused() {
        buffer.put(BINS + 20, (byte) 9);
        assertProblem(BINS + 20, "bin of package 1", "9 is no kind of bin");
        buffer.put(BINS + 20, (byte) 0);
        buffer.putInt(SLICES + 16, 1 << 30);
        assertProblem(SLICES + 16, "dependency list of package 2", "a list of elements lies outside of its array");
        buffer.putLong(SLICES + 16, 0);
        buffer.putLong(128 + 8, 0x0000_002f_2e2e_2f61L);
        assertProblem(128 + 8, "name of package 1", "\"a/../\" is no package name");
        buffer.putLong(128 + 8, 0x8000_0010_7fff_ffffL);
        assertProblem(128 + 8, "name of package 1", "a string lies outside of the strings");
        buffer.putLong(128 + 8, 0x0a61L);
        assertProblem(128 + 8, "name of package 1", "a name, path or URL holds a control character");
    }

    @Test
    void aTarballThatTwoRowsRecordDifferentlyIsRefused() {
        // 6.0.0 becomes another 7.0.0, with its own integrity
        int first = row("is-number@7.0.0");
        int second = row("is-number@6.0.0");
        buffer.putLong(RESOLUTIONS + second * 72 + 16, 7);
        String problem = problem();
        assertTrue(
                problem.startsWith("bun.lockb, byte " + (128 + Math.max(first, second) * 8) + ", package "
                        + Math.max(first, second) + ": is-number@7.0.0 has sha512-"),
                problem);
        assertTrue(
                problem.contains(" at byte " + (128 + Math.min(first, second) * 8) + ", package "
                        + Math.min(first, second) + ";"),
                problem);
    }

    @Test
    void overlappingListsAreRefusedBeforeTheyGrow() {
        int dependencies = (int) section(3)[1];
        for (int i = 0; i < PACKAGES; i++) {
            buffer.putInt(SLICES + i * 16, 0);
            buffer.putInt(SLICES + i * 16 + 4, dependencies);
        }
        String problem = problem();
        assertTrue(problem.contains("the lists of the packages overlap"), problem);
    }

    @Test
    void damagedArraysAreRefused() {
        int end = (int) buffer.getLong(118);
        buffer.putLong(end, 0xdeadbeefL);
        assertTrue(problem().contains("is beyond the lockfile's end"));
        buffer.putLong(end, end);
        assertProblem(
                end, "frame of the array \"node_modules folder\"", "an array begins or ends at an impossible position");
    }

    @Test
    void damagedTreesAreRefused() {
        int trees = (int) section(0)[0];
        buffer.putInt(trees + 20 + 8, 7);
        assertProblem(trees + 20, "node_modules folder 1", "a node_modules folder lies in one that comes later");
        buffer.putInt(trees + 20 + 8, 0);
        buffer.putInt(trees + 20, 7);
        assertProblem(trees + 20, "node_modules folder 1", "a node_modules folder has a wrong number");
        buffer.putInt(trees + 20, 1);
        int hoisted = (int) section(1)[0];
        buffer.putInt(hoisted, 1 << 20);
        assertProblem(hoisted, "placement 0", "a node_modules folder holds an unknown dependency");
    }

    @Test
    void dependenciesOnUnknownPackagesAreRefused() {
        int resolutions = (int) section(2)[0];
        buffer.putInt(resolutions, PACKAGES);
        assertProblem(
                resolutions,
                "package chosen for dependency 0",
                "a dependency is resolved to a package that does not exist");
    }

    @Test
    void sectionsOfNewerReleasesAreReported() throws Exception {
        int tag = indexOf("cNfGvRsN");
        content[tag] = 'X';
        Lockfile lockfile = LockfileReader.read("bun.lockb", content);
        assertTrue(lockfile.configVersion().isEmpty());
        assertEquals(
                List.of("bun.lockb, byte " + tag + ": a section that only a newer Bun knows, and all after it,"
                        + " does not count: \"XNfGvRsN\"."),
                lockfile.warnings());
    }

    @Test
    void trustedNamesThatAreOnlyHashesAreReported() throws Exception {
        int tag = indexOf("tRuStEDd");
        int start = (int) buffer.getLong(tag + 8);
        buffer.putInt(start, 0x12345678);
        assertTrue(LockfileReader.read("bun.lockb", content)
                .warnings()
                .get(0)
                .contains("1 of 1 trusted dependencies are recorded as hashes of names that are not in the lockfile"));
    }

    @Test
    void whatFollowsTheEndIsIgnored() throws Exception {
        byte[] longer = Arrays.copyOf(content, content.length + 1000);
        Arrays.fill(longer, content.length, longer.length, (byte) 0xAA);
        assertEquals(LockfileReader.read("a", content), LockfileReader.read("a", longer));
    }

    @ParameterizedTest
    @ValueSource(ints = {42, 100, 125, 126, 500, 5000, 12000, 20000})
    void aTruncatedFileIsRefused(int length) {
        content = Arrays.copyOf(content, length);
        String problem = problem();
        assertTrue(problem.matches("(?s)bun\\.lockb, byte [0-9]+(, .*)?: .*; restore the file .*"), problem);
    }

    @Test
    void twoPackagesAtOnePlaceAreRefused() {
        int hoisted = (int) section(1)[0];
        int dependencies = (int) section(3)[0];
        // the second entry at the top gets the name of the first
        buffer.putLong(
                dependencies + 26 * buffer.getInt(hoisted + 8),
                buffer.getLong(dependencies + 26 * buffer.getInt(hoisted + 12)));
        assertTrue(problem().contains("two packages stand at the same place in node_modules"));
    }

    private long[] section(int index) {
        int[] sizes = {20, 4, 4, 26, 16, 1};
        int position = (int) buffer.getLong(118);
        for (int i = 0; ; i++) {
            long start = buffer.getLong(position);
            long end = buffer.getLong(position + 8);
            if (i == index) {
                return new long[] {start, (end - start) / sizes[i]};
            }
            position = (int) end;
        }
    }

    private int row(String id) {
        try {
            String place = LockfileReader.read("bun.lockb", Files.readAllBytes(FIXTURE)).packages().values().stream()
                    .filter(entry -> entry.id().toString().equals(id))
                    .findFirst()
                    .orElseThrow()
                    .place()
                    .toString();
            return Integer.parseInt(place.substring(place.lastIndexOf(' ') + 1));
        } catch (OcnixException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private int indexOf(String tag) {
        return new String(content, StandardCharsets.ISO_8859_1).indexOf(tag);
    }

    private String problem() {
        return assertThrows(OcnixException.class, () -> LockfileReader.read("bun.lockb", content))
                .getMessage();
    }

    private void assertProblem(int offset, String where, String expected) {
        String problem = problem();
        assertTrue(problem.startsWith("bun.lockb, byte " + offset + ", " + where + ": " + expected), problem);
    }
}
