package dev.ocnix.lockfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import dev.ocnix.testing.Corpus;
import dev.ocnix.testing.NeedsCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real lockfiles, judged by what Bun 1.3.14 makes of them. */
@NeedsCorpus
class CorpusTest {
    /**
     * Bun places anew when it turns a binary lockfile into a text one, so that of some 20,000 places these many differ.
     * Packages and edges do not.
     */
    private static final int PLACED_ANEW = 268;

    private static final String OPENCHAMBER = "openchamber__v1.9.9";

    @Test
    void textFilesAreRefusedWhereBunRefusesThem() throws Exception {
        refusals("text", Corpus.text());
    }

    @Test
    void binaryFilesAreRefusedWhereBunRefusesThem() throws Exception {
        refusals("binary", Corpus.binary());
    }

    private static void refusals(String kind, List<Corpus.Entry> entries) throws IOException {
        List<String> wrong = new ArrayList<>();
        int packages = 0;
        int refused = 0;
        for (Corpus.Entry entry : entries) {
            boolean bunRefuses = entry.isRefused();
            try {
                packages += read(entry).packages().size();
                if (bunRefuses) {
                    wrong.add(entry + " is not refused");
                }
            } catch (OcnixException e) {
                refused++;
                if (!bunRefuses) {
                    wrong.add(e.getMessage());
                }
            }
        }
        assertEquals(List.of(), wrong);
        System.out.printf(
                "ocnix tests: %d %s lockfiles of the corpus with %d packages, %d refused like Bun does%n",
                entries.size(), kind, packages, refused);
    }

    @Test
    void placementsNameKnownPackagesAndFolders() throws Exception {
        for (Corpus.Entry entry : Corpus.readable()) {
            Lockfile lockfile = read(entry);
            for (Placement placement : lockfile.placements().values()) {
                assertTrue(lockfile.packages().containsKey(placement.id()), () -> entry + ": " + placement);
                placement
                        .key()
                        .parent()
                        .ifPresent(parent ->
                                assertTrue(lockfile.placements().containsKey(parent), () -> entry + ": " + placement));
            }
        }
    }

    @Test
    void binaryFilesSayWhatBunsOwnTranslationSays() throws Exception {
        List<String> differences = new ArrayList<>();
        int files = 0;
        int packages = 0;
        int places = 0;
        int movedPlaces = 0;
        for (Corpus.Entry entry : Corpus.completelyTranslated()) {
            Lockfile binary = read(entry);
            Lockfile text = LockfileReader.read(
                    entry + "/expected.bun.lock",
                    entry.expected("expected.bun.lock").orElseThrow());
            Lockfile ours = Facts.of(binary, text);
            Lockfile theirs = Facts.of(text, binary);
            differences.addAll(differences(entry.toString(), ours, theirs));
            movedPlaces += moved(ours.placements(), theirs.placements());
            files++;
            packages += ours.packages().size();
            places += ours.placements().size();
        }
        assertEquals(List.of(), differences);
        System.out.printf(
                "ocnix tests: %d binary lockfiles with %d packages agree with their translation; of %d places %d moved%n",
                files, packages, places, movedPlaces);
        assertTrue(movedPlaces <= PLACED_ANEW, () -> "more places differ than are known");
    }

    private static List<String> differences(String name, Lockfile ours, Lockfile theirs) {
        List<String> differences = new ArrayList<>();
        if (!ours.packages().keySet().equals(theirs.packages().keySet())) {
            Set<PackageId> missing = new HashSet<>(theirs.packages().keySet());
            missing.removeAll(ours.packages().keySet());
            differences.add(name + ": other packages, missing " + missing);
        }
        ours.packages().forEach((id, our) -> {
            LockedPackage their = theirs.packages().get(id);
            // Bun reads members anew from their package.json
            if (their != null && !(our.resolution() instanceof Resolution.Workspace) && !our.equals(their)) {
                differences.add(name + ": " + our + " and " + their);
            }
        });
        if (!ours.overrides().equals(theirs.overrides()) || !ours.catalogs().equals(theirs.catalogs())) {
            differences.add(name + ": overrides or catalogs");
        }
        return differences;
    }

    private static int moved(Map<PlacementKey, Placement> ours, Map<PlacementKey, Placement> theirs) {
        Set<PlacementKey> keys = new HashSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
        keys.removeIf(key -> Optional.ofNullable(ours.get(key)).equals(Optional.ofNullable(theirs.get(key))));
        return keys.size();
    }

    /** npm's lockfile has no entries for five bundled packages, and Bun 1.1 needed one version less of another. */
    @ParameterizedTest
    @CsvSource({"__twin-bun1.2.0, 0", "__twin-bun1.3.14, 0", "__npm-migrated, 5", "__bun1.1.38, 1"})
    void openChamberIsTheSameFromBothFormats(String suffix, int expectedDifferences) throws Exception {
        Map<PackageId, Optional<Sri>> text = npmPackages(read(Corpus.entry("text/" + OPENCHAMBER)));
        Lockfile twin = read(Corpus.entry("lockb/" + OPENCHAMBER + suffix));
        Map<PackageId, Optional<Sri>> binary = npmPackages(twin);
        Set<PackageId> all = new HashSet<>(text.keySet());
        all.addAll(binary.keySet());
        List<String> differences = all.stream()
                .filter(id -> !Optional.ofNullable(text.get(id)).equals(Optional.ofNullable(binary.get(id))))
                .map(PackageId::toString)
                .sorted()
                .toList();
        System.out.printf(
                "ocnix tests: OpenChamber%s: %d npm packages from the text file, %d from the binary one, different: %s%n",
                suffix, text.size(), binary.size(), differences);
        assertEquals(expectedDifferences, differences.size(), differences::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "text/openchamber__v1.9.9",
        "lockb/openchamber__v1.9.9__bun1.1.38",
        "lockb/openchamber__v1.9.9__twin-bun1.2.0",
        "lockb/openchamber__v1.9.9__twin-bun1.3.14"
    })
    void openChambersOtherResolutionsAreRight(String path) throws Exception {
        Lockfile lockfile = read(Corpus.entry(path));
        Map<String, Resolution> others = new TreeMap<>();
        lockfile.packages().values().stream()
                .filter(entry -> !(entry.resolution() instanceof Resolution.Npm))
                .forEach(entry -> others.put(entry.id().toString(), entry.resolution()));
        assertEquals(
                Map.of(
                        "@electron/node-gyp@github:electron/node-gyp#06b29aa",
                        new Resolution.GitHub("electron", "node-gyp", "06b29aa"),
                        "@openchamber/desktop@workspace:packages/desktop",
                        new Resolution.Workspace("packages/desktop"),
                        "@openchamber/electron@workspace:packages/electron",
                        new Resolution.Workspace("packages/electron"),
                        "@openchamber/ui@workspace:packages/ui",
                        new Resolution.Workspace("packages/ui"),
                        "@openchamber/web@workspace:packages/web",
                        new Resolution.Workspace("packages/web"),
                        "openchamber@workspace:packages/vscode",
                        new Resolution.Workspace("packages/vscode")),
                others);
        assertEquals(6, lockfile.workspaces().size());
    }

    @Test
    void openChambersBundledPackagesAreKnownWhereTheFileMarksThem() throws Exception {
        Set<PlacementKey> text = bundled(read(Corpus.entry("text/" + OPENCHAMBER)));
        assertEquals(6, text.size());
        assertEquals(text, bundled(read(Corpus.entry("lockb/" + OPENCHAMBER + "__twin-bun1.2.0"))));
    }

    private static Set<PlacementKey> bundled(Lockfile lockfile) {
        Set<PlacementKey> keys = new HashSet<>();
        lockfile.placements().values().stream().filter(Placement::bundled).forEach(place -> keys.add(place.key()));
        return keys;
    }

    private static Map<PackageId, Optional<Sri>> npmPackages(Lockfile lockfile) {
        Map<PackageId, Optional<Sri>> packages = new HashMap<>();
        lockfile.packages().values().stream()
                .filter(entry -> entry.resolution() instanceof Resolution.Npm)
                .forEach(entry -> packages.put(entry.id(), entry.integrity()));
        return packages;
    }

    private static Lockfile read(Corpus.Entry entry) throws IOException, OcnixException {
        return LockfileReader.read(entry + "/" + entry.lockfile().getFileName(), Files.readAllBytes(entry.lockfile()));
    }
}
