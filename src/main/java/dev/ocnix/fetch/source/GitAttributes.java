package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attributes;

/**
 * The attributes of paths by the .gitattributes files on the way to them, as git's attr.c finds them: JGit's own reader lacks
 * quoted patterns, and its patterns match characters where git's match bytes.
 */
final class GitAttributes {
    // 500,000 entries below 35 rules each; some seconds
    private static final long MAX_WORK = 1_000_000_000;

    private static final String BOM = "\u00ef\u00bb\u00bf";

    private final List<Level> levels = new ArrayList<>();
    private final Map<String, List<Attribute>> macros = new HashMap<>();

    private long work;

    private record Level(int prefix, List<Rule> rules) {}

    private record Rule(GitPattern pattern, List<Attribute> attributes) {}

    GitAttributes() {
        define(GitAttributesLine.parse("[attr]binary -diff -merge -text").orElseThrow());
    }

    /** Text whose chars each stand for one byte, as this class takes paths. */
    static String bytes(byte[] path) {
        return new String(path, StandardCharsets.ISO_8859_1);
    }

    /**
     * Enters a folder, after leaving all that are not on the way to it.
     *
     * @param depth how many folders are above it; 0 for the top
     * @param prefix the length of its path with the slash, in bytes
     * @param file the content of its .gitattributes, or nothing
     */
    void enter(int depth, int prefix, byte[] file) {
        while (levels.size() > depth) {
            levels.remove(levels.size() - 1);
        }
        levels.add(new Level(prefix, parse(file, depth == 0)));
    }

    /**
     * The attributes of an entry in one of the folders that were entered.
     *
     * @param path as {@link #bytes} gives it
     * @param depth the folder's
     * @throws OcnixException if paths and rules are more than can be compared in time
     */
    Attributes of(String path, int depth, boolean directory) throws OcnixException {
        Map<String, Attribute> decided = new HashMap<>();
        for (int i = depth; i >= 0; i--) {
            Level level = levels.get(i);
            String relative = path.substring(level.prefix);
            if (work > MAX_WORK) {
                throw OcnixException.input(
                        "The .gitattributes files of the source have more rules than its files can be"
                                + " compared with in time; pin a revision with fewer.");
            }
            for (int r = level.rules.size() - 1; r >= 0; r--) {
                Rule rule = level.rules.get(r);
                work += rule.pattern.cost(relative);
                if (rule.pattern.matches(relative, directory)) {
                    decide(rule.attributes, decided);
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
        while (!pending.isEmpty()) {
            Attribute attribute = pending.removeLast();
            boolean isNew = decided.putIfAbsent(attribute.getKey(), attribute) == null;
            if (isNew && attribute.getState() == Attribute.State.SET) {
                macros.getOrDefault(attribute.getKey(), List.of()).forEach(pending::addLast);
            }
        }
    }

    private List<Rule> parse(byte[] file, boolean top) {
        List<Rule> rules = new ArrayList<>();
        String text = bytes(file);
        int end = text.indexOf('\0');
        String all = end < 0 ? text : text.substring(0, end);
        for (String line : (all.startsWith(BOM) ? all.substring(BOM.length()) : all).split("\n", -1)) {
            Optional<GitAttributesLine> parsed = GitAttributesLine.parse(line);
            if (parsed.isPresent() && !parsed.get().isMacro()) {
                rules.add(new Rule(
                        GitPattern.of(parsed.get().name()), parsed.get().attributes()));
            } else if (parsed.isPresent() && top) {
                define(parsed.get());
            }
        }
        return rules;
    }

    private void define(GitAttributesLine macro) {
        macros.put(macro.name(), macro.attributes());
    }
}
