package dev.ocnix.project;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A package.json of the source.
 *
 * @param path its path in the source
 */
public record Manifest(String path, JsonObject json) {
    /** A field, if it is a text. */
    public Optional<String> text(String field) {
        return text(json, field);
    }

    /** A field's field, if the one is an object and the other a text. */
    public Optional<String> text(String field, String inner) {
        return Optional.ofNullable(json.get(field))
                .filter(JsonElement::isJsonObject)
                .flatMap(object -> text(object.getAsJsonObject(), inner));
    }

    /** The texts of a field, if it is an array. */
    public Optional<List<String>> texts(String field) {
        return Optional.ofNullable(json.get(field))
                .filter(JsonElement::isJsonArray)
                .map(array -> array.getAsJsonArray().asList().stream()
                        .flatMap(value -> text(value).stream())
                        .toList());
    }

    /** All of its scripts that are texts. */
    public SortedMap<String, String> scripts() {
        SortedMap<String, String> scripts = new TreeMap<>();
        Optional.ofNullable(json.get("scripts"))
                .filter(JsonElement::isJsonObject)
                .ifPresent(object -> object.getAsJsonObject()
                        .entrySet()
                        .forEach(entry -> text(entry.getValue()).ifPresent(text -> scripts.put(entry.getKey(), text))));
        return scripts;
    }

    /** Whether it has a script of that name. */
    public boolean hasScript(String name) {
        return text("scripts", name).filter(script -> !script.isBlank()).isPresent();
    }

    private static Optional<String> text(JsonObject json, String field) {
        return Optional.ofNullable(json.get(field)).flatMap(Manifest::text);
    }

    /** A value, if it is a text. */
    public static Optional<String> text(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }
}
