package dev.ocnix.addon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables of a {@code .gyp} file that have one plain value, whoever asks. */
final class GypVariables {
    private static final Pattern USE = Pattern.compile("[<>]@?\\(([A-Za-z_][A-Za-z0-9_-]*)\\)");
    private static final int MAX_LENGTH = 4096;

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> several = new HashSet<>();

    /** Takes what the {@code variables} in a value define, at any depth. */
    void read(Object value) {
        Deque<Object> open = new ArrayDeque<>(List.of(value));
        while (!open.isEmpty()) {
            Object next = open.pop();
            if (next instanceof List<?> list) {
                list.forEach(open::push);
            } else if (next instanceof Map<?, ?> map) {
                map.forEach((key, inner) -> {
                    open.push(inner);
                    if (key.equals("variables") && inner instanceof Map<?, ?> definitions) {
                        definitions.forEach((name, text) -> define(String.valueOf(name), text));
                    }
                });
            }
        }
    }

    /** A name that ends with a percent sign has a default value only. */
    private void define(String key, Object value) {
        String name = key.endsWith("%") ? key.substring(0, key.length() - 1) : key;
        boolean isPlain = value instanceof String text && !text.contains("<") && !text.contains(">");
        String before = values.putIfAbsent(name, isPlain ? String.valueOf(value) : "");
        if (!isPlain || (before != null && !before.equals(value))) {
            several.add(name);
        }
    }

    /** A text with the values of the variables that it uses, where they are plain. */
    String expand(String text) {
        if (text.length() > MAX_LENGTH || (!text.contains("<") && !text.contains(">"))) {
            return text;
        }
        Matcher matcher = USE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find() && expanded.length() < MAX_LENGTH) {
            String name = matcher.group(1);
            boolean isKnown = values.containsKey(name) && !several.contains(name);
            matcher.appendReplacement(
                    expanded, Matcher.quoteReplacement(isKnown ? values.getOrDefault(name, "") : matcher.group()));
        }
        return matcher.appendTail(expanded).toString();
    }
}
