package dev.ocnix.lockfile.text;

import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.text.JsonValue.JsonNumber;
import dev.ocnix.lockfile.text.JsonValue.JsonText;
import dev.ocnix.lockfile.text.JsonValue.JsonWord;
import java.util.regex.Pattern;

/** The words of Bun's JSON: white space, comments, strings, numbers. */
final class JsonLexer {
    private static final int MAX_WORD = 40;
    private static final Pattern DECIMAL = Pattern.compile("-?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern HEXADECIMAL = Pattern.compile("-?0[xX][0-9a-fA-F]{1,13}");

    private final SourceText source;
    private final String text;
    private int position;

    JsonLexer(SourceText source) {
        this.source = source;
        this.text = source.text;
        this.position = text.startsWith("\ufeff") ? 1 : 0;
    }

    int offset() {
        return position;
    }

    boolean atEnd() {
        return position >= text.length();
    }

    /** Steps over a character if it is the next one. */
    boolean take(char expected) {
        if (!atEnd() && text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }

    void skipSpace() throws LockfileException {
        while (!atEnd()) {
            char c = text.charAt(position);
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\u000b' || c == '\u00a0') {
                position++;
            } else if (text.startsWith("//", position)) {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", position)) {
                int end = text.indexOf("*/", position + 2);
                if (end < 0) {
                    throw source.failure(position, "a comment does not end");
                }
                position = end + 2;
            } else {
                return;
            }
        }
    }

    /** A quoted key and the colon after it. */
    String key() throws LockfileException {
        if (atEnd()) {
            throw source.failure(position, "the file ends inside an object");
        }
        if (!isQuote(text.charAt(position))) {
            throw source.failure(position, "a key in quotes is missing");
        }
        String key = string();
        skipSpace();
        if (!take(':')) {
            throw source.failure(position, "a colon is missing after a key");
        }
        skipSpace();
        return key;
    }

    /** A string, number, {@code true}, {@code false} or {@code null}. */
    JsonValue scalar() throws LockfileException {
        if (atEnd()) {
            throw source.failure(position, "the file ends where a value should be");
        }
        int start = position;
        if (isQuote(text.charAt(start))) {
            return new JsonText(start, string());
        }
        while (!atEnd() && isWordPart(text.charAt(position)) && position - start <= MAX_WORD) {
            position++;
        }
        String word = text.substring(start, position);
        if (word.equals("true") || word.equals("false") || word.equals("null")) {
            return new JsonWord(start, word);
        }
        if (DECIMAL.matcher(word).matches()) {
            return new JsonNumber(start, Double.parseDouble(word));
        }
        if (HEXADECIMAL.matcher(word).matches()) {
            boolean negative = word.startsWith("-");
            long magnitude = Long.parseLong(word.substring(negative ? 3 : 2), 16);
            return new JsonNumber(start, negative ? -magnitude : magnitude);
        }
        throw source.failure(start, "there is no valid JSON value here");
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static boolean isWordPart(char c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || c == '.' || c == '+' || c == '-';
    }

    private String string() throws LockfileException {
        int start = position;
        char quote = text.charAt(position++);
        int run = position;
        StringBuilder unescaped = new StringBuilder(0);
        while (!atEnd()) {
            char c = text.charAt(position);
            if (c == quote) {
                String rest = text.substring(run, position++);
                return unescaped.length() == 0 ? rest : unescaped.append(rest).toString();
            }
            if (c == '\n' || c == '\r' || c == 0) {
                throw source.failure(position, "a string holds a raw line break or NUL");
            }
            position++;
            if (c == '\\') {
                unescaped.append(text, run, position - 1);
                unescaped.append(escape());
                run = position;
            }
        }
        throw source.failure(start, "a string does not end");
    }

    private char escape() throws LockfileException {
        char c = atEnd() ? ' ' : text.charAt(position++);
        return switch (c) {
            case '"', '\'', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw source.failure(position - 1, "an escape that JSON does not have");
        };
    }

    private char unicode() throws LockfileException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = atEnd() ? ' ' : text.charAt(position);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw source.failure(position, "\\u needs four hexadecimal digits");
            }
            code = code * 16 + digit;
            position++;
        }
        return (char) code;
    }
}
