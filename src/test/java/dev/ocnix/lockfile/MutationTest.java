package dev.ocnix.lockfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lockfiles damaged at random: each is read, or refused with one sentence, and nothing else happens. */
class MutationTest {
    private static final Path PROJECTS =
            Path.of(System.getProperty("basedir", ""), "src", "test", "projects", "lockfiles");
    private static final int ROUNDS = 2000;
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "'",
            "//",
            "/*",
            "*/",
            "\\",
            "\\u0000",
            "null",
            "true",
            "0x",
            "-1",
            "1e999",
            "@",
            "/",
            "..",
            "!",
            "none",
            "#",
            "\"\"",
            "workspace:",
            "link:",
            "file:",
            "git+",
            "github:",
            "sha512-",
            "bundled",
            "optionalPeers",
            "packages",
            "\u0000",
            "\n",
            "\ufeff",
            "\ud800");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assorted/lockfiles/1.1.38/bun.lockb",
                "assorted/lockfiles/1.3.14/bun.lockb",
                "modern/lockfiles/1.4.5/bun.lockb"
            })
    @Timeout(20)
    void damagedBinaryFilesAreReadOrRefused(String file) throws IOException {
        byte[] whole = Files.readAllBytes(PROJECTS.resolve(file));
        Random random = new Random(42);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutant = whole.clone();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                int at = random.nextInt(mutant.length);
                byte value = (byte) random.nextInt();
                int run = random.nextInt(10) == 0 ? 8 : 1;
                for (int j = at; j < Math.min(at + run, mutant.length); j++) {
                    mutant[j] = switch (round % 3) {
                        case 0 -> value;
                        case 1 -> (byte) 0xFF;
                        default -> (byte) (mutant[j] ^ 1 << (value & 7));
                    };
                }
            }
            refused += refused(mutant);
        }
        assertTrue(refused > ROUNDS / 20, "hardly anything was refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"assorted/lockfiles/1.3.14/bun.lock", "modern/lockfiles/1.4.5/bun.lock"})
    @Timeout(20)
    void damagedTextFilesAreReadOrRefused(String file) throws IOException {
        String whole = Files.readString(PROJECTS.resolve(file));
        Random random = new Random(42);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder mutant = new StringBuilder(whole);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                int at = random.nextInt(mutant.length());
                int end = Math.min(at + random.nextInt(6), mutant.length());
                mutant.replace(at, end, TOKENS.get(random.nextInt(TOKENS.size())));
            }
            refused += refused(mutant.toString().getBytes(UTF_8));
        }
        assertTrue(refused > ROUNDS / 2, "hardly anything was refused");
    }

    private static int refused(byte[] mutant) {
        try {
            LockfileReader.read("lockfile", mutant);
            return 0;
        } catch (OcnixException e) {
            String sentence = e.getMessage();
            assertTrue(sentence.startsWith("lockfile") && sentence.endsWith(".") && !sentence.contains("\n"), sentence);
            return 1;
        }
    }
}
