package dev.ocnix.project.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One simple command of a script: its words, quotes taken away, without variables that are set before it and without programs
 * that only start another one.
 *
 * @param words at least one
 */
public record ShellCommand(List<String> words) {
    private static final int MAX_LENGTH = 64 << 10;
    private static final int MAX_COMMANDS = 1_000;

    /** Programs that start the command in their arguments, and words of the shell that commands follow. */
    private static final Set<String> STARTERS = Set.of(
            "npx",
            "bunx",
            "pnpx",
            "cross-env",
            "cross-env-shell",
            "env",
            "exec",
            "command",
            "time",
            "dotenv",
            "if",
            "then",
            "else",
            "elif",
            "while",
            "do",
            "!");

    private static final Set<String> MANAGERS = Set.of("npm", "pnpm", "yarn", "bun");
    private static final Set<String> MANAGERS_STARTERS = Set.of("x", "exec", "dlx");

    public ShellCommand {
        words = List.copyOf(words);
    }

    /** The commands of a script, in their order. */
    public static List<ShellCommand> in(String script) {
        Splitter splitter = new Splitter(script.substring(0, Math.min(script.length(), MAX_LENGTH)));
        splitter.split();
        List<ShellCommand> commands = new ArrayList<>();
        for (List<String> words : splitter.commands) {
            List<String> plain = withoutStarters(words);
            if (!plain.isEmpty() && commands.size() < MAX_COMMANDS) {
                commands.add(new ShellCommand(plain));
            }
        }
        return commands;
    }

    /** The name of the program. */
    public String program() {
        String first = words.get(0);
        return first.substring(first.lastIndexOf('/') + 1);
    }

    /** Whether it begins with these words, the first of which is a program. */
    boolean startsWith(List<String> wanted) {
        return words.size() >= wanted.size()
                && program().equals(wanted.get(0))
                && words.subList(1, wanted.size()).equals(wanted.subList(1, wanted.size()));
    }

    private static List<String> withoutStarters(List<String> words) {
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            String next = at + 1 < words.size() ? words.get(at + 1) : "";
            if (isVariable(word) || STARTERS.contains(word)) {
                at++;
            } else if (MANAGERS.contains(word) && MANAGERS_STARTERS.contains(next)) {
                at += 2;
            } else if (at > 0 && word.startsWith("-")) {
                at++;
            } else {
                break;
            }
        }
        return words.subList(at, words.size());
    }

    private static boolean isVariable(String word) {
        int equals = word.indexOf('=');
        return equals > 0 && word.chars().limit(equals).allMatch(c -> c == '_' || Character.isLetterOrDigit(c));
    }

    /** Splits a script in one pass. What is inside of a substitution or a subshell is taken for commands, too. */
    private static final class Splitter {
        private static final String ENDS = ";&|\n(){}`";

        private final String text;
        private final List<List<String>> commands = new ArrayList<>();
        private List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private boolean hasWord;

        Splitter(String text) {
            this.text = text;
        }

        void split() {
            char quote = 0;
            for (int at = 0; at < text.length(); at++) {
                char c = text.charAt(at);
                if (quote != 0) {
                    if (c == quote) {
                        quote = 0;
                    } else {
                        word.append(c);
                    }
                } else if (c == '\'' || c == '"') {
                    quote = c;
                    hasWord = true;
                } else if (c == '\\' && at + 1 < text.length()) {
                    at++;
                    word.append(text.charAt(at));
                    hasWord = true;
                } else if (ENDS.indexOf(c) >= 0) {
                    endCommand();
                } else if (Character.isWhitespace(c)) {
                    endWord();
                } else {
                    word.append(c);
                    hasWord = true;
                }
            }
            endCommand();
        }

        private void endWord() {
            if (hasWord) {
                words.add(word.toString());
            }
            word.setLength(0);
            hasWord = false;
        }

        private void endCommand() {
            endWord();
            if (!words.isEmpty()) {
                commands.add(words);
                words = new ArrayList<>();
            }
        }
    }
}
