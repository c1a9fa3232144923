package dev.ocnix.addon;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What texts in a {@code .gyp} file link, and which libraries the commands in them ask for. */
final class GypCommand {
    private static final Pattern LINK = Pattern.compile("(?<![^\\s'\",])-l([A-Za-z0-9_][A-Za-z0-9_+.-]*)");
    private static final Pattern OPEN_LINK = Pattern.compile("(?<![^\\s'\",])-l[<>$]\\S{0,80}");
    private static final Pattern PKG_CONFIG = Pattern.compile("pkg(?:-config|conf)[})\"']{0,2}\\s([^)|;&>`]*)");
    private static final Pattern OWN_CONFIG =
            Pattern.compile("(?<![\\w-])([a-z][a-z0-9+]{1,30}[-_]config)\\s+--?[a-z]");
    private static final Pattern VARIABLE = Pattern.compile("--(?:define-)?variable[=\\s]\\s*\\S+");
    private static final Pattern MODULE = Pattern.compile("[A-Za-z][A-Za-z0-9._+-]*");
    private static final Pattern COMMAND = Pattern.compile("[<>]!@?\\(");

    /** Commands that only print where a package's headers or gyp files are. */
    private static final Pattern PLAIN = Pattern.compile(
            "\\s*(?:node|bun)\\s+(?:-\\S++\\s++)++[\"'].*(?:require|import)\\s*\\(.*|.*pkg(?:-config|conf)\\b.*|.*[-_]config\\s.*",
            Pattern.DOTALL);

    private static final int MAX_COMMAND = 2_000;

    private GypCommand() {}

    /** {@code -l<name>} flags. */
    static List<String> links(String text) {
        List<String> links = new ArrayList<>();
        Matcher matcher = BoundedText.matcher(LINK, text);
        while (matcher.find()) {
            links.add("-l" + matcher.group(1));
        }
        return links;
    }

    /** Flags whose library a variable names. */
    static List<String> unknownLinks(String text) {
        return OPEN_LINK
                .matcher(text)
                .results()
                .map(match -> "the library " + match.group())
                .toList();
    }

    /** Modules that pkg-config is asked for, and the libraries' own programs of that sort, such as {@code curl-config}. */
    static SortedSet<String> modules(String text) {
        SortedSet<String> modules = new TreeSet<>();
        Matcher matcher = BoundedText.matcher(PKG_CONFIG, text);
        while (matcher.find()) {
            String words = VARIABLE.matcher(matcher.group(1)).replaceAll(" ");
            for (String word : words.split("[\\s'\"]+", -1)) {
                if (MODULE.matcher(word).matches()) {
                    modules.add(word);
                }
            }
        }
        Matcher own = BoundedText.matcher(OWN_CONFIG, text);
        while (own.find()) {
            if (!own.group(1).equals("pkg-config")) {
                modules.add(own.group(1));
            }
        }
        return modules;
    }

    /** Commands whose output we cannot know. */
    static List<String> unknown(String text) {
        List<String> commands = new ArrayList<>();
        Matcher matcher = BoundedText.matcher(COMMAND, text);
        while (matcher.find()) {
            int end = text.indexOf(')', matcher.end());
            int last = text.lastIndexOf(')');
            String command = text.substring(matcher.end(), end < 0 ? text.length() : Math.max(end, last));
            if (command.length() > MAX_COMMAND || !PLAIN.matcher(command).matches()) {
                commands.add("the command " + command);
            }
            if (end < 0 || last > end) {
                break;
            }
        }
        return commands;
    }
}
