package dev.ocnix.lockfile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.SyntheticLockfile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to cost much time or memory: refused early, or read within both. */
class HostileFilesTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[],",
                "{},",
                "0,",
                "\"\",",
                "{\"\":0},",
                "[[0]],",
                "{\"\":{\"\":0}},",
                "//\n",
                "{\"a\":0,\"a\":0},"
            })
    void textsOfManySmallValuesAreReadOrRefusedInAFractionOfTheHeap(String unit) {
        byte[] text = ("{\"x\":[" + unit.repeat((16 << 20) / unit.length()) + "]}").getBytes(US_ASCII);
        refused("bun.lock", text);
    }

    @Test
    void manyKeysThatHashAlikeCostNoQuadraticTime() {
        StringBuilder text = new StringBuilder("{\"lockfileVersion\":1,\"workspaces\":{\"\":{}},\"packages\":{");
        for (int i = 0; i < 1 << 15; i++) {
            for (int bit = 0; bit < 15; bit++) {
                text.append(bit == 0 ? "\"" : "").append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("\":[\"a@1.0.0\",\"\",{},\"\"],");
        }
        assertTimeoutPreemptively(
                SOON,
                () -> LockfileReader.read(
                        "bun.lock", text.append("}}").toString().getBytes(US_ASCII)));
    }

    /** Ranges of eight bytes whose product with the multiplier of our own table begins alike. */
    @Test
    void stringsThatCollideAreRefused() {
        int packages = 20_000;
        byte[] file = SyntheticLockfile.of(packages);
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long inverse = SPREAD;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - SPREAD * inverse;
        }
        int ranges = dependencies(buffer) + 18;
        for (int row = 0, candidate = 1; row < packages; candidate++) {
            long raw = candidate * inverse;
            if (raw > 0) {
                buffer.putLong(ranges + row++ * 26, raw);
            }
        }
        String problem = refused("bun.lockb", file);
        assertTrue(problem.contains("the strings are chosen to slow a reader down"), problem);
    }

    /** Where the fourth array begins. */
    private static int dependencies(ByteBuffer buffer) {
        int position = (int) buffer.getLong(118);
        for (int i = 0; i < 3; i++) {
            position = (int) buffer.getLong(position + 8);
        }
        return (int) buffer.getLong(position);
    }

    @Test
    void morePackagesThanAnyProjectHasAreRefused() {
        int packages = 132_000;
        byte[] file = Arrays.copyOf(Arrays.copyOf(SyntheticLockfile.of(1), 128), 128 + packages * 212);
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(78, file.length).putLong(86, packages).putLong(118, file.length);
        String problem = refused("bun.lockb", file);
        assertTrue(problem.contains("132000 packages are more than the 131072 that are read"), problem);
    }

    @Test
    void stringsThatAllSpanThePoolAreRefused() {
        int packages = 20_000;
        byte[] file = SyntheticLockfile.of(packages);
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 1; row <= packages; row++) {
            buffer.putInt(128 + row * 8, row);
            buffer.putInt(128 + row * 8 + 4, 60_000 | 1 << 31);
        }
        refused("bun.lockb", file);
    }

    @Test
    void deepPlacesWithManyEdgesCostLittle() {
        StringBuilder text = new StringBuilder("{\"lockfileVersion\":2,\"workspaces\":{\"\":{}},\"packages\":{");
        String tuple = "[\"x@1.0.0\",\"\",{\"optionalDependencies\":{\"0\":\"1\"";
        for (int i = 1; i < 100; i++) {
            tuple += ",\"" + i + "\":\"1\"";
        }
        String deep = "a" + "/a".repeat(500);
        text.append("\"x\":").append(tuple).append("}},\"\"],");
        for (int i = 0; i < 290; i++) {
            text.append("\"").append(deep).append("/b").append(i).append("\":[\"x@1.0.0\",\"\",{},\"\"],");
        }
        byte[] file = text.append("}}").toString().getBytes(US_ASCII);
        assertTimeoutPreemptively(SOON, () -> LockfileReader.read("bun.lock", file));
    }

    @Test
    void aChainOfFoldersIsBounded() {
        byte[] nested = "{\"a\":".repeat(1 << 20).getBytes(US_ASCII);
        assertTrue(refused("bun.lock", nested).contains("nested deeper than 64 levels"));
    }

    private static String refused(String name, byte[] content) {
        return assertTimeoutPreemptively(
                        SOON, () -> assertThrows(OcnixException.class, () -> LockfileReader.read(name, content)))
                .getMessage();
    }
}
