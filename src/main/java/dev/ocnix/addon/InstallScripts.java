package dev.ocnix.addon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lifecycle scripts that an installer runs for a dependency from a registry. */
final class InstallScripts {
    private static final List<String> NAMES = List.of("preinstall", "install", "postinstall");
    private static final Pattern LOCAL =
            Pattern.compile("\\bnode\\s+(?:-\\S+\\s+){0,8}[\"']?(?:\\./)?([^\\s\"'&|;<>]+)");

    private final SortedMap<String, String> scripts = new TreeMap<>();

    InstallScripts(Map<String, String> scripts) {
        NAMES.forEach(name -> Optional.ofNullable(scripts.get(name)).ifPresent(text -> this.scripts.put(name, text)));
    }

    SortedMap<String, String> all() {
        return scripts;
    }

    /** The first script that runs a program: its name as a word of its own, not a part of a longer one. */
    Optional<String> running(String program) {
        Pattern word = Pattern.compile("(?<![\\w@.-])" + Pattern.quote(program) + "(?![\\w-])");
        return NAMES.stream()
                .filter(name -> scripts.containsKey(name))
                .filter(name -> word.matcher(String.valueOf(scripts.get(name))).find())
                .findFirst();
    }

    /** The package's own files that a script hands to {@code node}, with the endings that node tries. */
    List<String> localFiles(String name) {
        List<String> files = new ArrayList<>();
        Matcher matcher = LOCAL.matcher(scripts.getOrDefault(name, ""));
        while (matcher.find()) {
            String path = matcher.group(1);
            files.addAll(List.of(path, path + ".js", path + ".cjs", path + ".mjs", path + "/index.js"));
        }
        return files;
    }

    /** How evidence names a script. */
    static String source(String name) {
        return "package.json#scripts." + name;
    }
}
