package dev.ocnix.layout.isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Corpus;
import dev.ocnix.testing.LoopbackServer;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.NeedsCorpus;
import dev.ocnix.testing.StandInProject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bun's isolated linker judges real lockfiles with several versions of packages that are peers of many. */
@NeedsBun
@NeedsCorpus
class CorpusIsolatedJudgeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "text/midday-ai__languine__e990501d, 1.4.5, BUN_1_4",
        "text/tscircuit__cli__a8df5fac, 1.4.5, BUN_1_4",
        "text/tscircuit__cli__a8df5fac, 1.3.14, BUN_1_3",
    })
    void entriesAndLinksAreThoseOfBun(String entry, String release, BunRules rules) throws Exception {
        StandInProject.of(Files.readString(Corpus.entry(entry).lockfile())).write(folder);
        try (LoopbackServer registry = StandInProject.registry()) {
            LinkedTree installed = LinkedTree.installed(Bun.version(release), registry, folder, true)
                    .orElseThrow();
            assertEquals(
                    "", LinkedTree.of(folder.resolve("bun.lock"), rules, true).differences(installed));
        }
    }
}
