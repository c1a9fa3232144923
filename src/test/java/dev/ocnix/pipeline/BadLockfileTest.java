package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Monorepo;
import dev.ocnix.testing.PackageTarball;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lockfile that cannot be read leaves the old tree as it was and nothing is downloaded for it. */
class BadLockfileTest {
    @TempDir
    Path folder;

    private final PackageTarball left = World.left();
    private World world;

    @BeforeEach
    void open() throws Exception {
        world = World.of(folder, left, World.right());
        world.commit();
        world.generate();
        world.forgetRequests();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String refusalOf(String tag) {
        world.release(tag);
        String refusal = world.refusal();
        assertEquals(List.of(), world.registry.requests());
        return refusal;
    }

    @Test
    void aSourceWithoutALockfileSaysWhereOneWasLookedFor() throws Exception {
        Files.move(
                world.source.resolve("bun.lock"),
                Files.createDirectory(world.source.resolve("sub")).resolve("bun.lock"));
        String refusal = refusalOf("v2");
        assertTrue(refusal.contains("neither bun.lock nor bun.lockb") && refusal.contains("ocnix.lockfile"), refusal);
        assertTrue(refusal.contains("sub/bun.lock"), refusal);
    }

    @Test
    void aLockfileThatTheUserNamesAndTheSourceLacksIsNamed() {
        world.lockfile = Optional.of("elsewhere/bun.lock");
        String refusal = refusalOf("v2");
        assertTrue(refusal.contains("elsewhere/bun.lock") && refusal.contains("ocnix.lockfile"), refusal);
    }

    @Test
    void ofTwoLockfilesTheTextOneWinsAndTheRunSaysSo() throws Exception {
        world.write("bun.lockb", "not even a lockfile");
        world.release("v2");
        world.generate();
        assertTrue(world.infos.stream().anyMatch(line -> line.contains("bun.lock wins")), () -> world.infos.toString());
    }

    @Test
    void aTruncatedTextLockfileIsRefusedWithALine() throws Exception {
        String text = Files.readString(world.source.resolve("bun.lock"));
        world.write("bun.lock", text.substring(0, text.indexOf("\"packages\"") + 40));
        String refusal = refusalOf("v2");
        assertTrue(refusal.startsWith("bun.lock, line 7, column "), refusal);
    }

    @Test
    void aCorruptTextLockfileIsRefusedWithALine() throws Exception {
        world.relock("\"left@1.0.0\"", "left@1.0.0");
        assertTrue(refusalOf("v2").startsWith("bun.lock, line 7, column "));
        world.relock("left@1.0.0", "{}");
        assertTrue(refusalOf("v3").startsWith("bun.lock, line 7, column "));
        world.write("bun.lock", "");
        assertTrue(refusalOf("v4").startsWith("bun.lock, line 1"));
        world.write("bun.lock", "<<<<<<< HEAD\n{");
        assertTrue(refusalOf("v5").startsWith("bun.lock, line 1"));
    }

    /** The registry serves another tarball under the version, as nobody could notice without the hash. */
    @Test
    void aHashThatNobodyCanReadIsRefusedWithItsPackage() throws Exception {
        String before = left.integrity();
        world.relock(before, "SHA512-" + before.substring("sha512-".length()));
        world.release("v2");
        String refusal = world.refusal();
        assertTrue(refusal.startsWith("bun.lock, line 7, column "), refusal);
        assertTrue(refusal.contains("left@1.0.0") || refusal.contains("\"left\""), refusal);
        assertTrue(refusal.contains("SHA512-"), refusal);
    }

    @Test
    void aDamagedBinaryLockfileIsRefusedWithAnOffset() throws Exception {
        Files.delete(world.source.resolve("bun.lock"));
        byte[] whole = Files.readAllBytes(Monorepo.lockfile("1.3.14", "bun.lockb"));
        Path lockfile = world.source.resolve("bun.lockb");
        // the header says where the data ends; zeros follow
        int end = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(78);
        int tag = 2;
        for (int length : List.of(0, 30, 60, 200, end / 2, end - 1)) {
            Files.write(lockfile, Arrays.copyOf(whole, length));
            String refusal = refusalOf("v" + tag++);
            assertTrue(refusal.matches("bun\\.lockb, byte \\d+(, [^:]+)?: .*"), refusal);
        }
        byte[] corrupt = whole.clone();
        Arrays.fill(corrupt, 100, 400, (byte) 0xff);
        Files.write(lockfile, corrupt);
        String refusal = refusalOf("v" + tag);
        assertTrue(refusal.matches("bun\\.lockb, byte \\d+(, [^:]+)?: .*"), refusal);
    }

    @Test
    void aNewerFormatIsNamedWithThoseThatAreRead() throws Exception {
        world.relock("\"lockfileVersion\": 1", "\"lockfileVersion\": 4");
        String refusal = refusalOf("v2");
        assertTrue(refusal.contains("lockfileVersion 4") && refusal.contains("0 to 3"), refusal);
        Files.delete(world.source.resolve("bun.lock"));
        byte[] binary = Files.readAllBytes(Monorepo.lockfile("1.3.14", "bun.lockb"));
        int version = "#!/usr/bin/env bun\nbun-lockfile-format-v0\n".length();
        assertEquals(3, binary[version] & 0xff);
        binary[version] = 4;
        Files.write(world.source.resolve("bun.lockb"), binary);
        refusal = refusalOf("v3");
        assertTrue(refusal.contains("format 4") && refusal.contains("2 and 3"), refusal);
    }

    @Test
    void twoEntriesOfOnePackageThatDisagreeAreBothShown() throws Exception {
        String other = World.right().integrity();
        world.relock(
                "  \"packages\": {\n",
                "  \"packages\": {\n    \"@scope/right/left\": [\"left@1.0.0\", \"\", {}, \"" + other + "\"],\n");
        String refusal = refusalOf("v2");
        assertTrue(refusal.contains("left@1.0.0"), refusal);
        assertTrue(refusal.contains("line 7") && refusal.contains(other), refusal);
        assertTrue(refusal.contains("line 8") && refusal.contains(left.integrity()), refusal);
    }

    @Test
    void aDependencyThatTheLockfileDoesNotPlaceIsNamed() throws Exception {
        world.relock("    \"left\": [\"left@1.0.0\", \"\", {}, \"" + left.integrity() + "\"],\n", "");
        String refusal = refusalOf("v2");
        assertTrue(refusal.contains("left") && refusal.contains("bun install"), refusal);
    }

    @Test
    void aManifestThatIsMissingOrBrokenIsNamed() throws Exception {
        world.write("package.json", "{");
        assertTrue(refusalOf("v2").contains("package.json"));
        Files.delete(world.source.resolve("package.json"));
        assertTrue(refusalOf("v3").contains("package.json"));
    }
}
