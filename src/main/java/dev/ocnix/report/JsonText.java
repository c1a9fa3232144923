package dev.ocnix.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ocnix.model.Visible;

/** JSON documents as files and pages get them. */
public final class JsonText {
    private JsonText() {}

    /** A document for machines: every value as it is, and nothing in the text that people could not see. */
    public static String of(JsonElement json) {
        return Visible.json(new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(json))
                + "\n";
    }

    /** The same for a script of an HTML page, on one line and without a tag; every text is what people may see. */
    public static String inHtml(JsonElement json) {
        // Gson escapes <, >, & and the line ends of scripts
        return new GsonBuilder().create().toJson(visible(json));
    }

    /** Nested as deep as our own documents are. */
    private static JsonElement visible(JsonElement json) {
        if (json instanceof JsonObject object) {
            JsonObject shown = new JsonObject();
            object.entrySet().forEach(entry -> shown.add(Visible.of(entry.getKey()), visible(entry.getValue())));
            return shown;
        }
        if (json instanceof JsonArray array) {
            JsonArray shown = new JsonArray();
            array.forEach(item -> shown.add(visible(item)));
            return shown;
        }
        boolean isText = json.isJsonPrimitive() && json.getAsJsonPrimitive().isString();
        return isText ? new JsonPrimitive(Visible.lines(json.getAsString())) : json;
    }
}
