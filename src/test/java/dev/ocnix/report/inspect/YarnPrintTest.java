package dev.ocnix.report.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Corpus;
import dev.ocnix.testing.NeedsCorpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class YarnPrintTest {
    @Test
    @NeedsCorpus
    void binaryFilesArePrintedAsBunDoes() throws Exception {
        corpus("binary", Corpus.binary());
    }

    @Test
    @NeedsCorpus
    void textFilesArePrintedAsBunDoes() throws Exception {
        corpus("text", Corpus.text());
    }

    private static void corpus(String kind, List<Corpus.Entry> entries) throws IOException {
        List<String> wrong = new ArrayList<>();
        int same = 0;
        int refused = 0;
        for (Corpus.Entry entry : entries) {
            Optional<String> expected =
                    entry.expected("expected.yarn").map(bytes -> new String(bytes, StandardCharsets.UTF_8));
            try {
                String printed = YarnPrint.of(read(entry));
                if (expected.isEmpty() || !expected.get().equals(printed)) {
                    wrong.add(entry + ": "
                            + expected.map(text -> firstDifference(text, printed))
                                    .orElse("Bun refuses it"));
                } else {
                    same++;
                }
            } catch (OcnixException e) {
                refused++;
                if (expected.isPresent()) {
                    wrong.add(e.getMessage());
                }
            }
        }
        System.out.printf(
                "ocnix tests: of %d %s lockfiles of the corpus, %d are printed byte for byte as by Bun 1.3.14, %d refused%n",
                entries.size(), kind, same, refused);
        assertEquals(List.of(), wrong);
    }

    private static String firstDifference(String expected, String printed) {
        List<String> theirs = expected.lines().toList();
        List<String> ours = printed.lines().toList();
        int i = 0;
        while (i < theirs.size() && i < ours.size() && theirs.get(i).equals(ours.get(i))) {
            i++;
        }
        return "line " + (i + 1) + " is " + (i < ours.size() ? ours.get(i) : "absent") + ", not "
                + (i < theirs.size() ? theirs.get(i) : "there");
    }

    private static Lockfile read(Corpus.Entry entry) throws IOException, OcnixException {
        return LockfileReader.read(entry + "/" + entry.lockfile().getFileName(), Files.readAllBytes(entry.lockfile()));
    }
}
