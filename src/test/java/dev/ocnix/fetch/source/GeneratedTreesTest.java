package dev.ocnix.fetch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.TarBuilder;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the hashes of generated archives against what Nix says of them once tar has unpacked them. */
class GeneratedTreesTest {
    private static final int TREES = 250;
    private static final int[] MODES = {0644, 0755, 0600, 0700, 0444, 0555, 0655, 0611, 0744, 0100755, 04711, 0664, 0775
    };
    private static final String[] NAME_PARTS = {
        "a",
        "A",
        "b",
        "B",
        ".",
        "-",
        "~",
        " ",
        "\n",
        "\t",
        "\u0001",
        "\u007f",
        "\"",
        "'",
        "$",
        "\\",
        "*",
        "?",
        "%41",
        "\u00c3\u00a9",
        "e\u00cc\u0081",
        "\u00ff",
        "\u0080",
        "\u00f0\u009f\u0098\u0080",
        "CON",
        ".lock",
        ":",
        "|",
    };
    private static final String[] TARGETS = {"a", "../..", "/nix/store/x", "a//b/", ".", "\u00ff\n", "no where"};

    @TempDir
    Path temporary;

    /** A tree that goes into several archives. */
    private static final class Grower {
        private final Random random;
        private final String top;
        private final TarBuilder[] archives;

        Grower(Random random, String top, TarBuilder... archives) {
            this.random = random;
            this.top = top;
            this.archives = archives;
        }

        void folder(String path, int depth) {
            for (TarBuilder archive : archives) {
                archive.special(top + path + "/", TarConstants.LF_DIR, "");
            }
            Set<String> names = new HashSet<>();
            for (int n = random.nextInt(6); n > 0; n--) {
                String name = name();
                if (names.add(name)) {
                    entry(path + "/" + name, depth);
                }
            }
        }

        private String name() {
            StringBuilder name = new StringBuilder(random.nextInt(12) == 0 ? "long".repeat(40) : "");
            for (int n = random.nextInt(4); n >= 0; n--) {
                name.append(NAME_PARTS[random.nextInt(NAME_PARTS.length)]);
            }
            boolean isDots = name.toString().equals(".") || name.toString().equals("..");
            return isDots ? "dots" : name.toString();
        }

        private void entry(String path, int depth) {
            int kind = random.nextInt(depth < 4 ? 6 : 4);
            if (kind >= 4) {
                folder(path, depth + 1);
                return;
            }
            String target = TARGETS[random.nextInt(TARGETS.length)];
            int mode = MODES[random.nextInt(MODES.length)];
            byte[] content = new byte[random.nextInt(10) == 0 ? 70_000 + random.nextInt(9) : random.nextInt(20)];
            random.nextBytes(content);
            for (TarBuilder archive : archives) {
                if (kind == 0) {
                    archive.link(top + path, target);
                } else {
                    archive.file(top + path, content, mode);
                }
            }
        }
    }

    @NeedsNix
    @Test
    void theHashOfEveryGeneratedTreeIsNixs() throws Exception {
        TarBuilder all = TarBuilder.ofByteNames();
        List<String> ours = new ArrayList<>();
        List<Path> trees = new ArrayList<>();
        for (int seed = 0; seed < TREES; seed++) {
            TarBuilder one = TarBuilder.ofByteNames();
            new Grower(new Random(seed), "t" + seed, all, one).folder("", 0);
            SourceArchive archive = SourceArchive.read(
                    new ByteArrayInputStream(one.tgz()), "t" + seed, temporary, TreeLimits.standard());
            try (SourceTree tree = archive.tree()) {
                ours.add(tree.narHash().hex());
            }
            trees.add(temporary.resolve("t" + seed));
        }
        Path file = Files.write(temporary.resolve("all.tar"), all.tar());
        Command.of("tar", "xf", file.toString(), "-C", temporary.toString()).runOrFail();
        Nix.all().forEach(nix -> assertEquals(nix.narHashes(trees), ours, nix.toString()));
        List<String> local = new ArrayList<>();
        for (Path tree : trees) {
            try (SourceTree files = LocalSource.open(tree, Set.of(), TreeLimits.standard())) {
                local.add(files.narHash().hex());
            }
        }
        assertEquals(ours, local, "as folders of this machine");
        // JUnit warns of each link that leads away
        Command.of("rm", "-rf")
                .and(trees.stream().map(Path::toString).toArray(String[]::new))
                .runOrFail();
    }
}
