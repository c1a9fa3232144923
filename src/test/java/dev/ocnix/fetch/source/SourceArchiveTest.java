package dev.ocnix.fetch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as others write them, and as nobody should. */
class SourceArchiveTest {
    @TempDir
    Path temporary;

    private Path spools;

    @BeforeEach
    void makeFolder() throws IOException {
        spools = Files.createDirectory(temporary.resolve("spools"));
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        try (Stream<Path> left = Files.list(spools)) {
            assertEquals(0, left.count());
        }
    }

    private static byte[] tar(Consumer<TarBuilder> content) {
        TarBuilder tar = new TarBuilder();
        content.accept(tar);
        return tar.tar();
    }

    private SourceArchive read(byte[] gzip) throws IOException, OcnixException {
        return SourceArchive.read(new ByteArrayInputStream(gzip), "x.tar.gz", spools, TreeLimits.standard());
    }

    private String refusal(Consumer<TarBuilder> content) {
        byte[] archive = TarBuilder.gzip(tar(content));
        return assertThrows(OcnixException.class, () -> read(archive).tree().close())
                .getMessage();
    }

    @Test
    void gnuTarsOwnFormatIsRead() throws Exception {
        Path folder =
                Files.createDirectories(temporary.resolve("top/" + "long-".repeat(30) + "/" + "deep-".repeat(30)));
        Files.writeString(folder.resolve("file"), "content");
        Files.createSymbolicLink(temporary.resolve("top/link"), Path.of("t".repeat(150)));
        Files.writeString(temporary.resolve("top/one"), "1");
        Files.createLink(temporary.resolve("top/two"), temporary.resolve("top/one"));
        temporary.resolve("top/one").toFile().setExecutable(true);
        for (String format : new String[] {"gnu", "posix", "pax"}) {
            Path file = temporary.resolve(format + ".tar.gz");
            Command.of("tar", "czf", file.toString(), "--format=" + format, "-C", temporary.toString(), "./top")
                    .runOrFail();
            try (SourceTree tree = read(Files.readAllBytes(file)).tree()) {
                assertEquals("", Trees.difference(Trees.of(temporary.resolve("top")), Trees.of(tree)), format);
            }
        }
    }

    @Test
    void anArchiveThatUnpacksToMuchIsRefusedEarly() throws Exception {
        byte[] zeros = TarBuilder.gzip(tar(tar -> tar.file("top/zeros", new byte[128 << 20], 0644)));
        String problem = assertThrows(OcnixException.class, () -> read(zeros)).getMessage();
        assertEquals(
                "The archive x.tar.gz unpacks to more than 100 times its size, which no source tree should; pin another"
                        + " revision.",
                problem);
        byte[] announced = tar(tar -> tar.file("top/large", "small"));
        byte[] size = "40000000000".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, announced, 124, size.length);
        Arrays.fill(announced, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += announced[i] & 0xff;
        }
        byte[] checksum = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, announced, 148, checksum.length);
        problem = assertThrows(OcnixException.class, () -> read(TarBuilder.gzip(announced)))
                .getMessage();
        assertEquals(
                "The source from x.tar.gz holds more than 2147483648 bytes, which no source tree should; pin another"
                        + " revision.",
                problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "top/../a",
                "top/./a",
                "top//a",
                "top/.git/config",
                "top/.GIT/config",
                "/top/a",
                "../a",
                "a",
                "top/a/../../b"
            })
    void unsafePathsAreRefused(String path) throws IOException {
        refusal(tar -> {
            tar.file("top/ok", "ok");
            tar.file(path, "x");
        });
    }

    @Test
    void entriesThatContradictEachOtherAreRefused() throws IOException {
        assertTrue(refusal(tar -> {
                    tar.file("top/a", "1");
                    tar.file("top/a", "2");
                })
                .contains("names \"a\" twice"));
        assertTrue(refusal(tar -> {
                    tar.special("top/a", TarConstants.LF_SYMLINK, "/etc");
                    tar.file("top/a/passwd", "x");
                })
                .contains("below something that is no folder"));
        assertTrue(refusal(tar -> {
                    tar.file("top/a", "1");
                    tar.file("other/a", "2");
                })
                .contains("exactly one top folder"));
        assertTrue(refusal(tar -> tar.special("top/a", TarConstants.LF_LINK, "top/none"))
                .contains("no earlier file"));
        assertTrue(
                refusal(tar -> tar.special("top/a", TarConstants.LF_FIFO, "")).contains("no file, folder or link"));
        assertTrue(refusal(tar -> tar.special("top/a", TarConstants.LF_SYMLINK, ""))
                .contains("without a usable target"));
        assertTrue(refusal(tar -> {}).contains("is empty"));
    }

    @Test
    void namesThatNoFileSystemLikesAreKept() throws Exception {
        byte[] archive = TarBuilder.gzip(tar(tar -> {
            tar.file("top/CON", "1");
            tar.file("top/con", "2");
            tar.file("top/a\nb", "3");
            tar.file("top/" + "ü".repeat(200), "4");
        }));
        try (SourceTree tree = read(archive).tree()) {
            assertEquals(4, tree.list("").size());
            assertEquals("2", new String(tree.read("con", 9).orElseThrow(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void anArchiveThatIsCutIsNotMistakenForAWholeOne() throws IOException {
        byte[] whole = tar(tar -> tar.file("top/a", "x".repeat(2000)));
        for (int length = 0; length < 3072; length += 111) {
            byte[] archive = TarBuilder.gzip(Arrays.copyOf(whole, length));
            assertThrows(EOFException.class, () -> read(archive), "cut at " + length);
        }
    }

    @Test
    void randomDamageNeverEscapesAsAnythingElse() throws Exception {
        byte[] whole = tar(tar -> {
            tar.file("top/" + "a".repeat(150), "x".repeat(600));
            tar.special("top/l", TarConstants.LF_SYMLINK, "t");
        });
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = whole.clone();
            for (int n = 0; n <= i % 3; n++) {
                damaged[random.nextInt(4096)] = (byte) random.nextInt(256);
            }
            try (SourceTree tree = read(TarBuilder.gzip(damaged)).tree()) {
                tree.narHash();
            } catch (IOException | OcnixException e) {
                assertTrue(e.getMessage() != null && !e.getMessage().contains("\n"));
            }
        }
    }

    @Test
    void aHugeExtendedHeaderIsRefusedBeforeItIsRead() throws IOException {
        byte[] whole = tar(tar -> tar.special("top/pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC, new byte[3 << 20]));
        byte[] archive = TarBuilder.gzip(whole);
        assertTrue(assertThrows(OcnixException.class, () -> read(archive))
                .getMessage()
                .contains("an extended header of 3145728 bytes at byte 0"));
    }

    @Test
    void theCommitIsThatOfTheGlobalHeader() throws Exception {
        String commit = "0123456789abcdef0123456789abcdef01234567";
        for (String comment : new String[] {commit, "no commit", commit + "\nx"}) {
            byte[] archive = TarBuilder.gzip(tar(tar -> {
                tar.comment(comment);
                tar.file("top/a", "x");
            }));
            SourceArchive read = read(archive);
            read.tree().close();
            assertEquals(comment.equals(commit) ? Optional.of(commit) : Optional.empty(), read.commit());
        }
    }
}
