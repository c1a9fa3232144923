package dev.ocnix.addon;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The literals of which a {@code .gyp} file consists: Python's dictionaries, lists, strings and numbers, with {@code #}
 * comments, trailing commas, and strings that stand side by side and are one. Read without recursion.
 */
final class GypLiteral {
    private static final int MAX_DEPTH = 100;

    private final String text;
    private int at;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private Optional<Object> result = Optional.empty();

    private GypLiteral(String text) {
        this.text = text;
    }

    /** A value made of {@code Map<String, Object>}, {@code List<Object>} and {@code String}; empty if malformed. */
    static Optional<Object> read(String text) {
        GypLiteral reader = new GypLiteral(text);
        return reader.readAll() && reader.frames.isEmpty() ? reader.result : Optional.empty();
    }

    private boolean readAll() {
        while (true) {
            skipBlanks();
            if (at >= text.length()) {
                return true;
            }
            if (!readToken(text.charAt(at))) {
                return false;
            }
        }
    }

    private boolean readToken(char first) {
        switch (first) {
            case '{', '[', '(' -> {
                at++;
                frames.push(new Frame(first == '{'));
                return frames.size() <= MAX_DEPTH;
            }
            case '}', ']', ')' -> {
                at++;
                return !frames.isEmpty()
                        && frames.peek().isMap == (first == '}')
                        && put(frames.pop().value());
            }
            case ',', ':' -> {
                at++;
                return !frames.isEmpty();
            }
            case '\'', '"' -> {
                return put(strings());
            }
            default -> {
                String word = word();
                return !word.isEmpty() && put(word);
            }
        }
    }

    private boolean put(Object value) {
        Frame frame = frames.peek();
        if (frame != null) {
            return frame.put(value);
        }
        boolean isFirst = result.isEmpty();
        result = Optional.of(value);
        return isFirst;
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c) || c == '\uFEFF') {
                at++;
            } else {
                return;
            }
        }
    }

    private String strings() {
        StringBuilder all = new StringBuilder();
        while (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            all.append(string());
            int end = at;
            skipBlanks();
            if (at < text.length() && text.charAt(at) == '+') {
                at++;
                skipBlanks();
            }
            if (at >= text.length() || (text.charAt(at) != '\'' && text.charAt(at) != '"')) {
                at = end;
                break;
            }
        }
        return all.toString();
    }

    private String string() {
        char quote = text.charAt(at++);
        String triple = String.valueOf(quote).repeat(3);
        if (text.startsWith(triple, at - 1)) {
            int end = text.indexOf(triple, at + 2);
            String value = text.substring(at + 2, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 3;
            return value;
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                c = escaped(text.charAt(at++));
            }
            value.append(c);
        }
        at = Math.min(at + 1, text.length());
        return value.toString();
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n', '\n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> c;
        };
    }

    private String word() {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-._".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }

    /** A dictionary or list that is being read. */
    private static final class Frame {
        private final boolean isMap;
        private final Map<String, Object> map = new LinkedHashMap<>();
        private final List<Object> list = new ArrayList<>();
        private Optional<String> key = Optional.empty();

        Frame(boolean isMap) {
            this.isMap = isMap;
        }

        boolean put(Object value) {
            if (!isMap) {
                return list.add(value);
            }
            if (key.isEmpty()) {
                key = value instanceof String text ? Optional.of(text) : Optional.empty();
                return key.isPresent();
            }
            map.put(key.get(), value);
            key = Optional.empty();
            return true;
        }

        Object value() {
            return isMap ? map : list;
        }
    }

    /** All strings in a value, at any depth. */
    static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        Deque<Object> open = new ArrayDeque<>(List.of(value));
        while (!open.isEmpty()) {
            Object next = open.pop();
            if (next instanceof String text) {
                texts.add(text);
            } else if (next instanceof Map<?, ?> map) {
                map.values().forEach(open::push);
            } else if (next instanceof Collection<?> list) {
                list.forEach(open::push);
            }
        }
        return texts;
    }
}
