package dev.ocnix.lockfile.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.report.inspect.YarnPrint;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.NeedsNetwork;
import dev.ocnix.testing.PackageTarball;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lockfiles that Bun wrote, with what it leaves undefined in its memory or migrates entry by entry; Bun's print judges. */
@NeedsBun
@NeedsNetwork
class MutatedLockfilesTest {
    private static final String JUDGE = "1.3.14";
    private static final byte UNDEFINED = (byte) 0xAA;
    private static final int PROD = 0x02;
    private static final int PEER = 0x10;
    private static final int OPTIONAL_PEER = 0x14;

    @TempDir
    Path folder;

    /** Where the parts of a file are. */
    private static final class Parts {
        private static final int[] BUFFERS = {20, 4, 4, 26, 16, 1};

        private final byte[] content;
        private final ByteBuffer buffer;
        private final int packages;
        private final int resolutions;
        private final int resolutionSize;

        Parts(String writer) throws IOException {
            content = Files.readAllBytes(Path.of(
                    System.getProperty("basedir", ""),
                    "src/test/projects/lockfiles/assorted/lockfiles/" + writer + "/bun.lockb"));
            buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
            packages = (int) buffer.getLong(86);
            resolutions = (int) buffer.getLong(110) + 16 * packages;
            resolutionSize = buffer.getInt(42) == 2 ? 64 : 72;
        }

        /** The first element of a buffer that has these bits in a byte; of others than dependencies the first one. */
        int element(int index, int behavior) {
            return start(index) + BUFFERS[index] * dependency(behavior);
        }

        int dependency(int behavior) {
            int dependencies = start(3);
            for (int i = 0; ; i++) {
                int target = buffer.getInt(start(2) + 4 * i);
                // a member's have one bit more in files of Bun 1.1
                if ((buffer.get(dependencies + 26 * i + 16) & ~0x20) == behavior
                        && (behavior == OPTIONAL_PEER || (target >= 0 && target < packages))) {
                    return i;
                }
            }
        }

        int start(int index) {
            int position = (int) buffer.getLong(118);
            for (int i = 0; i < index; i++) {
                position = (int) buffer.getLong(position + 8);
            }
            return (int) buffer.getLong(position);
        }

        /** The first package with a kind of resolution. */
        int row(int kind) {
            for (int i = 0; ; i++) {
                if (content[resolutions + i * resolutionSize] == kind) {
                    return i;
                }
            }
        }

        int resolution(int kind) {
            return resolutions + row(kind) * resolutionSize;
        }

        int meta(int kind) {
            return resolutions + packages * (resolutionSize + 16) + row(kind) * 88;
        }

        int bin(int kind) {
            return resolutions + packages * (resolutionSize + 16 + 88) + row(kind) * 20;
        }

        void undefine(int start, int length) {
            Arrays.fill(content, start, start + length, UNDEFINED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.1.38, required",
        "1.1.38, peer",
        "1.1.38, optional peer",
        "1.1.38, stray peer",
        "1.1.38, place",
        "1.1.38, no place",
        "1.1.38, padding",
        "1.1.38, unknown integrity",
        "1.1.38, bin",
        "1.1.38, member",
        "1.3.14, required",
        "1.3.14, peer",
        "1.3.14, optional peer",
        "1.3.14, stray peer",
        "1.3.14, place",
        "1.3.14, no place",
        "1.3.14, padding",
        "1.3.14, unknown integrity",
        "1.3.14, bin",
        "1.3.14, member",
    })
    void whatBunLeavesUndefinedIsReadAsBunReadsIt(String writer, String what) throws Exception {
        Parts parts = new Parts(writer);
        switch (what) {
            case "required" -> parts.undefine(parts.element(2, PROD), 4);
            case "peer" -> parts.undefine(parts.element(2, PEER), 4);
            case "optional peer" -> parts.undefine(parts.element(2, OPTIONAL_PEER), 4);
            case "stray peer" -> parts.buffer.putInt(parts.element(2, OPTIONAL_PEER), parts.packages + 3);
            case "place" -> parts.undefine(parts.start(1), 4);
            case "no place" -> parts.buffer.putInt(parts.start(1), -1);
            case "padding" -> {
                for (int kind : new int[] {1, 4, 8, 72, 80}) {
                    parts.undefine(parts.resolution(kind) + 1, 7);
                    parts.undefine(parts.resolution(kind) + 16, parts.resolutionSize - 16);
                    parts.undefine(parts.meta(kind) + 1, 1);
                    parts.undefine(parts.meta(kind) + 86, 2);
                    parts.undefine(parts.bin(kind) + 1, 3);
                }
            }
            case "unknown integrity" -> parts.undefine(parts.meta(2) + 20, 65);
            case "bin" -> parts.undefine(parts.bin(2), 20);
            default -> parts.undefine(parts.meta(72) + 2, 4);
        }
        assertPrintedAsBunDoes(parts.content);
    }

    /** Bun 1.4 refuses it, and so do we, although older ones print it. */
    @Test
    void aDependencyOnAPackageBeyondTheEndStaysAnError() throws Exception {
        Parts parts = new Parts("1.3.14");
        parts.buffer.putInt(parts.element(2, PROD), parts.packages + 3);
        Path file = Files.write(folder.resolve("bun.lockb"), parts.content);
        assertEquals(0, print(JUDGE, file).exit());
        assertEquals(1, print("1.4.5", file).exit());
        assertThrows(OcnixException.class, () -> LockfileReader.read("bun.lockb", parts.content));
    }

    /** Npm leaves fields out of some entries of its lockfiles, and Bun takes over each entry as a package of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"1.1.38", "1.3.14"})
    void oneRecordCompletesAnother(String version) throws Exception {
        try (LoopbackRegistry registry = LoopbackRegistry.start()) {
            PackageTarball twice = PackageTarball.of("twice", "1.0.0").build();
            PackageTarball user = PackageTarball.of("user", "1.0.0")
                    .dependency("twice", "1.0.0")
                    .build();
            PackageTarball other = PackageTarball.of("twice", "2.0.0").build();
            for (PackageTarball tarball : new PackageTarball[] {twice, user, other}) {
                registry.publish(tarball);
            }
            String integrity = "\"integrity\": \"" + twice.integrity() + "\"";
            String sha1 = "\"integrity\": \"" + twice.integrity("SHA-1") + "\"";
            String more = "\"os\": [\"darwin\"], \"hasInstallScript\": true";
            String bin = "\"bin\": { \"twice\": \"cli.js\" }";
            String[][] pairs = {
                {integrity, bin}, {bin, integrity}, {integrity, integrity + ", " + more}, {sha1, integrity}
            };
            for (String[] pair : pairs) {
                Path file = migrate(Bun.version(version), registry, user, other, twice, pair);
                byte[] content = Files.readAllBytes(file);
                Lockfile lockfile = LockfileReader.read("bun.lockb", content);
                var found = Optional.ofNullable(lockfile.packages().get(new PackageId("twice", "1.0.0")))
                        .orElseThrow();
                assertEquals(Optional.of(twice.integrity()), found.integrity().map(Object::toString));
                assertEquals(Constraint.unrestricted(), found.os());
                assertEquals(
                        String.join("", pair).contains("\"bin\""), !found.bin().equals(Bin.none()));
                assertTrue(
                        lockfile.placements()
                                .containsKey(PlacementKey.top("two").child("twice")),
                        file::toString);
                assertPrintedAsBunDoes(content);
            }
        }
    }

    private Path migrate(
            Bun bun,
            LoopbackRegistry registry,
            PackageTarball user,
            PackageTarball top,
            PackageTarball twice,
            String[] pair)
            throws IOException {
        Path project = Files.createTempDirectory(folder, "migrated");
        String manifest = "{ \"name\": \"migrated\", \"version\": \"1.0.0\", \"dependencies\":"
                + " { \"twice\": \"2.0.0\", \"one\": \"npm:user@1.0.0\", \"two\": \"npm:user@1.0.0\" } }";
        Files.writeString(project.resolve("package.json"), manifest);
        Files.writeString(project.resolve("bunfig.toml"), "[install]\nsaveTextLockfile = false\n");
        var entries = new TreeMap<String, String>();
        entries.put("", manifest);
        entries.put("node_modules/twice", entry(registry, top, "\"integrity\": \"" + top.integrity() + "\""));
        String needs = "\"name\": \"user\", \"dependencies\": { \"twice\": \"1.0.0\" }, \"integrity\": \""
                + user.integrity() + "\"";
        for (int i = 0; i < pair.length; i++) {
            String parent = "node_modules/" + (i == 0 ? "one" : "two");
            entries.put(parent, entry(registry, user, needs));
            entries.put(parent + "/node_modules/twice", entry(registry, twice, pair[i]));
        }
        StringBuilder lock = new StringBuilder("{ \"name\": \"migrated\", \"version\": \"1.0.0\","
                + " \"lockfileVersion\": 3, \"requires\": true, \"packages\": {");
        entries.forEach((place, entry) -> lock.append(place.isEmpty() ? "" : ",")
                .append("\n\"")
                .append(place)
                .append("\": ")
                .append(entry));
        Files.writeString(project.resolve("package-lock.json"), lock + "} }");
        bun.from(registry.url() + "/", project, "install", "--ignore-scripts").runOrFail();
        return project.resolve("bun.lockb");
    }

    private static String entry(LoopbackRegistry registry, PackageTarball tarball, String fields) {
        return "{ \"version\": \"" + tarball.version() + "\", \"resolved\": \"" + registry.url(tarball) + "\", "
                + fields + " }";
    }

    private void assertPrintedAsBunDoes(byte[] content) throws Exception {
        Path file = Files.write(folder.resolve("bun.lockb"), content);
        StringBuilder ours = new StringBuilder();
        YarnPrint.print(LockfileReader.list("bun.lockb", content).listing(), ours);
        assertEquals(print(JUDGE, file).out(), ours.toString());
    }

    private static Command.Result print(String version, Path file) throws IOException {
        return Bun.version(version).in(file.getParent(), "bun.lockb").run();
    }
}
