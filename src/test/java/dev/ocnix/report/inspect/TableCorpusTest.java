package dev.ocnix.report.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.testing.Corpus;
import dev.ocnix.testing.NeedsCorpus;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether people can read the table of real lockfiles on a terminal of 80 to 120 columns. */
@NeedsCorpus
class TableCorpusTest {
    @Test
    void linesFitATerminal() throws Exception {
        List<Corpus.Entry> entries = Corpus.readable();
        long all = 0;
        long narrow = 0;
        long wide = 0;
        for (Corpus.Entry entry : entries) {
            byte[] content = Files.readAllBytes(entry.lockfile());
            StringBuilder table = new StringBuilder();
            TablePrint.print(LockfileReader.read(entry.lockfile().toString(), content), table);
            List<String> lines = table.toString().lines().toList();
            all += lines.size();
            narrow += lines.stream().filter(line -> line.length() <= 80).count();
            wide += lines.stream().filter(line -> line.length() > 120).count();
            assertEquals(0, lines.stream().filter(line -> line.endsWith(" ")).count(), entry::toString);
        }
        System.out.printf(
                "ocnix tests: tables of %d lockfiles have %d lines, %.1f %% of at most 80 columns, %.2f %% of more than 120%n",
                entries.size(), all, 100.0 * narrow / all, 100.0 * wide / all);
        assertTrue(narrow > all * 0.9, "few lines fit 80 columns");
        assertTrue(wide < all * 0.005, "many lines do not fit 120 columns");
    }
}
