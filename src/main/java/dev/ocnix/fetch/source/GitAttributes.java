package dev.ocnix.fetch.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attributes;
import org.eclipse.jgit.attributes.AttributesRule;

/**
 * The attributes of paths by the .gitattributes files on the way to them, with gitattributes(5)'s quoted patterns and macros,
 * which JGit's own reader lacks in part. Matching a pattern is JGit's.
 */
final class GitAttributes {
    private static final int MAX_LINE = 2048;
    private static final int MAX_EXPANSIONS = 1000;
    private static final String MACRO = "[attr]";

    private final List<Level> levels = new ArrayList<>();
    private final Map<String, List<Attribute>> macros = new HashMap<>();

    private record Level(int prefix, List<AttributesRule> rules) {}

    GitAttributes() {
        macros.put("binary", new AttributesRule("", "-diff -merge -text").getAttributes());
    }

    /**
     * Enters a folder, after leaving all that are not on the way to it.
     *
     * @param depth how many folders are above it; 0 for the top
     * @param prefix the length of its path with the slash
     * @param file the content of its .gitattributes, or nothing
     */
    void enter(int depth, int prefix, byte[] file) {
        while (levels.size() > depth) {
            levels.remove(levels.size() - 1);
        }
        levels.add(new Level(prefix, parse(file, depth == 0)));
    }

    /** The attributes of an entry in one of the folders that were entered; {@code depth} is that folder's. */
    Attributes of(String path, int depth, boolean directory) {
        Map<String, Attribute> decided = new HashMap<>();
        for (int i = depth; i >= 0; i--) {
            Level level = levels.get(i);
            String relative = path.substring(level.prefix);
            for (int r = level.rules.size() - 1; r >= 0; r--) {
                AttributesRule rule = level.rules.get(r);
                if (rule.isMatch(relative, directory)) {
                    decide(rule.getAttributes(), decided);
                }
            }
        }
        Attributes attributes = new Attributes();
        for (Attribute attribute : decided.values()) {
            if (attribute.getState() != Attribute.State.UNSPECIFIED) {
                attributes.put(attribute);
            }
        }
        return attributes;
    }

    /** The last one of a line wins, earlier lines only add, and a macro stands for its own line. */
    private void decide(List<Attribute> line, Map<String, Attribute> decided) {
        Deque<Attribute> pending = new ArrayDeque<>(line);
        for (int n = 0; n < MAX_EXPANSIONS && !pending.isEmpty(); n++) {
            Attribute attribute = pending.removeLast();
            boolean isNew = decided.putIfAbsent(attribute.getKey(), attribute) == null;
            if (isNew && attribute.getState() == Attribute.State.SET) {
                macros.getOrDefault(attribute.getKey(), List.of()).forEach(pending::addLast);
            }
        }
    }

    private List<AttributesRule> parse(byte[] file, boolean top) {
        List<AttributesRule> rules = new ArrayList<>();
        String text = new String(file, StandardCharsets.UTF_8);
        for (String line : (text.startsWith("\ufeff") ? text.substring(1) : text).split("\n", -1)) {
            String rule = line.strip();
            boolean ignored =
                    rule.isEmpty() || rule.startsWith("#") || rule.startsWith("!") || line.length() > MAX_LINE;
            if (ignored) {
                continue;
            }
            if (!rule.startsWith(MACRO)) {
                Pattern pattern = Pattern.before(rule);
                if (!pattern.text.startsWith("!")) {
                    rules.add(new AttributesRule(
                            pattern.text, rule.substring(pattern.end).strip()));
                }
            } else if (top) {
                Pattern name = Pattern.before(rule.substring(MACRO.length()).strip());
                String attributes = rule.substring(MACRO.length()).strip().substring(name.end);
                macros.put(name.text, new AttributesRule("", attributes.strip()).getAttributes());
            }
        }
        return rules;
    }

    /** The first word of a line, or the string in double quotes that stands for it, and where it ends. */
    private record Pattern(String text, int end) {
        static Pattern before(String line) {
            int close = line.startsWith("\"") ? closingQuote(line) : -1;
            if (close > 0) {
                return new Pattern(unquoted(line.substring(1, close)), close + 1);
            }
            int end = 0;
            while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
                end++;
            }
            return new Pattern(line.substring(0, end), end);
        }

        private static int closingQuote(String line) {
            for (int i = 1; i < line.length(); i++) {
                if (line.charAt(i) == '\\') {
                    i++;
                } else if (line.charAt(i) == '"') {
                    return i;
                }
            }
            return -1;
        }

        private static String unquoted(String quoted) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int at = 0;
            while (at < quoted.length()) {
                int slash = quoted.indexOf('\\', at);
                int end = slash < 0 ? quoted.length() : slash;
                out.writeBytes(quoted.substring(at, end).getBytes(StandardCharsets.UTF_8));
                at = slash < 0 ? end : escape(quoted, slash + 1, out);
            }
            return out.toString(StandardCharsets.UTF_8);
        }

        private static int escape(String quoted, int at, ByteArrayOutputStream out) {
            char c = quoted.charAt(at);
            if (c >= '0' && c <= '3' && quoted.substring(at).matches("(?s)[0-3][0-7][0-7].*")) {
                out.write(Integer.parseInt(quoted.substring(at, at + 3), 8));
                return at + 3;
            }
            int control = "abtnvfr".indexOf(c);
            out.write(control < 0 ? c : 7 + control);
            return at + 1;
        }
    }
}
