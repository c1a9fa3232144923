package dev.ocnix.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;

/** A {@link TreeDifference} as JSON: {@code from}, {@code to}, {@code counts}, {@code alarms}, {@code changes}. */
public final class DifferenceJson {
    private static final int SCHEMA = 1;

    private DifferenceJson() {}

    /** A document of its own, with LF and a final line break. */
    public static String print(TreeDifference difference) {
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        json.add("from", side(difference.before(), difference.fromRevision(), difference.fromCommit()));
        json.add("to", side(difference.after(), difference.toRevision(), difference.toCommit()));
        JsonObject counts = new JsonObject();
        counts.addProperty("alarms", difference.alarms().size());
        difference.counts().forEach((kind, count) -> counts.addProperty(kind.term(), count));
        json.add("counts", counts);
        add(difference, json);
        return JsonText.of(json);
    }

    /** Adds {@code alarms} and {@code changes} to a document. */
    public static void add(TreeDifference difference, JsonObject json) {
        JsonArray alarms = new JsonArray();
        difference.alarms().forEach(alarm -> alarms.add(alarm(alarm)));
        json.add("alarms", alarms);
        JsonArray changes = new JsonArray();
        difference.changes().forEach(change -> changes.add(change(change)));
        json.add("changes", changes);
    }

    private static JsonObject side(String name, Optional<String> revision, Optional<String> commit) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        revision.ifPresent(text -> json.addProperty("revision", text));
        commit.ifPresent(text -> json.addProperty("commit", text));
        return json;
    }

    private static JsonObject alarm(Alarm alarm) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", alarm.kind().term());
        json.addProperty("subject", alarm.subject());
        json.addProperty("detail", alarm.detail());
        return json;
    }

    private static JsonObject change(PackageChange change) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", change.kind().term());
        json.addProperty("name", change.name());
        change.from().ifPresent(text -> json.addProperty("from", text));
        change.to().ifPresent(text -> json.addProperty("to", text));
        if (!change.detail().isEmpty()) {
            json.addProperty("detail", change.detail());
        }
        return json;
    }
}
