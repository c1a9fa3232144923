package dev.ocnix.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.Corpus;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.NeedsCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bun judges where the packages of real lockfiles stand in a hoisted tree, by the tree that it prints of a lockfile. */
@NeedsBun
@NeedsCorpus
class CorpusHoistedJudgeTest {
    /**
     * What Bun prints only in part: dependencies of members in files of version 0, and the member {@code @/core} with a package
     * that only overrides speak of.
     */
    private static final Set<String> PRINTED_IN_PART =
            Set.of("guilders-app__guilders__81e8a686", "skalenetwork__portal__19780247", "stacksjs__stacks__aec72ebf");

    @TempDir
    Path folder;

    @Test
    void packagesStandWhereBunPlacesThem() throws Exception {
        SortedMap<String, String> wrong = new TreeMap<>();
        int judged = 0;
        int moved = 0;
        for (Corpus.Entry entry : Corpus.text()) {
            Optional<Lockfile> lockfile = read(entry);
            Command.Result print =
                    Bun.version("1.4.5").in(copy(entry), "pm", "ls", "--all").run();
            if (lockfile.isEmpty() || print.exit() != 0 || PRINTED_IN_PART.contains(entry.toString())) {
                continue;
            }
            Layout layout = Layout.of(lockfile.get());
            judged++;
            moved += layout.nodes().keySet().equals(lockfile.get().placements().keySet()) ? 0 : 1;
            String differences = differences(ours(layout), printed(print.out()));
            if (!differences.isEmpty()) {
                wrong.put(entry.toString(), differences);
            }
        }
        assertEquals(new TreeMap<>(), wrong);
        assertTrue(judged >= 60 && moved >= 12, judged + " judged, " + moved + " with moved packages");
    }

    private static Optional<Lockfile> read(Corpus.Entry entry) throws IOException {
        try {
            return Optional.of(LockfileReader.read("bun.lock", Files.readAllBytes(entry.lockfile())));
        } catch (OcnixException e) {
            return Optional.empty();
        }
    }

    private Path copy(Corpus.Entry entry) throws IOException {
        Path project = folder.resolve(entry.folder().getFileName());
        try (Stream<Path> files = Files.walk(entry.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = project.resolve(entry.folder().relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return project;
    }

    /** The ways to all packages, by the names and resolutions that Bun prints. */
    private static SortedSet<String> printed(String print) {
        SortedSet<String> ways = new TreeSet<>();
        List<String> way = new ArrayList<>();
        for (String line : print.lines().toList()) {
            int at = line.indexOf("── ");
            if (at > 0) {
                way = new ArrayList<>(way.subList(0, (at - 1) / 4));
                way.add(line.substring(at + 3));
                ways.add(String.join(" > ", way));
            }
        }
        return ways;
    }

    private static SortedSet<String> ours(Layout layout) {
        SortedSet<String> ways = new TreeSet<>();
        for (PlacementKey place : layout.nodes().keySet()) {
            List<String> way = new ArrayList<>();
            for (Optional<PlacementKey> key = Optional.of(place);
                    key.isPresent();
                    key = key.get().parent()) {
                Layout.Node node =
                        Optional.ofNullable(layout.nodes().get(key.get())).orElseThrow();
                way.add(
                        0,
                        key.get().installedName() + "@" + node.id().resolution().replaceFirst("^file:", ""));
            }
            ways.add(String.join(" > ", way));
        }
        return ways;
    }

    private static String differences(SortedSet<String> ours, SortedSet<String> bun) {
        StringBuilder differences = new StringBuilder();
        ours.stream()
                .filter(way -> !bun.contains(way))
                .forEach(way -> differences.append("  ours ").append(way).append('\n'));
        bun.stream()
                .filter(way -> !ours.contains(way))
                .forEach(way -> differences.append("  Bun  ").append(way).append('\n'));
        return differences.toString();
    }
}
