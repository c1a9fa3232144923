package dev.ocnix.lockfile.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import dev.ocnix.lockfile.text.JsonValue.Field;
import dev.ocnix.lockfile.text.JsonValue.JsonArray;
import dev.ocnix.lockfile.text.JsonValue.JsonNumber;
import dev.ocnix.lockfile.text.JsonValue.JsonObject;
import dev.ocnix.lockfile.text.JsonValue.JsonText;
import dev.ocnix.lockfile.text.JsonValue.JsonWord;
import dev.ocnix.model.OcnixException;
import java.util.Optional;

/**
 * Reads JSON as Bun does: with comments, trailing commas and single quotes. Of repeated keys the first one counts, and what
 * follows the root value does not.
 */
public final class BunJson {
    /** Up to here a double holds every whole number. */
    private static final double EXACT = 0x1p53;

    private BunJson() {}

    /**
     * The object that a file holds; an empty file holds an empty one.
     *
     * @param displayName how messages call the file
     * @param advice what to do if it cannot be read, in the imperative
     * @throws OcnixException with line and column, if it is no JSON, or no object
     */
    public static com.google.gson.JsonObject object(String displayName, byte[] content, String advice)
            throws OcnixException {
        SourceText source = new SourceText(displayName, content, advice);
        Optional<JsonValue> value = new JsonParser(source).read();
        return value.isPresent()
                ? object(new Shape(source).object(value.get(), "the file"))
                : new com.google.gson.JsonObject();
    }

    private static com.google.gson.JsonObject object(JsonObject value) {
        com.google.gson.JsonObject object = new com.google.gson.JsonObject();
        for (Field field : value.fields()) {
            object.add(field.name(), element(field.value()));
        }
        return object;
    }

    /** The parser bounds the depth of this recursion. */
    private static JsonElement element(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object(object);
        }
        if (value instanceof JsonArray array) {
            com.google.gson.JsonArray items =
                    new com.google.gson.JsonArray(array.items().size());
            for (JsonValue item : array.items()) {
                items.add(element(item));
            }
            return items;
        }
        if (value instanceof JsonText text) {
            return new JsonPrimitive(text.value());
        }
        if (value instanceof JsonNumber number) {
            return number(number.value());
        }
        String word = ((JsonWord) value).word();
        return word.equals("null") ? JsonNull.INSTANCE : new JsonPrimitive(word.equals("true"));
    }

    private static JsonPrimitive number(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT
                ? new JsonPrimitive((long) value)
                : new JsonPrimitive(value);
    }
}
