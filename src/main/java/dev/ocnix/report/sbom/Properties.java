package dev.ocnix.report.sbom;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** The name-value pairs of a component. */
final class Properties {
    private final JsonArray pairs = new JsonArray();

    void add(String name, String value) {
        JsonObject pair = new JsonObject();
        pair.addProperty("name", name);
        pair.addProperty("value", value);
        pairs.add(pair);
    }

    void addTo(JsonObject component) {
        if (!pairs.isEmpty()) {
            component.add("properties", pairs);
        }
    }
}
