package dev.ocnix.fetch.tarball;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.TarballFacts;
import dev.ocnix.testing.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TarballReaderTest {
    private static final PackageId ID = new PackageId("a", "1.0.0");
    private static final String URL = "https://registry.example/a-1.0.0.tgz";
    private static final String JSON = "{\"name\":\"a\",\"version\":\"1.0.0\",\"license\":\"MIT\"}";

    private final TreeMap<String, String> seen = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();

    private TarballFacts read(byte[] tarball, Optional<Sri> integrity) throws IOException, TarballProblem {
        return read(new ByteArrayInputStream(tarball), integrity, TarballLimits.STANDARD);
    }

    private TarballFacts read(InputStream tarball, Optional<Sri> integrity, TarballLimits limits)
            throws IOException, TarballProblem {
        return new TarballReader(id -> new Recorder(), warnings::add, limits).read(ID, URL, integrity, tarball);
    }

    private static Optional<Sri> sri(byte[] content) {
        return Optional.of(Sri.ofContent(HashAlgorithm.SHA512, content));
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    @Test
    void filesAreSeenWhereBunExtractsThem() throws Exception {
        byte[] tgz = new TarBuilder()
                .file("one/package.json", JSON)
                .file("two/b", "b")
                .file("./package/x", "x")
                .file("one/a/./b//c", "c")
                .file("/abs/e", "e")
                .file("single", "s")
                .file("one/run", "r".getBytes(StandardCharsets.UTF_8), 0755)
                .file("one/back\\slash", "k")
                .file("one/b", "later")
                .link("one/link", "/etc/passwd")
                .link("../../escape", "x")
                .tgz();
        TarballFacts facts = read(tgz, sri(tgz));
        assertEquals(
                "{a/b/c=c, abs/e=e, b=later, back\\slash=k, package.json=" + JSON + ", package/x=x, run=r!}",
                seen.toString());
        assertEquals(Optional.of("MIT"), facts.manifest().license());
        assertEquals(tgz.length, facts.size());
    }

    @Test
    void plainTarAndLongNamesAreRead() throws Exception {
        String name = "n".repeat(300);
        byte[] tar = TarBuilder.npm(JSON).file("package/" + name, "x").tar();
        read(tar, sri(tar));
        assertTrue(seen.containsKey(name));
    }

    @Test
    void allGzipMembersAreReadAlthoughTheConnectionIsSlow() throws Exception {
        byte[] tar = TarBuilder.npm(JSON).file("package/b", "b").tar();
        byte[] first = TarBuilder.gzip(Arrays.copyOf(tar, 700));
        byte[] tgz = join(first, TarBuilder.gzip(Arrays.copyOfRange(tar, 700, tar.length)));
        InputStream slow = new ByteArrayInputStream(tgz) {
            @Override
            public synchronized int available() {
                return 0;
            }

            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, 7));
            }
        };
        read(slow, sri(tgz), TarballLimits.STANDARD);
        assertEquals("b", seen.get("b"));
    }

    @Test
    void bytesBehindTheArchiveBelongToTheHash() throws Exception {
        byte[] tgz =
                join(TarBuilder.npm(JSON).tgz(), "trailing garbage".repeat(9999).getBytes(StandardCharsets.UTF_8));
        TarballFacts facts = read(tgz, sri(tgz));
        assertEquals(sri(tgz).orElseThrow(), facts.sha512());
        assertEquals(tgz.length, facts.size());
    }

    @Test
    void eachAlgorithmOfALockfileIsVerifiedAndTheSha512IsToldAnyway() throws Exception {
        byte[] tgz = TarBuilder.npm(JSON).tgz();
        for (HashAlgorithm algorithm : HashAlgorithm.values()) {
            assertEquals(
                    sri(tgz).orElseThrow(),
                    read(tgz, Optional.of(Sri.ofContent(algorithm, tgz))).sha512());
            assertTrue(assertThrows(
                            TarballProblem.class, () -> read(tgz, Optional.of(Sri.ofContent(algorithm, new byte[0]))))
                    .isMismatch());
        }
    }

    @Test
    void otherBytesAreReportedWithPackageUrlExpectedAndActual() {
        byte[] tgz = TarBuilder.npm(JSON).tgz();
        Sri expected = Sri.ofContent(HashAlgorithm.SHA512, new byte[0]);
        String message = assertThrows(TarballProblem.class, () -> read(tgz, Optional.of(expected)))
                .getMessage();
        for (String part : List.of(
                "a@1.0.0", URL, expected.toString(), sri(tgz).orElseThrow().toString())) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void aPageInPlaceOfATarballIsAMismatchOrABrokenArchive() {
        byte[] page = "<html>not found</html>".repeat(100).getBytes(StandardCharsets.UTF_8);
        assertTrue(assertThrows(TarballProblem.class, () -> read(page, sri(new byte[0])))
                .isMismatch());
        assertFalse(assertThrows(TarballProblem.class, () -> read(page, Optional.empty()))
                .isMismatch());
    }

    @Test
    void aBrokenArchiveWithTheRightHashSaysThatItWasPublishedLikeThat() {
        byte[] tgz = TarBuilder.npm(JSON).tgz();
        byte[] cut = Arrays.copyOf(tgz, tgz.length - 20);
        String message =
                assertThrows(TarballProblem.class, () -> read(cut, sri(cut))).getMessage();
        assertTrue(message.contains("published like that"), message);
    }

    @Test
    void bytesThatStopTooEarlyAreTheConnectionsFault() {
        byte[] tgz = TarBuilder.npm(JSON).tgz();
        byte[] cut = Arrays.copyOf(tgz, tgz.length - 20);
        assertThrows(IOException.class, () -> read(cut, sri(tgz)));
        assertThrows(IOException.class, () -> read(cut, Optional.empty()));
    }

    @Test
    void anEntryThatLeavesThePackageIsAnErrorOfThatPackage() {
        for (String path : List.of("package/../../etc/x", "package/a/../../x", "package/..")) {
            byte[] tgz = TarBuilder.npm(JSON).file(path, "x").tgz();
            String message = assertThrows(TarballProblem.class, () -> read(tgz, sri(tgz)))
                    .getMessage();
            assertTrue(message.contains("\"..\""), message);
        }
    }

    @Test
    void bombsAreStoppedWhereverTheyHide() {
        TarballLimits small = new TarballLimits(50, 4096, 1 << 20, 100, 1 << 16);
        byte[] big = TarBuilder.npm(JSON)
                .file("package/big", new byte[200_000], 0644)
                .tgz();
        assertProblem(big, small, "times its size");
        byte[] huge = TarBuilder.npm(JSON)
                .file("package/big", new byte[2_000_000], 0644)
                .tar();
        assertProblem(huge, small, "more than 1048576 bytes");
        byte[] name = TarBuilder.npm(JSON)
                .file("package/" + "n/".repeat(9000) + "x", "x")
                .tgz();
        assertProblem(name, small, "header of an entry is larger");
        TarBuilder many = TarBuilder.npm(JSON);
        for (int entry = 0; entry < 60; entry++) {
            many.file("package/" + entry, "");
        }
        assertProblem(many.tgz(), small, "more than 50 entries");
    }

    @Test
    void manyEmptyGzipMembersAreReadOneAfterTheOther() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] empty = TarBuilder.gzip(new byte[0]);
        for (int member = 0; member < 200_000; member++) {
            out.write(empty);
        }
        out.write(TarBuilder.npm(JSON).tgz());
        byte[] tgz = out.toByteArray();
        assertEquals(Optional.of("MIT"), read(tgz, sri(tgz)).manifest().license());
    }

    private void assertProblem(byte[] tarball, TarballLimits limits, String part) {
        TarballProblem problem =
                assertThrows(TarballProblem.class, () -> read(new ByteArrayInputStream(tarball), sri(tarball), limits));
        assertTrue(problem.getMessage().contains(part), problem.getMessage());
    }

    @Test
    void aCompressedArchiveWithAnyByteFlippedIsAProblemOrTheSameAndNeverACrash() throws Exception {
        byte[] tgz = TarBuilder.npm(JSON).file("package/b", "b".repeat(200)).tgz();
        readWithEachByteFlipped(tgz, tgz.length);
    }

    private void readWithEachByteFlipped(byte[] file, int length) {
        for (int offset = 0; offset < length; offset++) {
            byte[] broken = file.clone();
            broken[offset] ^= 0x55;
            try {
                read(broken, sri(broken));
            } catch (IOException | TarballProblem expected) {
                assertFalse(expected.getMessage().contains("\n"));
            }
        }
    }

    @Test
    void everyFieldOfAGzipHeaderIsPassedOver() throws Exception {
        byte[] tgz = TarBuilder.npm(JSON).tgz();
        byte[] header = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 'x', 'y', 'n', 0, 'c', 0, 1, 2};
        byte[] rich = join(header, Arrays.copyOfRange(tgz, 10, tgz.length));
        assertEquals(Optional.of("MIT"), read(rich, sri(rich)).manifest().license());
    }

    @Test
    void anySingleFlippedByteIsAProblemAndNeverACrash() {
        readWithEachByteFlipped(TarBuilder.npm(JSON).file("package/b", "b").tar(), 1600);
    }

    @Test
    void aBrokenPackageJsonIsAWarningAndAnEmptyManifest() throws Exception {
        byte[] tgz = TarBuilder.npm("{ not json").tgz();
        assertEquals(PackageManifest.empty(), read(tgz, sri(tgz)).manifest());
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("a@1.0.0"), warnings.get(0));
    }

    /** Reads all it is shown. */
    private final class Recorder implements PackageVisitor {
        @Override
        public void file(String path, boolean executable, long size, InputStream content) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            content.transferTo(bytes);
            assertEquals(size, bytes.size());
            seen.put(path, bytes.toString(StandardCharsets.UTF_8) + (executable ? "!" : ""));
        }

        @Override
        public AddonFacts finish(PackageManifest manifest) {
            return AddonFacts.nothing();
        }
    }
}
