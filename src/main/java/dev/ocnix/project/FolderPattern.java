package dev.ocnix.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pattern of {@code workspaces}: names between slashes, with {@code *}, {@code ?}, {@code [a-z]} and {@code {a,b}} in them,
 * and {@code **} for any number of folders. What starts with a dot, and {@code node_modules}, is matched by its own name only.
 */
final class FolderPattern {
    private static final int MAX_ALTERNATIVES = 256;
    private static final String ANY_DEPTH = "**";

    private final List<List<String>> alternatives;

    private FolderPattern(List<List<String>> alternatives) {
        this.alternatives = alternatives;
    }

    /**
     * Reads a pattern.
     *
     * @return empty if its braces stand for too much
     */
    static Optional<FolderPattern> of(String text) {
        List<String> expanded = new ArrayList<>(List.of(text));
        for (int i = 0; i < expanded.size(); ) {
            String one = expanded.get(i);
            int open = one.indexOf('{');
            int close = closing(one, open);
            if (close < 0) {
                i++;
                continue;
            }
            expanded.remove(i);
            for (String choice : choices(one.substring(open + 1, close))) {
                expanded.add(one.substring(0, open) + choice + one.substring(close + 1));
            }
            if (expanded.size() > MAX_ALTERNATIVES || one.length() > 4096) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new FolderPattern(expanded.stream().map(FolderPattern::names).toList()));
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = Math.max(open, 0); open >= 0 && i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> choices(String inner) {
        List<String> choices = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == ',' && depth == 0) {
                choices.add(inner.substring(start, i));
                start = i + 1;
            }
        }
        choices.add(inner.substring(start));
        return choices;
    }

    /** Whether a text is more than a path. */
    static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /** The names of a path, without those that change nothing. */
    static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }

    /** The folder that all alternatives lie in; empty for the top. */
    String start() {
        List<String> common = literal(alternatives.get(0));
        for (List<String> names : alternatives) {
            int same = 0;
            while (same < common.size()
                    && same < names.size()
                    && common.get(same).equals(names.get(same))) {
                same++;
            }
            common = common.subList(0, same);
        }
        return String.join("/", common);
    }

    private static List<String> literal(List<String> names) {
        int plain = 0;
        while (plain < names.size() && !isPattern(names.get(plain))) {
            plain++;
        }
        return names.subList(0, plain);
    }

    /** Whether a folder is one that the pattern means. */
    boolean matches(String folder) {
        List<String> names = names(folder);
        return alternatives.stream().anyMatch(pattern -> matches(pattern, names));
    }

    /** Row by row over the pattern, so that it costs the product of both lengths at most. */
    private static boolean matches(List<String> pattern, List<String> names) {
        boolean[] reached = new boolean[names.size() + 1];
        reached[0] = true;
        for (String part : pattern) {
            boolean[] next = new boolean[names.size() + 1];
            boolean any = part.equals(ANY_DEPTH);
            next[0] = any && reached[0];
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                next[i + 1] =
                        any ? reached[i + 1] || (next[i] && isPlain(name)) : reached[i] && matchesName(part, name);
            }
            reached = next;
        }
        return reached[names.size()];
    }

    private static boolean isPlain(String name) {
        return !name.startsWith(".") && !name.equals("node_modules");
    }

    private static boolean matchesName(String part, String name) {
        if (!isPattern(part)) {
            return part.equals(name);
        }
        if (!isPlain(name) && !part.startsWith(".")) {
            return false;
        }
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int at = 0; at < part.length(); ) {
            int end = tokenEnd(part, at);
            boolean[] next = new boolean[name.length() + 1];
            boolean star = part.charAt(at) == '*';
            next[0] = star && reached[0];
            for (int i = 0; i < name.length(); i++) {
                next[i + 1] = star ? reached[i + 1] || next[i] : reached[i] && admits(part, at, end, name.charAt(i));
            }
            reached = next;
            at = end;
        }
        return reached[name.length()];
    }

    private static int tokenEnd(String part, int at) {
        int close = part.charAt(at) == '[' ? part.indexOf(']', at + 2) : -1;
        return close < 0 ? at + 1 : close + 1;
    }

    private static boolean admits(String part, int from, int to, char c) {
        if (to == from + 1) {
            return part.charAt(from) == '?' || part.charAt(from) == c;
        }
        boolean negated = "!^".indexOf(part.charAt(from + 1)) >= 0;
        boolean found = false;
        for (int i = from + (negated ? 2 : 1); i < to - 1; i++) {
            boolean range = i + 2 < to - 1 && part.charAt(i + 1) == '-';
            char last = part.charAt(range ? i + 2 : i);
            found |= c >= part.charAt(i) && c <= last;
            i += range ? 2 : 0;
        }
        return found != negated;
    }
}
