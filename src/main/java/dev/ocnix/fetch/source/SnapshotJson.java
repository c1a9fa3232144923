package dev.ocnix.fetch.source;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.SourceIdentity;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** The JSON form of a {@link Snapshot}. */
final class SnapshotJson {
    private static final int SCHEMA = 4;

    private SnapshotJson() {}

    /** What a source is, and in which form its files are: the transport has no part in it. */
    static String key(SourceIdentity identity) {
        if (identity instanceof SourceIdentity.GitHub gitHub) {
            return "archive " + gitHub.baseUrl() + "/" + gitHub.owner() + "/" + gitHub.repo();
        }
        return "checkout " + ((SourceIdentity.Git) identity).url();
    }

    static JsonObject write(Snapshot snapshot) {
        Answers answers = snapshot.replayed().answers();
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        json.addProperty("identity", key(snapshot.identity()));
        json.addProperty("commit", snapshot.commit());
        json.addProperty("narHash", snapshot.narHash().toString());
        json.add("submodules", array(snapshot.submodules().paths()));
        JsonObject marks = new JsonObject();
        marks.add("pointers", array(snapshot.marks().pointers()));
        marks.add("contents", array(snapshot.marks().contents()));
        marks.add("moving", array(snapshot.marks().moving()));
        marks.add("unknown", array(snapshot.marks().unknown()));
        json.add("marks", marks);
        json.addProperty("cloned", snapshot.cloned());
        json.add("contents", object(answers.contents(), Base64.getEncoder()::encodeToString));
        json.add("heads", object(answers.heads(), Base64.getEncoder()::encodeToString));
        json.add("narHashes", object(answers.narHashes(), Sri::toString));
        JsonObject lists = new JsonObject();
        answers.lists().forEach((folder, paths) -> {
            lists.add(folder, array(paths));
        });
        json.add("lists", lists);
        return json;
    }

    private static JsonArray array(SortedSet<String> paths) {
        JsonArray array = new JsonArray();
        paths.forEach(array::add);
        return array;
    }

    private static SortedSet<String> paths(JsonElement array) {
        SortedSet<String> paths = new TreeSet<>();
        array.getAsJsonArray().forEach(path -> paths.add(path.getAsString()));
        return paths;
    }

    private static <T> JsonObject object(Map<String, Optional<T>> answers, Function<T, String> text) {
        JsonObject object = new JsonObject();
        answers.forEach((path, answer) -> {
            if (answer.isPresent()) {
                object.addProperty(path, text.apply(answer.get()));
            } else {
                object.add(path, JsonNull.INSTANCE);
            }
        });
        return object;
    }

    /** @throws IllegalStateException if the object is not what {@link #write} makes; other unchecked ones of Gson's likewise */
    static Optional<Snapshot> read(JsonObject json, SourceIdentity identity, String commit) {
        boolean isThis = json.has("schema")
                && json.get("schema").getAsInt() == SCHEMA
                && json.get("identity").getAsString().equals(key(identity))
                && json.get("commit").getAsString().equals(commit);
        if (!isThis) {
            return Optional.empty();
        }
        Answers answers = Answers.none();
        for (Map.Entry<String, JsonElement> entry :
                json.getAsJsonObject("contents").entrySet()) {
            answers.contents().put(entry.getKey(), text(entry.getValue()).map(Base64.getDecoder()::decode));
        }
        for (Map.Entry<String, JsonElement> entry :
                json.getAsJsonObject("heads").entrySet()) {
            answers.heads().put(entry.getKey(), text(entry.getValue()).map(Base64.getDecoder()::decode));
        }
        for (Map.Entry<String, JsonElement> entry :
                json.getAsJsonObject("narHashes").entrySet()) {
            answers.narHashes().put(entry.getKey(), text(entry.getValue()).map(SnapshotJson::sri));
        }
        for (Map.Entry<String, JsonElement> entry :
                json.getAsJsonObject("lists").entrySet()) {
            answers.lists().put(entry.getKey(), paths(entry.getValue()));
        }
        return Optional.of(new Snapshot(
                identity,
                commit,
                sri(json.get("narHash").getAsString()),
                new Submodules(paths(json.get("submodules"))),
                marks(json.getAsJsonObject("marks")),
                json.get("cloned").getAsBoolean(),
                new ReplayedFiles(answers)));
    }

    private static Marks marks(JsonObject json) {
        return new Marks(
                paths(json.get("pointers")),
                paths(json.get("contents")),
                paths(json.get("moving")),
                paths(json.get("unknown")));
    }

    private static Optional<String> text(JsonElement value) {
        return value.isJsonNull() ? Optional.empty() : Optional.of(value.getAsString());
    }

    private static Sri sri(String text) {
        return Sri.parse(text).orElseThrow(() -> new IllegalStateException("no hash: " + text));
    }
}
