package dev.ocnix.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.project.frozen.Agreement;
import dev.ocnix.project.frozen.FrozenLockfile;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.PackageTarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small changes of manifests, each with the verdict of Bun 1.4.5 that {@code src/test/frozen/record.py} has recorded. */
class FrozenMatrixTest {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "src", "test", "frozen");
    private static final Map<String, String> FORMATS = new TreeMap<>(Map.of("text", "bun.lock", "binary", "bun.lockb"));

    private JsonObject matrix;

    @BeforeEach
    void read() throws IOException {
        matrix = JsonParser.parseString(Files.readString(FOLDER.resolve("rows.json")))
                .getAsJsonObject();
    }

    @Test
    void eachVerdictIsBuns() throws Exception {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        Map<String, String> recorded = recorded();
        for (Map.Entry<String, String> format : FORMATS.entrySet()) {
            for (JsonObject row : rows()) {
                String key = key(format.getKey(), row);
                assertTrue(recorded.containsKey(key), () -> "record.py has not recorded " + key);
                expected.add(expected(row, format.getKey(), recorded.getOrDefault(key, "")) + " " + key);
                actual.add(verdict(row, format.getValue()) + " " + key);
            }
        }
        assertEquals(String.join("\n", expected), String.join("\n", actual));
    }

    @Test
    void whereVerdictsDifferARowSaysWhy() throws IOException {
        Map<String, String> recorded = recorded();
        for (JsonObject row : rows()) {
            if (row.has("ours")) {
                JsonObject ours = row.getAsJsonObject("ours");
                assertTrue(
                        matrix.getAsJsonObject("reasons").has(row.get("reason").getAsString()), row::toString);
                assertTrue(
                        ours.keySet().stream()
                                .anyMatch(format ->
                                        !ours.get(format).getAsString().equals(recorded.get(key(format, row)))),
                        row::toString);
            }
        }
    }

    @Test
    void anUnchangedProjectStaysAsItIsLocked() throws Exception {
        for (String project : matrix.getAsJsonObject("projects").keySet()) {
            for (String file : FORMATS.values()) {
                Lockfile lockfile = lockfile(project, file);
                Agreement agreement = FrozenLockfile.of(lockfile, manifests(files(project, new JsonObject())));
                assertEquals(lockfile.workspaces(), agreement.lockfile().workspaces());
                assertEquals(lockfile.packages(), agreement.lockfile().packages());
                assertEquals(lockfile.placements(), agreement.lockfile().placements());
                assertEquals(List.of(), agreement.warnings());
            }
        }
    }

    @NeedsBun
    @Test
    void bunStillHasTheseVerdicts(@TempDir Path scratch) throws Exception {
        Bun bun = Bun.version("1.4.5");
        List<String> actual = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        Map<String, String> recorded = recorded();
        try (LoopbackRegistry registry = registry()) {
            for (Map.Entry<String, String> format : FORMATS.entrySet()) {
                for (String project : matrix.getAsJsonObject("projects").keySet()) {
                    byte[] lock =
                            locked(bun, registry, scratch.resolve(format.getKey() + "-" + project), project, format);
                    for (JsonObject row : rows()) {
                        if (!row.get("project").getAsString().equals(project)
                                || isAsInText(format.getKey(), row, recorded)) {
                            continue;
                        }
                        Path folder = scratch.resolve("row");
                        write(folder, files(project, row.getAsJsonObject("edits")));
                        Files.write(folder.resolve(format.getValue()), lock);
                        int exit = install(bun, registry, folder, "--frozen-lockfile");
                        String key = key(format.getKey(), row);
                        actual.add((exit == 0 ? "accept " : "refuse ") + key);
                        expected.add(recorded.get(key) + " " + key);
                        Command.of("rm", "-rf", folder.toString()).runOrFail();
                    }
                }
            }
        }
        assertEquals(String.join("\n", expected), String.join("\n", actual));
    }

    /** What is tried with a text lockfile already. */
    private static boolean isAsInText(String format, JsonObject row, Map<String, String> recorded) {
        return format.equals("binary")
                && Objects.equals(recorded.get(key("text", row)), recorded.get(key("binary", row)));
    }

    private byte[] locked(
            Bun bun, LoopbackRegistry registry, Path folder, String project, Map.Entry<String, String> format)
            throws IOException {
        for (JsonElement state : matrix.getAsJsonObject("projects").getAsJsonArray(project)) {
            write(folder, texts(state.getAsJsonObject()));
            if (format.getKey().equals("binary")) {
                Files.writeString(folder.resolve("bunfig.toml"), "[install]\nsaveTextLockfile = false\n");
            }
            assertEquals(0, install(bun, registry, folder));
        }
        return Files.readAllBytes(folder.resolve(format.getValue()));
    }

    private static int install(Bun bun, LoopbackRegistry registry, Path folder, String... options) {
        return bun.from(registry.url(), folder, "install", "--ignore-scripts")
                .and(options)
                .run()
                .exit();
    }

    private LoopbackRegistry registry() {
        LoopbackRegistry registry = LoopbackRegistry.start();
        matrix.getAsJsonObject("packages")
                .entrySet()
                .forEach(versions -> versions.getValue()
                        .getAsJsonObject()
                        .entrySet()
                        .forEach(version -> {
                            PackageTarball.Builder tarball = PackageTarball.of(versions.getKey(), version.getKey())
                                    .file(
                                            "index.js",
                                            "module.exports = '" + versions.getKey() + "@" + version.getKey() + "';\n");
                            version.getValue()
                                    .getAsJsonObject()
                                    .entrySet()
                                    .forEach(field -> tarball.field(
                                            field.getKey(), field.getValue().toString()));
                            registry.publish(tarball.build());
                        }));
        return registry;
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private List<JsonObject> rows() {
        return matrix.getAsJsonArray("rows").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static String key(String format, JsonObject row) {
        return format + " " + row.get("project").getAsString() + ": "
                + row.get("name").getAsString();
    }

    private static Map<String, String> recorded() throws IOException {
        Map<String, String> verdicts = new TreeMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("verdicts.txt"))) {
            verdicts.put(line.substring(line.indexOf(' ') + 1), line.substring(0, line.indexOf(' ')));
        }
        return verdicts;
    }

    private static String expected(JsonObject row, String format, String bun) {
        return row.has("ours") && row.getAsJsonObject("ours").has(format)
                ? row.getAsJsonObject("ours").get(format).getAsString()
                : bun;
    }

    private String verdict(JsonObject row, String file) throws IOException {
        String project = row.get("project").getAsString();
        try {
            Agreement agreement =
                    FrozenLockfile.of(lockfile(project, file), manifests(files(project, row.getAsJsonObject("edits"))));
            return agreement.refusal().isPresent() ? "refuse" : "accept";
        } catch (OcnixException e) {
            return "refuse";
        }
    }

    private static Lockfile lockfile(String project, String file) throws IOException, OcnixException {
        return LockfileReader.read(file, Files.readAllBytes(FOLDER.resolve(project + "." + file)));
    }

    private static Manifests manifests(Map<String, String> files) {
        return new Manifests(new FilesInMemory(files), "");
    }

    /** The last state of a project, with a row's edits. */
    private SortedMap<String, String> files(String project, JsonObject edits) {
        JsonObject files = new JsonObject();
        matrix.getAsJsonObject("projects")
                .getAsJsonArray(project)
                .forEach(state ->
                        state.getAsJsonObject().entrySet().forEach(file -> files.add(file.getKey(), file.getValue())));
        edits.entrySet().forEach(edit -> {
            String path = edit.getKey();
            if (edit.getValue().isJsonNull()) {
                List.copyOf(files.keySet()).stream()
                        .filter(file -> file.equals(path) || file.startsWith(path + "/"))
                        .forEach(files::remove);
            } else {
                files.add(path, merged(files.get(path), edit.getValue()));
            }
        });
        return texts(files);
    }

    private static SortedMap<String, String> texts(JsonObject files) {
        SortedMap<String, String> texts = new TreeMap<>();
        files.entrySet()
                .forEach(file -> texts.put(
                        file.getKey(),
                        file.getValue().isJsonObject()
                                ? file.getValue().toString()
                                : file.getValue().getAsString()));
        return texts;
    }

    /** RFC 7396. */
    private static JsonElement merged(JsonElement value, JsonElement patch) {
        if (!patch.isJsonObject()) {
            return patch;
        }
        JsonObject merged =
                value != null && value.isJsonObject() ? value.getAsJsonObject().deepCopy() : new JsonObject();
        patch.getAsJsonObject().entrySet().forEach(field -> {
            if (field.getValue().isJsonNull()) {
                merged.remove(field.getKey());
            } else {
                merged.add(field.getKey(), merged(merged.get(field.getKey()), field.getValue()));
            }
        });
        return merged;
    }
}
