package dev.ocnix.project.settings;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An ini file as Bun 1.4 reads its {@code .npmrc}: a line is a key and a value, a {@code ;} or {@code #} ends what is not
 * quoted, quotes hold JSON, {@code key[]} adds to a list, and what stands below the first section counts for nothing.
 *
 * @param values by key; the last line of a key counts, unless a line has made it a list
 */
public record Ini(Map<String, Value> values) {
    private static final String BLANKS = " \t\r\n";
    private static final String ELEMENT = "[]";

    public Ini {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * What a key is set to.
     *
     * @param elements one, or those of a list
     */
    public record Value(List<Scalar> elements, boolean isList) {}

    /**
     * One value.
     *
     * @param isText whether it is a text, and no boolean, number or null
     * @param isOfEnvironment whether a variable of the environment is a part of it
     */
    public record Scalar(String text, boolean isText, boolean isOfEnvironment) {}

    /** Reads a file. */
    public static Ini of(String file) {
        Map<String, Value> values = new LinkedHashMap<>();
        String text = file.startsWith("\ufeff") ? file.substring(1) : file;
        for (String line : text.split("\n", -1)) {
            if (isSection(line)) {
                break;
            }
            if (!isBlank(line)) {
                put(values, line);
            }
        }
        values.replaceAll((key, value) -> new Value(List.copyOf(value.elements()), value.isList()));
        return new Ini(values);
    }

    private static void put(Map<String, Value> values, String line) {
        int equals = line.indexOf('=');
        String name =
                scalar(equals < 0 ? line : line.substring(0, equals), false).text();
        Scalar value = equals < 0 ? new Scalar("true", false, false) : typed(scalar(line.substring(equals + 1), true));
        boolean isElement = name.length() > ELEMENT.length() && name.endsWith(ELEMENT);
        String key = isElement ? name.substring(0, name.length() - ELEMENT.length()) : name;
        Value before = values.get(key);
        List<Scalar> elements =
                before != null && (isElement || before.isList()) ? before.elements() : new ArrayList<>();
        elements.add(value);
        values.put(key, new Value(elements, isElement || (before != null && before.isList())));
    }

    /** A bracket that closes somewhere else, or not at all, opens no section. */
    private static boolean isSection(String line) {
        int end = line.indexOf(']');
        return line.startsWith("[") && end > 0 && strip(line.substring(end + 1)).isEmpty();
    }

    private static boolean isBlank(String line) {
        String text = strip(line);
        return text.isEmpty()
                || text.startsWith(";")
                || text.startsWith("#")
                || (line.startsWith("[") && !line.contains("]"));
    }

    /** Words that mean something else than a text, quoted or not. */
    private static Scalar typed(Scalar value) {
        boolean isWord = List.of("true", "false", "null").contains(value.text());
        return isWord ? new Scalar(value.text(), false, value.isOfEnvironment()) : value;
    }

    private static Scalar scalar(String raw, boolean isValue) {
        String text = strip(raw);
        if (isQuotedBy('"', text)) {
            return json(text);
        }
        if (isQuotedBy('\'', text)) {
            return json(text.substring(1, Math.max(1, text.length() - 1)));
        }
        return unquoted(text, isValue);
    }

    private static boolean isQuotedBy(char quote, String text) {
        return !text.isEmpty() && text.charAt(0) == quote && text.charAt(text.length() - 1) == quote;
    }

    /** What JSON it is, else the text as it is. */
    private static Scalar json(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            boolean isText = reader.peek() == JsonToken.STRING;
            boolean isTree = reader.peek() == JsonToken.BEGIN_OBJECT || reader.peek() == JsonToken.BEGIN_ARRAY;
            String value = isText ? reader.nextString() : text;
            if (!isText && !isTree) {
                reader.skipValue();
            }
            return isTree || reader.peek() == JsonToken.END_DOCUMENT
                    ? new Scalar(value, isText, false)
                    : new Scalar(text, true, false);
        } catch (IOException | IllegalStateException e) {
            return new Scalar(text, true, false);
        }
    }

    private static Scalar unquoted(String text, boolean isValue) {
        StringBuilder value = new StringBuilder();
        boolean isOfEnvironment = false;
        boolean isEscaped = false;
        int lastBrace = text.lastIndexOf('}');
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            if (isEscaped) {
                value.append("\\;#$".indexOf(one) >= 0 ? "" : "\\").append(one);
                isEscaped = false;
            } else if (one == ';' || one == '#') {
                break;
            } else if (one == '\\') {
                isEscaped = true;
            } else {
                isOfEnvironment = isOfEnvironment || (isValue && at < lastBrace && isVariable(text, at));
                value.append(one);
            }
        }
        return new Scalar(strip(value + (isEscaped ? "\\" : "")), true, isOfEnvironment);
    }

    /** <code>${NAME}</code>, also one that need not be set; a dollar without braces means itself. */
    private static boolean isVariable(String text, int at) {
        return text.startsWith("${", at) && text.indexOf('}', at) > at + 2;
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && BLANKS.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && BLANKS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }
}
