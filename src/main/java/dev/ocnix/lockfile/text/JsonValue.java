package dev.ocnix.lockfile.text;

import java.util.List;
import java.util.Optional;

/** A value of the file, with the offset at which it starts. */
sealed interface JsonValue {
    int offset();

    /** What a message calls it. */
    String describe();

    /** One key of an object with its value; the offset is the key's. */
    record Field(int offset, String name, JsonValue value) {}

    /**
     * An object.
     *
     * @param fields in the file's order; of repeated names the first
     * @param repeated the others
     */
    record JsonObject(int offset, List<Field> fields, List<Field> repeated) implements JsonValue {
        Optional<Field> field(String name) {
            for (Field field : fields) {
                if (field.name().equals(name)) {
                    return Optional.of(field);
                }
            }
            return Optional.empty();
        }

        @Override
        public String describe() {
            return "an object";
        }
    }

    record JsonArray(int offset, List<JsonValue> items) implements JsonValue {
        @Override
        public String describe() {
            return "an array";
        }
    }

    record JsonText(int offset, String value) implements JsonValue {
        @Override
        public String describe() {
            return "a string";
        }
    }

    record JsonNumber(int offset, double value) implements JsonValue {
        @Override
        public String describe() {
            return "a number";
        }
    }

    /** {@code true}, {@code false} or {@code null}. */
    record JsonWord(int offset, String word) implements JsonValue {
        boolean isTrue() {
            return word.equals("true");
        }

        @Override
        public String describe() {
            return word;
        }
    }
}
