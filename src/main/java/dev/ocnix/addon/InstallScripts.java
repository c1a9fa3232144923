package dev.ocnix.addon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lifecycle scripts that an installer runs for a dependency from a registry, and what they run in turn. */
final class InstallScripts {
    private static final List<String> NAMES = List.of("preinstall", "install", "postinstall");
    private static final int MAX_LENGTH = 64 << 10;
    private static final int MAX_ROUNDS = 8;
    private static final List<String> ENDINGS =
            List.of("", ".js", ".cjs", ".mjs", ".ts", "/index.js", "/index.cjs", "/index.mjs", "/index.ts");

    private static final Pattern RUN = Pattern.compile(
            "(?<![\\w-])(?:(?:npm|pnpm|yarn|bun)\\s+(?:-\\S+\\s+){0,4}+run(?:-script)?|node\\s+--run|run-s|run-p|npm-run-all|yarn)\\s+(?:-\\S+\\s+){0,4}+([\\w:.@/-]+)");
    private static final Pattern LOCAL = Pattern.compile(
            "(?:\\b(?:node|nodejs|bun|tsx|ts-node|sh|bash)\\s+(?:run\\s+)?(?:-\\S+\\s+){0,8}+[\"']?(?:\\./)?|(?<![\\w.)/-])\\./|\\b(?:require|import)\\s*\\(\\s*[\"'\\\\]*\\./)([^\\s\"'\\\\&|;<>()]+)");

    private static final Pattern FOLDER = Pattern.compile("(?<![\\w./-])cd\\s+([\\w@./-]{1,200})\\s*(?:&&|;)");

    private final SortedMap<String, String> scripts = new TreeMap<>();
    private final SortedMap<String, String> expanded = new TreeMap<>();
    private final Map<String, String> others;

    /**
     * Takes what an installer runs.
     *
     * @param all scripts of the package; those that are only run by others included
     */
    InstallScripts(Map<String, String> all) {
        others = Map.copyOf(all);
        for (String name : NAMES) {
            Optional.ofNullable(all.get(name)).ifPresent(text -> {
                scripts.put(name, text);
                expanded.put(name, expand(text));
            });
        }
    }

    /** As written, by name. */
    SortedMap<String, String> all() {
        return scripts;
    }

    /** In the order in which they run. */
    List<String> names() {
        return NAMES.stream().filter(scripts::containsKey).toList();
    }

    /** A script with the scripts that it runs by name in the places of their names. */
    String expanded(String name) {
        return expanded.getOrDefault(name, "");
    }

    /** A text with what {@code npm run} and its likes would run in place of them. */
    String expand(String text) {
        String current = text;
        for (int round = 0; round < MAX_ROUNDS && current.length() < MAX_LENGTH; round++) {
            Matcher matcher = BoundedText.matcher(RUN, current);
            StringBuilder next = new StringBuilder();
            boolean isChanged = false;
            while (matcher.find() && next.length() < MAX_LENGTH) {
                String script = others.get(matcher.group(1));
                isChanged |= script != null;
                matcher.appendReplacement(
                        next, Matcher.quoteReplacement(script == null ? matcher.group() : "( " + script + " )"));
            }
            matcher.appendTail(next);
            current = next.toString();
            if (!isChanged) {
                break;
            }
        }
        return current.length() > MAX_LENGTH ? current.substring(0, MAX_LENGTH) : current;
    }

    /** A script of the package by any name. */
    Optional<String> named(String name) {
        return Optional.ofNullable(others.get(name));
    }

    /** The package's own files that a command hands to {@code node} or a shell, by the place of each in the text. */
    static SortedMap<Integer, String> localFiles(String command) {
        SortedMap<Integer, String> files = new TreeMap<>();
        Matcher matcher = BoundedText.matcher(LOCAL, command);
        while (matcher.find() && files.size() < 50) {
            files.put(matcher.start(), folder(command, matcher.start()) + matcher.group(1));
        }
        return files;
    }

    /** Where the last {@code cd} before a place leads. */
    private static String folder(String command, int place) {
        Matcher matcher = BoundedText.matcher(FOLDER, command).region(0, place);
        String folder = "";
        while (matcher.find()) {
            folder = matcher.group(1) + "/";
        }
        return folder;
    }

    /** The paths that node tries for a file's name. */
    static List<String> candidates(String path) {
        List<String> paths = new ArrayList<>();
        for (String ending : ENDINGS) {
            paths.add(path + ending);
        }
        return paths;
    }

    /** How evidence names a script. */
    static String source(String name) {
        return "package.json#scripts." + name;
    }
}
