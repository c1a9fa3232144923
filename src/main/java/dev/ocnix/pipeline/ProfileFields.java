package dev.ocnix.pipeline;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ocnix.model.NearNames;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One JSON object of a profile, read field by field; a field that is unknown or of another type is refused by its name. */
final class ProfileFields {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String profile;
    private final String prefix;
    private final JsonObject json;

    private ProfileFields(String profile, String prefix, JsonObject json) {
        this.profile = profile;
        this.prefix = prefix;
        this.json = json;
    }

    /**
     * A profile's outermost object.
     *
     * @param profile its name, for messages
     * @throws OcnixException if it has a field other than the known ones
     */
    static ProfileFields of(String profile, JsonObject json, Set<String> known) throws OcnixException {
        return new ProfileFields(profile, "", json).onlyWith(known);
    }

    boolean has(String field) {
        return json.has(field);
    }

    Optional<String> text(String field) throws OcnixException {
        return json.has(field) ? Optional.of(text(field, json.get(field))) : Optional.empty();
    }

    /** One of a few words. */
    Optional<String> word(String field, List<String> words) throws OcnixException {
        Optional<String> word = text(field);
        if (word.isPresent() && !words.contains(word.get())) {
            throw refusal(field, String.join(" or ", words));
        }
        return word;
    }

    /** Some of a few words. */
    List<String> words(String field, List<String> words) throws OcnixException {
        List<String> given = texts(field);
        if (!words.containsAll(given)) {
            throw refusal(field, "a list of some of " + String.join(", ", words));
        }
        return given;
    }

    /** The value of a field that is true or false; empty of one that is neither. */
    Optional<Boolean> flag(String field) {
        return json.get(field) instanceof JsonPrimitive primitive && primitive.isBoolean()
                ? Optional.of(primitive.getAsBoolean())
                : Optional.empty();
    }

    boolean isList(String field) {
        return json.get(field).isJsonArray();
    }

    /** A list of texts; empty where the field is absent. */
    List<String> texts(String field) throws OcnixException {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : elements(field, "a list of texts")) {
            texts.add(text(field + "[" + texts.size() + "]", element));
        }
        return texts;
    }

    /** Names to texts; empty where the field is absent. */
    SortedMap<String, String> map(String field) throws OcnixException {
        SortedMap<String, String> map = new TreeMap<>();
        if (json.has(field)) {
            JsonObject object = object(field, json.get(field));
            for (String name : object.keySet()) {
                map.put(name, text(field + "." + name, object.get(name)));
            }
        }
        return map;
    }

    /** Names of variables to texts; empty where the field is absent. */
    SortedMap<String, String> variables(String field) throws OcnixException {
        SortedMap<String, String> variables = map(field);
        for (String name : variables.keySet()) {
            if (!VARIABLE.matcher(name).matches()) {
                throw refusal(
                        field,
                        "the variable \"" + shown(name) + "\"",
                        "names of letters, digits and _, the first of which is no digit");
            }
        }
        return variables;
    }

    /** A whole number. */
    Optional<Integer> number(String field, int least, int most) throws OcnixException {
        if (!json.has(field)) {
            return Optional.empty();
        }
        String wanted = "a whole number from " + least + " to " + most;
        JsonElement value = json.get(field);
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            throw refusal(field, kind(value), wanted);
        }
        double number = value.getAsDouble();
        if (number != Math.rint(number) || number < least || number > most) {
            throw refusal(field, value.getAsString(), wanted);
        }
        return Optional.of((int) number);
    }

    /** The object of a field; one without fields where it is absent. */
    ProfileFields object(String field, Set<String> known) throws OcnixException {
        JsonObject object = json.has(field) ? object(field, json.get(field)) : new JsonObject();
        return new ProfileFields(profile, prefix + field + ".", object).onlyWith(known);
    }

    /** The objects of a list; none where the field is absent. */
    List<ProfileFields> objects(String field, Set<String> known) throws OcnixException {
        List<ProfileFields> objects = new ArrayList<>();
        for (JsonElement element : elements(field, "a list of objects")) {
            String place = field + "[" + objects.size() + "]";
            objects.add(new ProfileFields(profile, prefix + place + ".", object(place, element)).onlyWith(known));
        }
        return objects;
    }

    /** These fields with those of another object in the place of their namesakes. */
    ProfileFields replacedBy(ProfileFields other) {
        JsonObject merged = json.deepCopy();
        other.json.entrySet().forEach(field -> merged.add(field.getKey(), field.getValue()));
        return new ProfileFields(profile, prefix, merged);
    }

    /** A refusal of the value of a field that is there. */
    OcnixException refusal(String field, String wanted) {
        return refusal(field, kind(json.get(field)), wanted);
    }

    private OcnixException refusal(String field, String given, String wanted) {
        return OcnixException.input(
                "The profile " + profile + " gives " + prefix + field + " " + given + "; it takes " + wanted + ".");
    }

    private ProfileFields onlyWith(Set<String> known) throws OcnixException {
        SortedSet<String> unknown = new TreeSet<>(json.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            String name = unknown.first();
            String advice = NearNames.like(known, name)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("the known ones are " + String.join(", ", new TreeSet<>(known)) + ".");
            throw OcnixException.input(
                    "The profile " + profile + " has an unknown field " + prefix + shown(name) + "; " + advice);
        }
        return this;
    }

    private Iterable<JsonElement> elements(String field, String wanted) throws OcnixException {
        if (!json.has(field)) {
            return List.of();
        }
        if (!json.get(field).isJsonArray()) {
            throw refusal(field, kind(json.get(field)), wanted);
        }
        return json.getAsJsonArray(field);
    }

    private JsonObject object(String field, JsonElement value) throws OcnixException {
        if (!value.isJsonObject()) {
            throw refusal(field, kind(value), "an object");
        }
        return value.getAsJsonObject();
    }

    private String text(String field, JsonElement value) throws OcnixException {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw refusal(field, kind(value), "a text");
        }
        return value.getAsString();
    }

    private static String kind(JsonElement value) {
        if (value.isJsonNull()) {
            return "null";
        }
        if (value.isJsonArray()) {
            return "a list";
        }
        if (value.isJsonObject()) {
            return "an object";
        }
        if (value.getAsJsonPrimitive().isString()) {
            return "the text \"" + shown(value.getAsString()) + "\"";
        }
        return (value.getAsJsonPrimitive().isBoolean() ? "" : "the number ") + value.getAsString();
    }

    private static String shown(String text) {
        String cut = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return Visible.of(cut);
    }
}
