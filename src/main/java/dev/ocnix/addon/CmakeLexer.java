package dev.ocnix.addon;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The commands of a {@code CMakeLists.txt}, in order. Comments are left out; what is malformed ends the list. */
final class CmakeLexer {
    private static final int MAX_COMMANDS = 20_000;
    private static final int MAX_ARGUMENTS = 2_000;

    /**
     * One call.
     *
     * @param name in lower case
     * @param arguments without quotes; parentheses inside are arguments of their own
     */
    record Command(String name, List<String> arguments) {
        Command {
            arguments = List.copyOf(arguments);
        }

        boolean has(String keyword) {
            return arguments.contains(keyword);
        }
    }

    private final String text;
    private int at;

    private CmakeLexer(String text) {
        this.text = text;
    }

    static List<Command> read(String text) {
        return new CmakeLexer(text).commands();
    }

    private List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        while (commands.size() < MAX_COMMANDS) {
            skipBlanks();
            String name = word();
            skipBlanks();
            if (name.isEmpty() || at >= text.length() || text.charAt(at) != '(') {
                return commands;
            }
            at++;
            commands.add(new Command(name.toLowerCase(Locale.ROOT), arguments()));
        }
        return commands;
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        int depth = 1;
        while (depth > 0) {
            skipBlanks();
            if (at >= text.length()) {
                break;
            }
            String argument = argument();
            depth += argument.equals("(") ? 1 : argument.equals(")") ? -1 : 0;
            if (depth > 0 && arguments.size() < MAX_ARGUMENTS) {
                arguments.add(argument);
            }
        }
        return arguments;
    }

    private String argument() {
        char first = text.charAt(at);
        if (first == '(' || first == ')') {
            at++;
            return String.valueOf(first);
        }
        if (first == '"') {
            return quoted();
        }
        int bracket = bracket();
        return bracket > 0 ? bracketed(bracket) : plain();
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        at = Math.min(at + 1, text.length());
        return value.toString();
    }

    /** The length of {@code [==[} here; 0 if there is none. */
    private int bracket() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) == '=') {
            end++;
        }
        return text.charAt(at) == '[' && end < text.length() && text.charAt(end) == '[' ? end + 1 - at : 0;
    }

    private String bracketed(int length) {
        String close = "]" + "=".repeat(length - 2) + "]";
        int start = at + length;
        int end = text.indexOf(close, start);
        at = end < 0 ? text.length() : end + close.length();
        return text.substring(Math.min(start, text.length()), end < 0 ? text.length() : end);
    }

    private String plain() {
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && "()#\"".indexOf(text.charAt(at)) < 0) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(Math.max(at, start + 1), text.length());
        return text.substring(start, at);
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                at++;
                int bracket = at < text.length() ? bracket() : 0;
                if (bracket > 0) {
                    bracketed(bracket);
                } else {
                    int end = text.indexOf('\n', at);
                    at = end < 0 ? text.length() : end;
                }
            } else if (Character.isWhitespace(c) || c == ';' || c == '\uFEFF') {
                at++;
            } else {
                return;
            }
        }
    }
}
