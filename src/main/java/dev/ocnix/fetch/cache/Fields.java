package dev.ocnix.fetch.cache;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.ocnix.hash.Sri;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSON object of which nothing is believed before it is looked at; fields that say nothing are not written. */
final class Fields {
    private static final Pattern PLACE = Pattern.compile("at line ([0-9]+) column ([0-9]+)");

    private final JsonObject object;

    Fields(JsonObject object) {
        this.object = object;
    }

    static Fields parse(String json) throws FactsFormatException {
        try (JsonReader reader = new JsonReader(new StringReader(json))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new FactsFormatException("has text after its end");
            }
            return of(element, "the document");
        } catch (JsonParseException | IOException e) {
            throw new FactsFormatException("is no JSON" + where(String.valueOf(e.getMessage())));
        }
    }

    /** Gson names its classes and the whole way to the fault; the place is what a user can do something with. */
    private static String where(String message) {
        Matcher place = PLACE.matcher(message);
        return place.find() ? " (line " + place.group(1) + ", column " + place.group(2) + ")" : "";
    }

    static Fields of(JsonElement element, String what) throws FactsFormatException {
        if (!element.isJsonObject()) {
            throw new FactsFormatException("has no object at " + what);
        }
        return new Fields(element.getAsJsonObject());
    }

    Map<String, JsonElement> entries() {
        return object.asMap();
    }

    Optional<String> text(String key) throws FactsFormatException {
        JsonElement value = object.get(key);
        return value == null ? Optional.empty() : Optional.of(text(value, key));
    }

    String needText(String key) throws FactsFormatException {
        return text(key).orElseThrow(() -> new FactsFormatException("lacks \"" + key + "\""));
    }

    Sri needSri(String key) throws FactsFormatException {
        return sri(needText(key));
    }

    static Sri sri(String text) throws FactsFormatException {
        return Sri.parse(text).orElseThrow(() -> new FactsFormatException("has a malformed hash"));
    }

    boolean flag(String key) throws FactsFormatException {
        return optionalFlag(key).orElse(false);
    }

    Optional<Boolean> optionalFlag(String key) throws FactsFormatException {
        JsonElement value = object.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return Optional.of(primitive.getAsBoolean());
        }
        throw new FactsFormatException("has no boolean at \"" + key + "\"");
    }

    long needNumber(String key) throws FactsFormatException {
        JsonElement value = object.get(key);
        if (value instanceof JsonPrimitive primitive
                && primitive.isNumber()
                && primitive.getAsString().matches("[0-9]{1,15}")) {
            return Long.parseLong(primitive.getAsString());
        }
        throw new FactsFormatException("has no whole number at \"" + key + "\"");
    }

    List<String> texts(String key) throws FactsFormatException {
        List<String> values = new ArrayList<>();
        for (JsonElement element : elements(key)) {
            values.add(text(element, key));
        }
        return values;
    }

    List<JsonElement> elements(String key) throws FactsFormatException {
        JsonElement value = object.get(key);
        if (value == null) {
            return List.of();
        }
        if (!value.isJsonArray()) {
            throw new FactsFormatException("has no list at \"" + key + "\"");
        }
        return value.getAsJsonArray().asList();
    }

    SortedMap<String, String> map(String key) throws FactsFormatException {
        SortedMap<String, String> map = new TreeMap<>();
        for (Map.Entry<String, JsonElement> entry : object(key).entries().entrySet()) {
            map.put(entry.getKey(), text(entry.getValue(), key));
        }
        return map;
    }

    Fields object(String key) throws FactsFormatException {
        JsonElement value = object.get(key);
        return value == null ? new Fields(new JsonObject()) : of(value, '"' + key + '"');
    }

    private static String text(JsonElement value, String key) throws FactsFormatException {
        if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw new FactsFormatException("has no string at \"" + key + "\"");
    }

    static void put(JsonObject object, String key, Optional<String> value) {
        value.ifPresent(text -> object.addProperty(key, text));
    }

    static void put(JsonObject object, String key, Collection<String> values) {
        if (!values.isEmpty()) {
            JsonArray array = new JsonArray();
            values.forEach(array::add);
            object.add(key, array);
        }
    }

    static void put(JsonObject object, String key, Map<String, String> values) {
        if (!values.isEmpty()) {
            JsonObject map = new JsonObject();
            values.forEach(map::addProperty);
            object.add(key, map);
        }
    }
}
