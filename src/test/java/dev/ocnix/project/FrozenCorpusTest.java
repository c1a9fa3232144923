package dev.ocnix.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.project.frozen.FrozenLockfile;
import dev.ocnix.testing.Corpus;
import dev.ocnix.testing.NeedsCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real projects: those are refused that Bun 1.4.5 refuses, and no other. */
@NeedsCorpus
class FrozenCorpusTest {
    private static final Path REFUSED =
            Path.of(System.getProperty("basedir", ""), "src", "test", "frozen", "corpus.txt");

    @Test
    void noLockfileIsRefusedThatBunTakes() throws Exception {
        SortedSet<String> expected = new TreeSet<>(Files.readAllLines(REFUSED));
        expected.removeIf(line -> line.startsWith("#"));
        SortedSet<String> refused = new TreeSet<>();
        int compared = 0;
        for (Corpus.Entry entry : Corpus.readable()) {
            if (Files.exists(entry.folder().resolve("package.json"))) {
                compared++;
                if (isRefused(entry)) {
                    refused.add(entry.toString());
                }
            }
        }
        assertEquals(expected, refused);
        System.out.println("ocnix tests: " + refused.size() + " of " + compared
                + " lockfiles with manifests do not fit them, by Bun's judgement, too");
    }

    private static boolean isRefused(Corpus.Entry entry) throws IOException, OcnixException {
        String name = String.valueOf(entry.lockfile().getFileName());
        Lockfile lockfile = LockfileReader.read(name, Files.readAllBytes(entry.lockfile()));
        return FrozenLockfile.of(lockfile, new Manifests(new FilesInMemory(manifests(entry.folder())), ""))
                .refusal()
                .isPresent();
    }

    private static Map<String, String> manifests(Path folder) throws IOException {
        Map<String, String> manifests = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(path -> path.endsWith("package.json")).toList()) {
                manifests.put(folder.relativize(path).toString(), Files.readString(path));
            }
        }
        return manifests;
    }
}
