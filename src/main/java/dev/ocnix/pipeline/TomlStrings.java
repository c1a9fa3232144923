package dev.ocnix.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The strings of a TOML 1.0 document and its lists of strings, by the keys that lead to them; of other values only their spelling
 * is known. Says no to what is no TOML only where that keeps it from reading on.
 */
final class TomlStrings {
    private static final int MAX_DEPTH = 16;
    private static final String LONG_BASIC = "\"\"\"";
    private static final String LONG_LITERAL = "'''";

    private final String text;
    private final Map<List<String>, String> strings = new HashMap<>();
    private final Map<List<String>, List<String>> lists = new HashMap<>();
    private final Map<List<String>, String> others = new HashMap<>();
    private int at;

    private TomlStrings(String text) {
        this.text = text;
    }

    /** Malformed at a line, the first of which has number 1. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        private Malformed(int line) {
            super("malformed at line " + line);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    /** Reads a document. */
    static TomlStrings of(String document) throws Malformed {
        TomlStrings reader = new TomlStrings(document.startsWith("\ufeff") ? document.substring(1) : document);
        reader.read();
        return reader;
    }

    /** An empty document. */
    static TomlStrings empty() {
        return new TomlStrings("");
    }

    /** Key paths to strings. Those of arrays of tables are left out. */
    Map<List<String>, String> strings() {
        return strings;
    }

    /** Key paths to arrays that hold nothing but strings. */
    Map<List<String>, List<String>> lists() {
        return lists;
    }

    /** Key paths to numbers, booleans and times as they are written, and to other arrays, which are empty here. */
    Map<List<String>, String> others() {
        return others;
    }

    private void read() throws Malformed {
        Optional<List<String>> table = Optional.of(List.of());
        for (skipBlank(true); at < text.length(); skipBlank(true)) {
            if (text.charAt(at) == '[') {
                boolean isElement = text.startsWith("[[", at);
                at += isElement ? 2 : 1;
                List<String> path = keys();
                expect(isElement ? "]]" : "]");
                table = isElement ? Optional.empty() : Optional.of(path);
            } else {
                keyAndValue(table, 0);
            }
        }
    }

    private void keyAndValue(Optional<List<String>> table, int depth) throws Malformed {
        List<String> keys = keys();
        expect("=");
        skipBlank(false);
        value(
                table.map(path -> {
                    List<String> whole = new ArrayList<>(path);
                    whole.addAll(keys);
                    return whole;
                }),
                depth);
    }

    private void value(Optional<List<String>> path, int depth) throws Malformed {
        char first = peek();
        if (first == '"' || first == '\'') {
            String value = string();
            path.ifPresent(keys -> strings.put(keys, value));
        } else if (first == '{') {
            inlineTable(path, depth + 1);
        } else if (first == '[') {
            Optional<List<String>> texts = array();
            path.ifPresent(keys -> texts.ifPresentOrElse(list -> lists.put(keys, list), () -> others.put(keys, "")));
        } else {
            String scalar = scalar();
            path.ifPresent(keys -> others.put(keys, scalar));
        }
    }

    private void inlineTable(Optional<List<String>> path, int depth) throws Malformed {
        if (depth > MAX_DEPTH) {
            throw malformed();
        }
        at++;
        for (skipBlank(true); peek() != '}'; skipBlank(true)) {
            keyAndValue(path, depth);
            skipBlank(true);
            if (peek() == ',') {
                at++;
            }
        }
        at++;
    }

    /** Its elements, if all are strings. */
    private Optional<List<String>> array() throws Malformed {
        List<String> texts = new ArrayList<>();
        boolean isOfTexts = true;
        int open = 0;
        do {
            skipBlank(true);
            char next = peek();
            if (next == '"' || next == '\'') {
                texts.add(string());
                continue;
            }
            open += next == '[' ? 1 : next == ']' ? -1 : 0;
            isOfTexts &= open < 2 && "[],".indexOf(next) >= 0;
            at++;
        } while (open > 0);
        return isOfTexts ? Optional.of(List.copyOf(texts)) : Optional.empty();
    }

    private String scalar() throws Malformed {
        int start = at;
        while (at < text.length() && ",}]#\n\r".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
        return text.substring(start, at).strip();
    }

    private List<String> keys() throws Malformed {
        List<String> keys = new ArrayList<>();
        while (true) {
            skipBlank(false);
            char first = peek();
            keys.add(first == '"' || first == '\'' ? string() : bareKey());
            skipBlank(false);
            if (at >= text.length() || text.charAt(at) != '.') {
                return keys;
            }
            at++;
        }
    }

    private String bareKey() throws Malformed {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_-@".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
        return text.substring(start, at);
    }

    private String string() throws Malformed {
        boolean isLiteral = text.charAt(at) == '\'';
        String longQuote = isLiteral ? LONG_LITERAL : LONG_BASIC;
        String quote = text.startsWith(longQuote, at) ? longQuote : longQuote.substring(2);
        at += quote.length();
        StringBuilder value = new StringBuilder();
        while (!text.startsWith(quote, at)) {
            char next = peek();
            if (next == '\n' && quote.length() == 1) {
                throw malformed();
            }
            at++;
            value.append(next == '\\' && !isLiteral ? escaped() : String.valueOf(next));
        }
        at += quote.length();
        return value.toString();
    }

    private String escaped() throws Malformed {
        char kind = peek();
        at++;
        return switch (kind) {
            case 'b' -> "\b";
            case 't' -> "\t";
            case 'n' -> "\n";
            case 'f' -> "\f";
            case 'r' -> "\r";
            case 'u' -> codePoint(4);
            case 'U' -> codePoint(8);
            default -> String.valueOf(kind);
        };
    }

    private String codePoint(int digits) throws Malformed {
        int end = at + digits;
        if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]+")) {
            throw malformed();
        }
        long value = Long.parseLong(text.substring(at, end), 16);
        at = end;
        if (value > Character.MAX_CODE_POINT) {
            throw malformed();
        }
        return Character.toString((int) value);
    }

    private void expect(String symbol) throws Malformed {
        skipBlank(false);
        if (!text.startsWith(symbol, at)) {
            throw malformed();
        }
        at += symbol.length();
    }

    private char peek() throws Malformed {
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at);
    }

    /** Blanks, and comments and line ends where those may be. */
    private void skipBlank(boolean linesToo) {
        while (at < text.length()) {
            char next = text.charAt(at);
            if (linesToo && next == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (next == ' ' || next == '\t' || (linesToo && (next == '\n' || next == '\r'))) {
                at++;
            } else {
                return;
            }
        }
    }

    private Malformed malformed() {
        return new Malformed(1
                + (int) text.substring(0, at).chars().filter(one -> one == '\n').count());
    }
}
