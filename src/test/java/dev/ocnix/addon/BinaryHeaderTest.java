package dev.ocnix.addon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ocnix.addon.NativeFile.Role;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.testing.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryHeaderTest {
    private static Optional<NativeFile> read(String path, byte[] content) throws IOException {
        return BinaryHeader.read(path, new ByteArrayInputStream(content));
    }

    private static BinaryFile file(String path, byte[] content) throws IOException {
        return read(path, content).orElseThrow().file();
    }

    static void compareWithReadelf(Path binary) throws IOException, InterruptedException {
        Readelf readelf = Readelf.of(binary);
        BinaryFile file = file(binary.getFileName().toString(), Files.readAllBytes(binary));
        assertEquals(readelf.needed(), file.needed());
        assertEquals(readelf.interpreter(), file.interpreter());
        assertEquals(readelf.runpath(), file.runpath());
        assertEquals(List.of(readelf.cpu()), file.cpus());
        assertEquals(readelf.glibc(), file.glibc());
        assertEquals(readelf.glibcxx(), file.glibcxx());
        assertEquals(
                readelf.interpreter().isEmpty() && readelf.needed().isEmpty(),
                file.isStatic()
                        || (!file.path().endsWith(".node") && file.needed().isEmpty()));
    }

    @Test
    void elfFilesAreDescribedAsReadelfDescribesThem(@TempDir Path folder) throws Exception {
        assumeTrue(
                Command.onPath("gcc").isPresent() && Command.onPath("readelf").isPresent(), "no gcc or no readelf");
        Path source =
                Files.writeString(folder.resolve("a.c"), "#include <math.h>\ndouble f(double x){return sin(x);}\n");
        Path main = Files.writeString(folder.resolve("m.c"), "int main(int c,char**v){return c;}\n");
        Command gcc = Command.of("gcc").in(folder);
        gcc.and(
                        "-shared",
                        "-fPIC",
                        "-Wl,--no-as-needed",
                        "-Wl,-rpath,$ORIGIN/lib",
                        "-o",
                        "liba.so",
                        source.toString(),
                        "-lm")
                .runOrFail();
        gcc.and("-o", "program", main.toString()).runOrFail();
        gcc.and("-static", "-o", "static", main.toString()).runOrFail();
        for (String name : List.of("liba.so", "program", "static")) {
            compareWithReadelf(folder.resolve(name));
        }
        damage(Files.readAllBytes(folder.resolve("liba.so")));
        NativeFile library =
                read("x", Files.readAllBytes(folder.resolve("liba.so"))).orElseThrow();
        assertEquals(Role.LIBRARY, library.role());
        assertEquals(Optional.of("glibc"), library.file().libc());
        NativeFile program =
                read("x", Files.readAllBytes(folder.resolve("program"))).orElseThrow();
        assertEquals(Role.EXECUTABLE, program.role());
        NativeFile alone =
                read("x", Files.readAllBytes(folder.resolve("static"))).orElseThrow();
        assertEquals(Role.EXECUTABLE, alone.role());
        assertEquals(Optional.empty(), alone.file().libc());
        gcc.and("-c", "-o", "a.o", source.toString()).runOrFail();
        assertEquals(Optional.empty(), read("a.o", Files.readAllBytes(folder.resolve("a.o"))));
    }

    /** Whatever stands in a real file's tables, reading ends. */
    private static void damage(byte[] original) throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 3_000; round++) {
            byte[] damaged =
                    Arrays.copyOf(original, round % 3 == 0 ? random.nextInt(original.length) : original.length);
            for (int hit = 0; hit < 30 && damaged.length > 64; hit++) {
                damaged[16 + random.nextInt(damaged.length - 16)] = (byte) random.nextInt();
            }
            read("x.so", damaged);
        }
    }

    @Test
    void whatIsAskedForInTimeCanBeReadAgain() throws Exception {
        byte[] file = new byte[10 << 20];
        Arrays.fill(file, 9 << 20, file.length, (byte) 7);
        Window window = new Window(new byte[0], new ByteArrayInputStream(file));
        window.keep(9L << 20, 100);
        assertTrue(window.read((9L << 20) + 5000, 1).isPresent());
        assertEquals(7, window.read((9L << 20) + 99, 1).orElseThrow()[0]);
        assertEquals(Optional.empty(), window.read((9L << 20) + 101, 1));
    }

    @Test
    void libcFollowsFromWhatIsNeeded() throws Exception {
        assertEquals(
                Optional.of("glibc"),
                file("a.node", Binaries.elf(Binaries.X64, "libm.so.6", "libc.so.6"))
                        .libc());
        assertEquals(
                Optional.of("musl"),
                file("a.node", Binaries.elf(Binaries.X64, "libc.musl-x86_64.so.1"))
                        .libc());
        assertEquals(
                Optional.of("musl"),
                file("a.node", Binaries.elf(Binaries.ARM64, "libc.so")).libc());
        assertEquals(
                Optional.empty(), file("a.node", Binaries.elf(Binaries.ARM64)).libc());
        assertEquals(
                List.of("arm64"), file("a.node", Binaries.elf(Binaries.ARM64)).cpus());
    }

    @Test
    void sectionsFarBehindTheHeadAreStillReadAsTheyStreamBy() throws Exception {
        assertEquals(
                List.of("libc.so.6"),
                file("a.node", Binaries.elf(Binaries.X64, 20 << 20, "libc.so.6"))
                        .needed());
    }

    @Test
    void machOAndPeTellSystemAndMachine() throws Exception {
        BinaryFile darwin = file("a.node", Binaries.machO(0x0100000c, 8));
        assertEquals("darwin", darwin.os());
        assertEquals(List.of("arm64"), darwin.cpus());
        assertEquals(
                List.of("arm64", "x64"),
                file("a", Binaries.universal(0x01000007, 0x0100000c)).cpus());
        NativeFile windows = read("a.dll", Binaries.pe(0x8664, true)).orElseThrow();
        assertEquals("win32", windows.file().os());
        assertEquals(List.of("x64"), windows.file().cpus());
        assertEquals(Role.LIBRARY, windows.role());
        assertEquals(
                Role.EXECUTABLE,
                read("a.exe", Binaries.pe(0xaa64, false)).orElseThrow().role());
    }

    @Test
    void whatOnlyLooksNativeIsNot() throws Exception {
        byte[] javaClass = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 61, 0, 9, 1, 1};
        assertEquals(Optional.empty(), read("A.class", javaClass));
        assertEquals(Optional.empty(), read("a.txt", "MZ is a text".repeat(20).getBytes(StandardCharsets.UTF_8)));
        assertEquals(Optional.empty(), read("a.node", new byte[0]));
        assertEquals(Optional.empty(), read("a.node", new byte[] {0x7f, 'E', 'L', 'F'}));
    }

    @Test
    void damagedHeadersAreNeverACrash() throws Exception {
        Random random = new Random(7);
        List<byte[]> originals = List.of(
                Binaries.elf(Binaries.X64, "libc.so.6"),
                Binaries.universal(0x01000007, 0x0100000c),
                Binaries.machO(7, 2),
                Binaries.pe(0x8664, true));
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = originals.get(round % originals.size()).clone();
            for (int hit = 0; hit < 4; hit++) {
                damaged[4 + random.nextInt(Math.min(damaged.length - 4, 320))] = (byte) random.nextInt();
            }
            read("x.node", damaged);
        }
    }
}
