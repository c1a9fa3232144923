package dev.ocnix.lockfile.text;

import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.text.JsonValue.Field;
import dev.ocnix.lockfile.text.JsonValue.JsonArray;
import dev.ocnix.lockfile.text.JsonValue.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the JSON of Bun: with comments, one trailing comma, single quotes, hexadecimal numbers and repeated keys. It keeps
 * its own stack, so that nesting costs no stack of the JVM.
 */
final class JsonParser {
    /** Lockfiles need five levels. */
    static final int MAX_DEPTH = 64;

    /** Lockfiles of 2000 packages have some 30,000 values. */
    static final int MAX_VALUES = 2_000_000;

    private final SourceText source;
    private final JsonLexer lexer;
    private final Deque<Frame> open = new ArrayDeque<>();
    private int values;

    JsonParser(SourceText source) {
        this.source = source;
        this.lexer = new JsonLexer(source);
    }

    /** The root value, or empty if there is nothing but white space and comments. */
    Optional<JsonValue> read() throws LockfileException {
        try {
            return value();
        } catch (LockfileException e) {
            throw source.conflict().orElse(e);
        }
    }

    private Optional<JsonValue> value() throws LockfileException {
        lexer.skipSpace();
        if (lexer.atEnd()) {
            return Optional.empty();
        }
        Optional<JsonValue> finished = begin();
        while (finished.isEmpty()) {
            finished = step();
        }
        return finished;
    }

    /** Where something other than white space and comments follows the root value. */
    Optional<Integer> trailing() throws LockfileException {
        lexer.skipSpace();
        return lexer.atEnd() ? Optional.empty() : Optional.of(lexer.offset());
    }

    private Optional<JsonValue> begin() throws LockfileException {
        int offset = lexer.offset();
        if (++values > MAX_VALUES) {
            throw source.failure(offset, "more than " + MAX_VALUES + " values", "check that this is the right file");
        }
        boolean isObject = lexer.take('{');
        if (!isObject && !lexer.take('[')) {
            return finish(lexer.scalar());
        }
        if (open.size() == MAX_DEPTH) {
            throw source.failure(
                    offset, "nested deeper than " + MAX_DEPTH + " levels", "check that this is the right file");
        }
        open.push(isObject ? new ObjectFrame(offset, section()) : new ArrayFrame(offset));
        return Optional.empty();
    }

    private Optional<JsonValue> step() throws LockfileException {
        Frame frame = open.element();
        lexer.skipSpace();
        if (lexer.take(frame.closer())) {
            open.pop();
            if (!frame.section.isEmpty()) {
                source.leave(lexer.offset());
            }
            return finish(frame.close());
        }
        if (frame.needsComma) {
            if (!lexer.take(',')) {
                throw source.failure(lexer.offset(), "a comma or " + frame.closer() + " is missing");
            }
            frame.needsComma = false;
            return Optional.empty();
        }
        int offset = lexer.offset();
        String key = frame.key(lexer);
        if (!frame.section.isEmpty()) {
            source.enter(offset, frame.section, key);
        }
        return begin();
    }

    /** What an object that begins here has in it, if failures shall name that. */
    private String section() {
        if (open.size() != 1 || !(open.element() instanceof ObjectFrame root)) {
            return "";
        }
        return root.key.equals("packages") ? "package" : root.key.equals("workspaces") ? "workspace" : "";
    }

    /** Hands a complete value to what it is part of; if that is nothing, it is the root. */
    private Optional<JsonValue> finish(JsonValue value) {
        if (open.isEmpty()) {
            return Optional.of(value);
        }
        Frame frame = open.element();
        frame.add(value);
        frame.needsComma = true;
        return Optional.empty();
    }

    /** An object or array that is not complete. */
    private abstract static class Frame {
        final int offset;
        final String section;
        boolean needsComma;

        Frame(int offset, String section) {
            this.offset = offset;
            this.section = section;
        }

        abstract char closer();

        /** Reads what stands before a value; empty if nothing does. */
        abstract String key(JsonLexer lexer) throws LockfileException;

        abstract void add(JsonValue value);

        abstract JsonValue close();
    }

    private static final class ObjectFrame extends Frame {
        private static final int FEW = 8;

        private final List<Field> fields = new ArrayList<>(4);
        private final List<Field> repeated = new ArrayList<>(0);
        /** The names of all fields, once they are too many to go through. */
        private final Set<String> names = new HashSet<>();

        private String key = "";
        private int keyOffset;

        ObjectFrame(int offset, String section) {
            super(offset, section);
        }

        @Override
        char closer() {
            return '}';
        }

        @Override
        String key(JsonLexer lexer) throws LockfileException {
            keyOffset = lexer.offset();
            key = lexer.key();
            return key;
        }

        @Override
        void add(JsonValue value) {
            Field field = new Field(keyOffset, key, value);
            (isRepeated() ? repeated : fields).add(field);
        }

        private boolean isRepeated() {
            if (fields.size() < FEW) {
                for (Field field : fields) {
                    if (field.name().equals(key)) {
                        return true;
                    }
                }
                return false;
            }
            if (names.isEmpty()) {
                for (Field field : fields) {
                    names.add(field.name());
                }
            }
            return !names.add(key);
        }

        @Override
        JsonValue close() {
            return new JsonObject(offset, List.copyOf(fields), List.copyOf(repeated));
        }
    }

    private static final class ArrayFrame extends Frame {
        private final List<JsonValue> items = new ArrayList<>(4);

        ArrayFrame(int offset) {
            super(offset, "");
        }

        @Override
        char closer() {
            return ']';
        }

        @Override
        String key(JsonLexer lexer) {
            return "";
        }

        @Override
        void add(JsonValue value) {
            items.add(value);
        }

        @Override
        JsonValue close() {
            return new JsonArray(offset, List.copyOf(items));
        }
    }
}
