package dev.ocnix.report.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Corpus;
import dev.ocnix.testing.NeedsCorpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The JSON of real lockfiles, compared with the entries of text lockfiles that another reader found. */
@NeedsCorpus
class JsonCorpusTest {
    /**
     * Bun reads the edges of the root and of members anew from package.json when it translates. The witness is package.json.
     */
    private static final int READ_ANEW = 17;

    /** Translating, Bun calls a peer optional that is not in the lockfile. The witness is package.json, which does not. */
    private static final int PEERS_MADE_OPTIONAL = 1;

    /** Bun places anew when it translates. The witness is its {@code pm ls} of the binary file itself. */
    private static final int PLACED_ANEW = 95;

    /** Why Bun refuses a file, and what our sentence must say then. */
    private static final Map<String, String> REASONS = Map.of(
            "Outdated lockfile version", "byte 42[^:]*: .*format [01].* outdated",
            "Lockfile is missing resolution data", "byte [0-9]+[^:]*: .*(resolution|resolved)",
            "Duplicate package path", "line 1782, column 5, package \"drizzle-orm\": .*occurs twice in packages",
            "Failed to resolve peer dependency '@swc/helpers' for package '@swc/core'",
                    "package \"@swc/core\": its dependency \"@swc/helpers\" is not in packages");

    private record Difference(Corpus.Entry file, String id, String field, JsonElement ours, JsonElement theirs) {}

    @Test
    void textFilesSayWhatTheirOwnEntriesSay() throws Exception {
        int files = 0;
        int packages = 0;
        List<Difference> differences = new ArrayList<>();
        for (Corpus.Entry entry : Corpus.text()) {
            if (entry.isRefused()) {
                continue;
            }
            SortedMap<String, JsonObject> own = OwnEntries.of(Files.readAllBytes(entry.lockfile()));
            differences.addAll(differences(entry, ours(entry), own));
            files++;
            packages += own.size();
        }
        assertEquals(List.of(), differences);
        System.out.printf(
                "ocnix tests: JSON of %d text lockfiles with %d packages equals their own entries%n", files, packages);
    }

    @Test
    void binaryFilesSayWhatBunsTranslationSays() throws Exception {
        int files = 0;
        int packages = 0;
        List<Difference> differences = new ArrayList<>();
        for (Corpus.Entry entry : Corpus.completelyTranslated()) {
            if (!entry.isRefused()) {
                SortedMap<String, JsonObject> own =
                        OwnEntries.of(entry.expected("expected.bun.lock").orElseThrow());
                differences.addAll(differences(entry, ours(entry), own));
                files++;
                packages += own.size();
            }
        }
        List<Difference> readAnew = take(differences, JsonCorpusTest::isReadAnew);
        List<Difference> peers = take(differences, JsonCorpusTest::isPeerMadeOptional);
        List<Difference> placedAnew = take(differences, JsonCorpusTest::isPlacedAnew);
        assertEquals(List.of(), differences);
        System.out.printf(
                "ocnix tests: JSON of %d binary lockfiles with %d packages equals Bun's translation, but for 3 rules:"
                        + " %d groups of edges read anew, %d peers made optional, %d packages placed anew%n",
                files, packages, readAnew.size(), peers.size(), placedAnew.size());
        assertTrue(readAnew.size() <= READ_ANEW, readAnew::toString);
        assertTrue(peers.size() <= PEERS_MADE_OPTIONAL, peers::toString);
        assertTrue(placedAnew.size() <= PLACED_ANEW, placedAnew::toString);
    }

    @Test
    void filesAreRefusedWhereBunRefusesThemAndForItsReason() throws Exception {
        Map<String, Integer> reasons = new TreeMap<>();
        for (Corpus.Entry entry : Corpus.all()) {
            Optional<byte[]> bun = entry.expected("expected.error.txt");
            if (bun.isEmpty()) {
                read(entry);
                continue;
            }
            String theirs = new String(bun.get(), StandardCharsets.UTF_8);
            String reason = REASONS.keySet().stream()
                    .filter(theirs::contains)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(entry + ": " + theirs));
            String ours = assertThrows(OcnixException.class, () -> read(entry), entry::toString)
                    .getMessage();
            assertTrue(Pattern.compile(REASONS.get(reason)).matcher(ours).find(), () -> entry + ": " + ours);
            reasons.merge(reason, 1, Integer::sum);
        }
        assertEquals(REASONS.keySet(), reasons.keySet());
        System.out.printf("ocnix tests: lockfiles refused where Bun refuses them: %s%n", reasons);
    }

    private static List<Difference> take(List<Difference> differences, Predicate<Difference> rule) {
        List<Difference> taken = differences.stream().filter(rule).toList();
        differences.removeAll(taken);
        return taken;
    }

    private static boolean isReadAnew(Difference difference) {
        Optional<JsonObject> manifest = manifest(difference);
        if (manifest.isEmpty() || !difference.field().endsWith("ependencies")) {
            return false;
        }
        JsonElement group = manifest.get().get(difference.field());
        return difference.theirs().equals(group == null ? new JsonObject() : group);
    }

    private static boolean isPeerMadeOptional(Difference difference) {
        return difference.field().equals("optionalPeers")
                && manifest(difference)
                        .filter(manifest -> !manifest.has("peerDependenciesMeta"))
                        .isPresent();
    }

    private static boolean isPlacedAnew(Difference difference) {
        if (!difference.field().equals("paths")) {
            return false;
        }
        try {
            StringBuilder tree = new StringBuilder();
            TreePrint.print(read(difference.file()), tree);
            byte[] bun = difference.file().expected("expected.ls.txt").orElseThrow();
            return tree.toString().equals(new String(bun, StandardCharsets.UTF_8));
        } catch (IOException | OcnixException e) {
            throw new AssertionError(e);
        }
    }

    /** The package.json of the root or a member. */
    private static Optional<JsonObject> manifest(Difference difference) {
        String id = difference.id();
        Path folder = difference.file().folder();
        if (id.contains("@workspace:")) {
            folder = folder.resolve(id.substring(id.indexOf("@workspace:") + "@workspace:".length()));
        } else if (!id.endsWith("@root:")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonParser.parseString(Files.readString(folder.resolve("package.json")))
                    .getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Difference> differences(
            Corpus.Entry file, SortedMap<String, JsonObject> ours, SortedMap<String, JsonObject> own) {
        List<Difference> differences = new ArrayList<>();
        Set<String> ids = new TreeSet<>(ours.keySet());
        ids.addAll(own.keySet());
        for (String id : ids) {
            JsonObject our = ours.get(id);
            JsonObject their = own.get(id);
            if (our == null || their == null) {
                JsonElement weHave = new JsonPrimitive(our != null);
                differences.add(new Difference(file, id, "package", weHave, new JsonPrimitive(their != null)));
                continue;
            }
            for (String field : their.keySet()) {
                JsonElement value = normal(field, our.get(field));
                JsonElement theirValue = normal(field, their.get(field));
                if (!value.equals(theirValue)) {
                    differences.add(new Difference(file, id, field, value, theirValue));
                }
            }
        }
        return differences;
    }

    /** Without the padding that Bun gets wrong, and in one order. */
    private static JsonElement normal(String field, JsonElement value) {
        if (field.equals("integrity") && value.isJsonPrimitive()) {
            return new JsonPrimitive(value.getAsString().replaceFirst("=*$", ""));
        }
        return field.equals("paths") ? OwnEntries.sorted(value.getAsJsonArray()) : value;
    }

    private static SortedMap<String, JsonObject> ours(Corpus.Entry entry) throws IOException, OcnixException {
        StringBuilder out = new StringBuilder();
        JsonPrint.print(read(entry), out);
        JsonArray packages =
                JsonParser.parseString(out.toString()).getAsJsonObject().getAsJsonArray("packages");
        SortedMap<String, JsonObject> byId = new TreeMap<>();
        for (JsonElement element : packages) {
            JsonObject one = element.getAsJsonObject();
            byId.put(one.get("name").getAsString() + "@" + one.get("resolution").getAsString(), one);
        }
        return byId;
    }

    private static Lockfile read(Corpus.Entry entry) throws IOException, OcnixException {
        return LockfileReader.read(entry.lockfile().toString(), Files.readAllBytes(entry.lockfile()));
    }
}
