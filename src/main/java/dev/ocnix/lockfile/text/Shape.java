package dev.ocnix.lockfile.text;

import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.SafeText;
import dev.ocnix.lockfile.text.JsonValue.Field;
import dev.ocnix.lockfile.text.JsonValue.JsonArray;
import dev.ocnix.lockfile.text.JsonValue.JsonNumber;
import dev.ocnix.lockfile.text.JsonValue.JsonObject;
import dev.ocnix.lockfile.text.JsonValue.JsonText;
import dev.ocnix.lockfile.text.JsonValue.JsonWord;
import dev.ocnix.model.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes values for what they should be, or says where one is something else. */
final class Shape {
    private final SourceText source;

    Shape(SourceText source) {
        this.source = source;
    }

    JsonObject object(JsonValue value, String what) throws LockfileException {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw mismatch(value, what, "an object");
    }

    List<JsonValue> array(JsonValue value, String what) throws LockfileException {
        if (value instanceof JsonArray array) {
            return array.items();
        }
        throw mismatch(value, what, "an array");
    }

    /** A string without control characters. */
    String text(JsonValue value, String what) throws LockfileException {
        if (!(value instanceof JsonText text)) {
            throw mismatch(value, what, "a string");
        }
        if (!SafeText.isPrintable(text.value())) {
            throw controlCharacter(text.value(), value.offset(), what);
        }
        return text.value();
    }

    boolean flag(JsonValue value, String what) throws LockfileException {
        if (value instanceof JsonWord word && !word.word().equals("null")) {
            return word.isTrue();
        }
        throw mismatch(value, what, "true or false");
    }

    /** A whole number that is not negative. */
    long count(JsonValue value, String what) throws LockfileException {
        if (value instanceof JsonNumber number && number.value() >= 0 && number.value() == Math.rint(number.value())) {
            return (long) number.value();
        }
        throw mismatch(value, what, "a whole number");
    }

    /** A string or an array of strings. */
    List<String> texts(JsonValue value, String what) throws LockfileException {
        if (value instanceof JsonText) {
            return List.of(text(value, what));
        }
        List<String> texts = new ArrayList<>();
        for (JsonValue item : array(value, what)) {
            texts.add(text(item, what));
        }
        return texts;
    }

    /** A name with a text, such as a dependency with its range. */
    record Range(int offset, String name, String text) {}

    /** An object of strings, such as a group of dependencies, in the file's order; no name is empty. */
    List<Range> ranges(JsonValue value, String what) throws LockfileException {
        List<Range> ranges = new ArrayList<>();
        for (Field field : object(value, what).fields()) {
            if (!(field.value() instanceof JsonText range)) {
                throw mismatch(field.value(), Visible.quoted(field.name()) + " in " + what, "a string");
            }
            ranges.add(new Range(field.offset(), name(field, what), range.value()));
        }
        return ranges;
    }

    /** A key that must not be empty. */
    String name(Field field, String what) throws LockfileException {
        if (field.name().isEmpty()) {
            throw source.failure(field.offset(), "an empty name in " + what);
        }
        if (!SafeText.isPrintable(field.name())) {
            throw controlCharacter(field.name(), field.offset(), "a name in " + what);
        }
        return field.name();
    }

    Optional<JsonValue> value(JsonObject object, String name) {
        return object.field(name).map(Field::value);
    }

    private LockfileException controlCharacter(String text, int offset, String what) {
        return source.failure(offset, what + " holds a control character: " + Visible.quoted(text));
    }

    LockfileException mismatch(JsonValue value, String what, String expected) {
        return source.failure(value.offset(), what + " is " + value.describe() + " and should be " + expected);
    }
}
