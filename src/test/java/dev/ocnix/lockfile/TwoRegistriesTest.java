package dev.ocnix.lockfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One name and version from two registries: which one is meant cannot be told from the key of a tree. */
class TwoRegistriesTest {
    private static final String SHA512 = "sha512-" + "A".repeat(86) + "==";

    /** As long as registry.npmjs.org. */
    private static final String OTHER_HOST = "packages.other.org";

    @Test
    void aTextLockfileIsRefusedWithBothKeysAndBothUrls() {
        String text = """
                {
                  "lockfileVersion": 1,
                  "workspaces": { "": { "dependencies": { "a": "1.0.0", "b": "1.0.0" } } },
                  "packages": {
                    "a": ["a@1.0.0", "", { "dependencies": { "x": "1.0.0" } }, ""],
                    "b": ["b@1.0.0", "", { "dependencies": { "x": "1.0.0" } }, ""],
                    "x": ["x@1.0.0", "https://one.example/x-1.0.0.tgz", {}, "SHA"],
                    "b/x": ["x@1.0.0", "https://two.example/x-1.0.0.tgz", {}, "SHA"],
                  }
                }
                """.replace("SHA", SHA512);
        String problem = problem("bun.lock", text.getBytes(StandardCharsets.UTF_8));
        assertTrue(problem.startsWith("bun.lock") && problem.contains("x@1.0.0 has "), problem);
        for (String place : new String[] {"line 7", "\"x\"", "line 8", "\"b/x\""}) {
            assertTrue(problem.contains(place), problem);
        }
        assertTrue(problem.contains(SHA512 + " from https://one.example/x-1.0.0.tgz"), problem);
        assertTrue(problem.contains(SHA512 + " from https://two.example/x-1.0.0.tgz"), problem);
    }

    @Test
    void aBinaryLockfileIsRefusedWithBothRowsAndBothUrls() throws Exception {
        Fixture fixture = new Fixture();
        int one = fixture.row("is-number@7.0.0");
        int two = fixture.row("is-number@6.0.0");
        fixture.makeSeven(two);
        fixture.copyIntegrity(one, two);
        fixture.moveTarball("https://registry.npmjs.org/is-number/-/is-number-6.0.0.tgz");
        String problem = problem("bun.lockb", fixture.content());
        assertTrue(problem.startsWith("bun.lockb") && problem.contains("is-number@7.0.0 has "), problem);
        assertTrue(problem.contains("package " + one) && problem.contains("package " + two), problem);
        assertTrue(problem.contains(" from the default registry"), problem);
        assertTrue(problem.contains(" from https://" + OTHER_HOST + "/is-number/-/is-number-6.0.0.tgz"), problem);
        String integrity = fixture.integrity(one);
        assertEquals(2, problem.split(Pattern.quote(integrity), -1).length - 1, problem);
    }

    private static String problem(String name, byte[] content) {
        return assertThrows(OcnixException.class, () -> LockfileReader.read(name, content))
                .getMessage();
    }

    /** A lockfile of Bun 1.4.5, in which columns follow each other. */
    private static final class Fixture {
        private static final int PACKAGES = 57;
        private static final int RESOLUTIONS = 128 + PACKAGES * 16;
        private static final int METAS = RESOLUTIONS + PACKAGES * (72 + 16);

        private final byte[] original = Files.readAllBytes(Path.of(
                System.getProperty("basedir", ""), "src/test/projects/lockfiles/assorted/lockfiles/1.4.5/bun.lockb"));
        private final ByteBuffer buffer = ByteBuffer.wrap(original.clone()).order(ByteOrder.LITTLE_ENDIAN);

        Fixture() throws IOException {}

        byte[] content() {
            return buffer.array();
        }

        int row(String id) throws OcnixException {
            String place = entry(id).place().toString();
            return Integer.parseInt(place.substring(place.lastIndexOf(' ') + 1));
        }

        String integrity(int row) throws OcnixException {
            for (LockedPackage entry :
                    LockfileReader.read("bun.lockb", original).packages().values()) {
                if (entry.place().toString().endsWith(" " + row)) {
                    return entry.integrity().orElseThrow().toString();
                }
            }
            throw new AssertionError("no package " + row);
        }

        void makeSeven(int row) {
            buffer.putLong(RESOLUTIONS + row * 72 + 16, 7);
        }

        void copyIntegrity(int from, int to) {
            // algorithm and digest end each meta, with three bytes of flags and padding
            buffer.put(METAS + to * 88 + 20, original, METAS + from * 88 + 20, 65);
        }

        void moveTarball(String url) {
            int at = new String(original, StandardCharsets.ISO_8859_1).indexOf(url);
            buffer.put(at + "https://".length(), OTHER_HOST.getBytes(StandardCharsets.US_ASCII));
        }

        private LockedPackage entry(String id) throws OcnixException {
            return LockfileReader.read("bun.lockb", original).packages().values().stream()
                    .filter(entry -> entry.id().toString().equals(id))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
