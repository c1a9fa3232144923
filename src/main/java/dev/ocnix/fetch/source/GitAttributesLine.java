package dev.ocnix.fetch.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.attributes.Attribute;

/**
 * A line of a .gitattributes file, as git's attr.c parses it; its chars each stand for one byte.
 *
 * @param name the pattern, or the macro's name
 * @param attributes in the line's order
 */
record GitAttributesLine(String name, boolean isMacro, List<Attribute> attributes) {
    /** Git passes over lines of this many bytes. */
    private static final int TOO_LONG = 2048;

    private static final String BLANKS = " \t\r";
    private static final String MACRO = "[attr]";
    private static final Pattern NAME = Pattern.compile("(?!-)[-A-Za-z0-9_.]+");

    /** The first word, or the string in double quotes that stands for it, and where it ends. */
    private record Word(String text, int end) {}

    /** Reads a line; one that git passes over, such as a comment or one with a malformed name, is empty. */
    static Optional<GitAttributesLine> parse(String line) {
        int start = skipBlanks(line, 0);
        if (line.length() >= TOO_LONG || start == line.length() || line.charAt(start) == '#') {
            return Optional.empty();
        }
        Word word = quoted(line, start).orElseGet(() -> plain(line, start));
        boolean isMacro = word.text.length() > MACRO.length() && word.text.startsWith(MACRO);
        String name = isMacro ? word.text.substring(MACRO.length()) : word.text;
        boolean isRefused = isMacro ? !NAME.matcher(name).matches() : name.startsWith("!");
        Optional<List<Attribute>> attributes = attributes(line, word.end);
        return isRefused
                ? Optional.empty()
                : attributes.map(known -> new GitAttributesLine(name, isMacro, List.copyOf(known)));
    }

    private static Optional<List<Attribute>> attributes(String line, int from) {
        List<Attribute> attributes = new ArrayList<>();
        int at = skipBlanks(line, from);
        while (at < line.length()) {
            Word word = plain(line, at);
            Optional<Attribute> attribute = attribute(word.text);
            if (attribute.isEmpty()) {
                return Optional.empty();
            }
            attributes.add(attribute.get());
            at = skipBlanks(line, word.end);
        }
        return Optional.of(attributes);
    }

    private static Optional<Attribute> attribute(String word) {
        boolean isOff = word.startsWith("-");
        boolean isUnspecified = word.startsWith("!");
        int equals = word.indexOf('=');
        String name = word.substring(isOff || isUnspecified ? 1 : 0, Math.max(equals < 0 ? word.length() : equals, 1));
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        if (isOff || isUnspecified || equals < 0) {
            return Optional.of(new Attribute(
                    name,
                    isOff ? Attribute.State.UNSET : isUnspecified ? Attribute.State.UNSPECIFIED : Attribute.State.SET));
        }
        return Optional.of(new Attribute(name, word.substring(equals + 1)));
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && BLANKS.indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static Word plain(String line, int start) {
        int end = start;
        while (end < line.length() && BLANKS.indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return new Word(line.substring(start, end), end);
    }

    /** A string as git's quote.c writes it; empty if none begins there, or none that is well-formed. */
    private static Optional<Word> quoted(String line, int start) {
        if (line.charAt(start) != '"') {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        int at = start + 1;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '"') {
                return Optional.of(new Word(text.toString(), at + 1));
            }
            if (c != '\\') {
                text.append(c);
                at++;
                continue;
            }
            int length = escape(line.substring(at + 1, Math.min(at + 4, line.length())), text);
            if (length == 0) {
                return Optional.empty();
            }
            at += 1 + length;
        }
        return Optional.empty();
    }

    /** Adds what an escape stands for, and gives its length; 0 if it is none. */
    private static int escape(String escaped, StringBuilder text) {
        if (escaped.matches("(?s)[0-3][0-7][0-7]")) {
            text.append((char) Integer.parseInt(escaped, 8));
            return 3;
        }
        int control = escaped.isEmpty() ? -1 : "abtnvfr\\\"".indexOf(escaped.charAt(0));
        if (control < 0) {
            return 0;
        }
        text.append(control < 7 ? (char) (7 + control) : escaped.charAt(0));
        return 1;
    }
}
