package dev.ocnix.addon;

import dev.ocnix.model.AddonFacts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code binding.gyp}, what node-gyp builds from: that there is one, and what it links on Linux. */
final class GypFile {
    /** Its path in a package. */
    static final String PATH = "binding.gyp";

    /** A file above this many bytes is not read. */
    static final int MAX_BYTES = 256 << 10;

    private static final Pattern LINK = Pattern.compile("(?<![^\\s'\",])-l([A-Za-z0-9_][A-Za-z0-9_+.-]*)");
    private static final Pattern PKG_CONFIG = Pattern.compile("pkg-config\\s([^)|;&>`]*)");
    private static final Pattern VARIABLE = Pattern.compile("--(?:define-)?variable[=\\s]\\s*\\S+");
    private static final Pattern MODULE = Pattern.compile("[A-Za-z][A-Za-z0-9._+-]*");
    private static final Pattern OS_TEST = Pattern.compile("OS\\s*([=!]=)\\s*['\"]([a-z]+)['\"]");

    private GypFile() {}

    /** Whether a package has one. */
    static boolean isIn(AddonFacts facts) {
        return facts.evidence().stream().anyMatch(evidence -> evidence.source().equals(PATH));
    }

    /**
     * {@code -l<name>} flags and modules that pkg-config is asked for, outside conditions that cannot hold on Linux.
     *
     * @return sorted; empty if the file is malformed
     */
    static SortedSet<String> linuxLibraries(String gyp) {
        SortedSet<String> found = new TreeSet<>();
        Deque<Object> open = new ArrayDeque<>();
        GypLiteral.read(gyp).ifPresent(open::push);
        while (!open.isEmpty()) {
            Object next = open.pop();
            if (next instanceof Map<?, ?> map) {
                map.forEach((key, value) -> visit(String.valueOf(key), value, open, found));
            } else if (next instanceof List<?> list) {
                list.forEach(open::push);
            } else if (next instanceof String text) {
                found.addAll(modules(text));
            }
        }
        return found;
    }

    private static void visit(String key, Object value, Deque<Object> open, SortedSet<String> found) {
        if (key.endsWith("!") || key.startsWith("xcode_") || key.startsWith("msvs_") || key.startsWith("msbuild_")) {
            return;
        }
        if (key.equals("conditions") || key.equals("target_conditions")) {
            if (value instanceof List<?> conditions) {
                conditions.forEach(condition -> choose(condition, open));
            }
            return;
        }
        if (key.startsWith("libraries") || key.startsWith("ldflags")) {
            for (String text : GypLiteral.texts(value)) {
                Matcher matcher = LINK.matcher(text);
                while (matcher.find()) {
                    found.add("-l" + matcher.group(1));
                }
            }
        }
        open.push(value);
    }

    /** A condition is a list: a test, what holds if it is true, and perhaps what holds if it is false. */
    private static void choose(Object condition, Deque<Object> open) {
        if (!(condition instanceof List<?> parts) || parts.isEmpty() || !(parts.get(0) instanceof String test)) {
            return;
        }
        Holds holds = onLinux(test);
        if (parts.size() > 1 && holds != Holds.NEVER) {
            open.push(parts.get(1));
        }
        if (parts.size() > 2 && holds != Holds.ALWAYS) {
            open.push(parts.get(2));
        }
    }

    private enum Holds {
        ALWAYS,
        NEVER,
        PERHAPS
    }

    private static Holds onLinux(String test) {
        boolean isOr = test.matches("(?s).*\\bor\\b.*");
        boolean isAnd = test.matches("(?s).*\\band\\b.*");
        boolean isNot = test.matches("(?s).*\\bnot\\b.*");
        Matcher matcher = OS_TEST.matcher(test);
        int tests = 0;
        int held = 0;
        while (matcher.find()) {
            tests++;
            held += matcher.group(1).equals("==") == matcher.group(2).equals("linux") ? 1 : 0;
        }
        if (tests == 0 || isNot || (isOr && isAnd)) {
            return Holds.PERHAPS;
        }
        boolean isOsOnly = OS_TEST.matcher(test)
                .replaceAll("")
                .replaceAll("\\b(or|and)\\b|[()\\s]", "")
                .isEmpty();
        if (isOr) {
            return held > 0 ? Holds.ALWAYS : isOsOnly ? Holds.NEVER : Holds.PERHAPS;
        }
        return held < tests ? Holds.NEVER : isOsOnly ? Holds.ALWAYS : Holds.PERHAPS;
    }

    private static List<String> modules(String text) {
        Matcher matcher = PKG_CONFIG.matcher(text);
        SortedSet<String> modules = new TreeSet<>();
        while (matcher.find()) {
            String words = VARIABLE.matcher(matcher.group(1)).replaceAll(" ");
            for (String word : words.split("[\\s'\"]+", -1)) {
                if (MODULE.matcher(word).matches()) {
                    modules.add(word);
                }
            }
        }
        return List.copyOf(modules);
    }
}
