package dev.ocnix.report.inspect;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.testing.Corpus;
import dev.ocnix.testing.NeedsCorpus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@NeedsCorpus
class TreeCorpusTest {
    @Test
    void x() throws Exception {
        List<Corpus.Entry> entries = new ArrayList<>(Corpus.text());
        entries.addAll(Corpus.binary());
        int same = 0;
        int all = 0;
        for (Corpus.Entry entry : entries) {
            Optional<byte[]> expected = entry.expected("expected.ls.txt");
            if (expected.isEmpty()) continue;
            all++;
            StringBuilder out = new StringBuilder();
            TreePrint.print(
                    LockfileReader.read(entry.lockfile().toString(), Files.readAllBytes(entry.lockfile())), out);
            String want = new String(expected.get(), StandardCharsets.UTF_8);
            if (want.equals(out.toString())) {
                same++;
                continue;
            }
            var dir = java.nio.file.Path.of(
                    "/tmp/trees/" + entry.folder().getParent().getFileName() + "__" + entry);
            Files.createDirectories(dir);
            Files.writeString(dir.resolve("ours"), out.toString());
            Files.writeString(dir.resolve("bun"), want);
        }
        System.out.println("TREES " + same + " of " + all);
    }
}
