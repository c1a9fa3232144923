package dev.ocnix.fetch.tarball;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsBun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An archive that means other files to another program is refused; one that is taken means the same to Bun and to GNU tar. */
class TarRulesTest {
    private static final String MANIFEST = "{\"name\":\"p\",\"version\":\"1.0.0\"}";

    @TempDir
    private Path folder;

    /** Blocks of an archive, put together by hand. */
    private static final class Blocks {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Blocks() {
            entry('0', "package/package.json", MANIFEST);
        }

        Blocks entry(char type, String name, String content) {
            return entry(type, name, content, "", content.getBytes(UTF_8).length);
        }

        Blocks entry(char type, String name, String content, String link, long size) {
            byte[] header = new byte[512];
            put(header, 0, name);
            put(header, 100, "0000644");
            put(header, 108, "0000000");
            put(header, 116, "0000000");
            put(header, 124, String.format("%011o", size));
            put(header, 136, "00000000000");
            header[156] = (byte) type;
            put(header, 157, link);
            put(header, 257, "ustar\0" + "00");
            Arrays.fill(header, 148, 156, (byte) ' ');
            int sum = 0;
            for (byte one : header) {
                sum += one & 0xff;
            }
            put(header, 148, String.format("%06o\0 ", sum));
            bytes.writeBytes(header);
            byte[] body = content.getBytes(UTF_8);
            bytes.writeBytes(Arrays.copyOf(body, (body.length + 511) / 512 * 512));
            return this;
        }

        private static void put(byte[] header, int at, String text) {
            byte[] value = text.getBytes(UTF_8);
            System.arraycopy(value, 0, header, at, value.length);
        }

        Blocks pax(char type, String... records) {
            StringBuilder text = new StringBuilder();
            for (String record : records) {
                int length = record.length() + 3;
                int digits = String.valueOf(length + 1).length();
                length = record.length() + 2 + digits;
                text.append(length).append(' ').append(record).append('\n');
            }
            return entry(type, "PaxHeader", text.toString());
        }

        Blocks zeros(int blocks) {
            bytes.writeBytes(new byte[512 * blocks]);
            return this;
        }

        byte[] end() {
            zeros(2);
            return bytes.toByteArray();
        }
    }

    private static Blocks start() {
        return new Blocks();
    }

    static Stream<Map.Entry<String, byte[]>> odd() {
        Map<String, byte[]> odd = new LinkedHashMap<>();
        for (char type : new char[] {'Z', '9', 'A', 'I', 'N', 'E', 'V', 'M', 'D', 'X', 'a', ' ', 1, 0x7f}) {
            odd.put(
                    "has an entry of the type, twice " + (int) type,
                    start().entry('0', "package/index.js", "good")
                            .entry(type, "package/index.js", "evil")
                            .end());
            odd.put(
                    "has an entry of the type " + (int) type,
                    start().entry(type, "package/evil.node", "\u007fELF").end());
        }
        odd.put("has a sparse file", start().entry('S', "package/index.js", "x").end());
        odd.put(
                "has a sparse file, by pax",
                start().pax('x', "GNU.sparse.major=1")
                        .entry('0', "package/index.js", "x")
                        .end());
        odd.put(
                "has two long names",
                start().entry('L', "long", "package/a.js\0")
                        .entry('L', "long", "package/b.js\0")
                        .entry('0', "package/c.js", "x")
                        .end());
        odd.put(
                "has two names, long and pax",
                start().entry('L', "long", "package/a.node\0")
                        .pax('x', "path=package/b.txt")
                        .entry('0', "package/c.js", "x")
                        .end());
        odd.put(
                "has two names, pax and long",
                start().pax('x', "path=package/b.txt")
                        .entry('L', "long", "package/a.node\0")
                        .entry('0', "package/c.js", "x")
                        .end());
        odd.put(
                "has two extended headers",
                start().pax('x', "path=package/b.txt")
                        .pax('x', "path=package/a.node")
                        .entry('0', "package/c.js", "x")
                        .end());
        odd.put(
                "has a name or a size for all",
                start().pax('g', "path=package/b.txt")
                        .entry('0', "package/c.node", "x")
                        .end());
        odd.put(
                "has a name or a size for all, size",
                start().pax('g', "size=1").entry('0', "package/c.node", "xyz").end());
        odd.put(
                "has a link or a folder with content",
                start().entry('1', "package/b.js", "evil", "package/package.json", 4)
                        .end());
        odd.put(
                "has a link or a folder with content, link",
                start().entry('2', "package/b.js", "x", "a", 1).end());
        odd.put(
                "has a link or a folder with content, folder",
                start().entry('5', "package/b/", "x", "", 1).end());
        odd.put(
                "has a folder with content",
                start().entry('0', "package/b/", "x").end());
        odd.put(
                "has something behind a lone block of zeros",
                start().zeros(1).entry('0', "package/b.js", "x").end());
        odd.put(
                "makes a file and a folder of one name",
                start().entry('0', "package/b", "x")
                        .entry('0', "package/b/c.js", "x")
                        .end());
        odd.put(
                "makes a file and a folder of one name, other order",
                start().entry('0', "package/b/c.js", "x")
                        .entry('0', "package/b", "x")
                        .end());
        odd.put(
                "makes a file and a folder of one name, explicit",
                start().entry('5', "package/b/", "").entry('0', "other/b", "x").end());
        odd.put("has \"..\" in its path", start().entry('0', "../index.js", "x").end());
        return odd.entrySet().stream();
    }

    static Stream<Map.Entry<String, byte[]>> plain() {
        Map<String, byte[]> plain = new LinkedHashMap<>();
        String name = "package/" + "long/".repeat(30) + "a.js";
        plain.put(
                "long name",
                start().entry('L', "long", name + "\0").entry('0', "cut", "x").end());
        plain.put(
                "pax name",
                start().pax('x', "path=" + name, "mtime=1.5")
                        .entry('0', "cut", "x")
                        .end());
        plain.put(
                "size by pax",
                start().pax('x', "size=3").entry('0', "package/a.js", "xyz").end());
        plain.put(
                "comment",
                start().pax('g', "comment=" + "1".repeat(40))
                        .entry('0', "package/a.js", "x")
                        .end());
        plain.put("old type", start().entry('\0', "package/a.js", "x").end());
        plain.put("contiguous", start().entry('7', "package/a.js", "x").end());
        plain.put(
                "folders",
                start().entry('5', "package/b/", "")
                        .entry('0', "package/b/a.js", "x")
                        .end());
        plain.put(
                "file twice",
                start().entry('0', "package/a.js", "x")
                        .entry('0', "package/a.js", "y")
                        .end());
        plain.put(
                "rubbish at the end",
                start().zeros(2).entry('Z', "package/a.js", "x").end());
        return plain.entrySet().stream();
    }

    /** Notes all that it is shown. */
    private record Recorder(SortedMap<String, String> seen) implements PackageVisitor {
        @Override
        public void file(String path, boolean executable, long size, InputStream content) throws IOException {
            seen.put(path, new String(content.readAllBytes(), UTF_8));
        }

        @Override
        public AddonFacts finish(PackageManifest manifest) {
            return AddonFacts.nothing();
        }
    }

    @ParameterizedTest
    @MethodSource("odd")
    void whatMeansOtherFilesToOtherProgramsIsRefused(Map.Entry<String, byte[]> odd) {
        TarballProblem problem = assertThrows(
                TarballProblem.class,
                () -> new TarballReader(any -> new Recorder(new TreeMap<>()), warning -> {})
                        .read(
                                new PackageId("p", "1.0.0"),
                                "p.tgz",
                                Optional.empty(),
                                new ByteArrayInputStream(odd.getValue())));
        String part = odd.getKey().replaceFirst("(,.*| \\d+)$", "");
        assertTrue(problem.getMessage().contains(part), problem.getMessage());
    }

    private static SortedMap<String, String> files(Path root) throws Exception {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(path).toString(), Files.readString(path));
            }
        }
        files.remove(".bun-tag");
        return files;
    }

    @NeedsBun
    @ParameterizedTest
    @MethodSource("plain")
    void whatIsTakenMeansTheSameToAll(Map.Entry<String, byte[]> plain) throws Exception {
        SortedMap<String, String> seen = new TreeMap<>();
        Path file = Files.write(folder.resolve("p.tar"), plain.getValue());
        new TarEntries(
                        new DigestStream(Files.newInputStream(file), Set.of()),
                        new Recorder(seen),
                        TarballLimits.STANDARD)
                .read();
        Path gnu = Files.createDirectories(folder.resolve("gnu"));
        Command.of("tar", "-xf", file.toString(), "-C", gnu.toString(), "--strip-components=1")
                .run();
        assertEquals(files(gnu), seen, "GNU tar");
        Path project = Files.createDirectories(folder.resolve("project"));
        Command.of("sh", "-c", "gzip -n < ../p.tar > p.tgz").in(project).runOrFail();
        Files.writeString(project.resolve("package.json"), "{\"dependencies\":{\"p\":\"./p.tgz\"}}");
        Bun.version("1.4.5").in(project, "install", "--linker", "hoisted").runOrFail();
        assertEquals(files(project.resolve("node_modules/p")), seen, "Bun");
    }

    @Test
    void theBuilderRefusesWhatOnlyTarTakesForAFile() throws Exception {
        Path odd = Files.write(
                folder.resolve("odd.tar"),
                start().entry('Z', "package/evil.node", "\u007fELF").end());
        Path good = Files.write(
                folder.resolve("good.tar"),
                start().entry('0', "package/index.js", "x").end());
        String unpack =
                ". " + Path.of("nix/lib/unpack.sh").toAbsolutePath() + "; mkdir -p \"$2\"; ocnixUntar \"$1\" \"$2\"";
        Command.Result refused = Command.of("bash", "-euc", unpack, "sh", odd.toString(), folder + "/odd")
                .run();
        assertEquals(1, refused.exit());
        assertTrue(
                refused.err().contains("odd.tar has an entry of a type that only some programs know"), refused.err());
        Command.of("bash", "-euc", unpack, "sh", good.toString(), folder + "/good")
                .runOrFail();
        assertEquals(
                "[index.js, package.json]",
                files(folder.resolve("good")).keySet().toString());
    }
}
