package dev.ocnix.nix;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.SourcePin;
import dev.ocnix.model.Visible;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ocnix.json} of an existing tree says of itself.
 *
 * @param files path to sha256, in lower-case hexadecimal, of every file that was written beside it
 * @param untriedPatches paths of patches that nobody has tried on the files of their packages
 * @param leftOut optional packages that their registry no longer had, as {@code name@resolution}
 * @param tag the pinned tag and, in {@code commit}, what it meant when the tree was generated
 * @param repository the source's identity in words
 * @param sourcePath from the tree to the project, where nothing is pinned
 * @param lockfilePath of the lockfile that the tree was generated from, in the source; {@code lockfileSha256} of its content
 */
public record TreeManifest(
        SortedMap<String, String> files,
        Set<String> untriedPatches,
        Set<String> leftOut,
        Optional<String> repository,
        Optional<String> revision,
        Optional<String> tag,
        Optional<String> commit,
        Optional<String> narHash,
        Optional<String> sourcePath,
        Optional<String> lockfilePath,
        Optional<String> lockfileSha256) {
    /** Its name in the tree. */
    public static final String FILE_NAME = "ocnix.json";

    /** The form that this plugin writes and reads. */
    public static final int SCHEMA = 1;

    private static final String UNTRIED = "untriedPatches";

    private static final String LEFT_OUT = "leftOut";

    public TreeManifest {
        untriedPatches = Set.copyOf(untriedPatches);
        leftOut = Set.copyOf(leftOut);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    static FileContent write(TreeInput input, Map<String, FileContent> files) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setIndent("  ");
            json.setHtmlSafe(false);
            json.beginObject();
            json.name("schema").value(SCHEMA);
            json.name("source");
            source(json, input.source());
            json.name("lockfile").beginObject();
            json.name("path").value(input.lockfilePath());
            json.name("sha256").value(input.lockfileSha256());
            json.endObject();
            json.name("options");
            object(json, input.options());
            json.name("unverified").beginArray();
            for (PackageId id : new TreeSet<>(input.unverified())) {
                json.value(id.toString());
            }
            json.endArray();
            if (!input.leftOut().isEmpty()) {
                json.name(LEFT_OUT).beginArray();
                for (PackageId id : new TreeSet<>(input.leftOut())) {
                    json.value(id.toString());
                }
                json.endArray();
            }
            if (!input.untried().isEmpty()) {
                json.name(UNTRIED).beginArray();
                SortedMap<PackageId, String> paths =
                        NixTree.patchPaths(input.patches().keySet());
                for (PackageId id : new TreeSet<>(input.untried())) {
                    json.value(paths.get(id));
                }
                json.endArray();
            }
            SortedMap<String, String> digests = new TreeMap<>();
            files.forEach((path, content) -> digests.put(path, content.sha256()));
            json.name("files");
            object(json, digests);
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FileContent.of(Visible.json(text.toString()) + "\n");
    }

    private static void source(JsonWriter json, TreeSource source) throws IOException {
        SortedMap<String, String> entries = new TreeMap<>();
        if (source instanceof TreeSource.Pinned pinned) {
            SourcePin pin = pinned.pin();
            // a path of this machine means nothing elsewhere
            entries.put(
                    "repository",
                    pinned.isPrivateToMachine() ? "file:" : pin.identity().describe());
            entries.put("revision", pin.revision());
            pin.tag().ifPresent(tag -> entries.put("tag", tag));
            entries.put("commit", pin.commit());
            entries.put("hash", pin.narHash().toString());
        } else if (source instanceof TreeSource.Local local) {
            entries.put("path", local.path());
        }
        object(json, entries);
    }

    private static void object(JsonWriter json, SortedMap<String, String> entries) throws IOException {
        json.beginObject();
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
    }

    /**
     * Reads an {@code ocnix.json}.
     *
     * @param where the file, for messages
     * @throws OcnixException if it is none, is of a newer schema, or lists a path that leads out of the tree
     */
    public static TreeManifest read(byte[] bytes, String where) throws OcnixException {
        JsonObject json = parse(bytes, where);
        JsonElement schema = json.get("schema");
        if (schema == null || !schema.isJsonPrimitive() || !schema.getAsString().equals(String.valueOf(SCHEMA))) {
            throw OcnixException.input(where + " has the schema " + Visible.quoted(String.valueOf(schema))
                    + ", and this version knows " + SCHEMA + "; use the version of ocnix that wrote it.");
        }
        SortedMap<String, String> files = new TreeMap<>();
        for (Map.Entry<String, JsonElement> file : member(json, "files").entrySet()) {
            if (!SafePath.isOurs(file.getKey())) {
                throw OcnixException.input(where + " lists " + Visible.quoted(file.getKey())
                        + ", which is no plain path of a tree in its folder; remove the file if you trust the folder.");
            }
            files.put(file.getKey(), text(file.getValue()).orElse(""));
        }
        JsonObject source = member(json, "source");
        return new TreeManifest(
                files,
                texts(json.get(UNTRIED)),
                texts(json.get(LEFT_OUT)),
                text(source.get("repository")),
                text(source.get("revision")),
                text(source.get("tag")),
                text(source.get("commit")),
                text(source.get("hash")),
                text(source.get("path")),
                text(member(json, "lockfile").get("path")),
                text(member(json, "lockfile").get("sha256")));
    }

    private static Set<String> texts(@Nullable JsonElement list) {
        Set<String> texts = new TreeSet<>();
        if (list != null && list.isJsonArray()) {
            list.getAsJsonArray().forEach(element -> text(element).ifPresent(texts::add));
        }
        return texts;
    }

    private static JsonObject parse(byte[] bytes, String where) throws OcnixException {
        if (MergeConflict.isIn(bytes)) {
            throw OcnixException.input(where
                    + " holds a merge conflict; run ocnix:generate with -Docnix.force, which writes the tree anew.");
        }
        try {
            JsonElement root = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8));
            if (root.isJsonObject()) {
                return root.getAsJsonObject();
            }
        } catch (JsonParseException e) {
            throw new OcnixException(OcnixException.Fault.INPUT, notOurs(where), e);
        }
        throw OcnixException.input(notOurs(where));
    }

    private static String notOurs(String where) {
        return where + " is not a file that ocnix wrote; move it away, or choose another ocnix.outputDirectory.";
    }

    private static JsonObject member(JsonObject json, String name) {
        JsonElement member = json.get(name);
        return member != null && member.isJsonObject() ? member.getAsJsonObject() : new JsonObject();
    }

    private static Optional<String> text(@Nullable JsonElement element) {
        return Optional.ofNullable(element)
                .filter(JsonElement::isJsonPrimitive)
                .filter(value -> value.getAsJsonPrimitive().isString())
                .map(JsonElement::getAsString);
    }
}
