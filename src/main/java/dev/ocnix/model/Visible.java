package dev.ocnix.model;

/**
 * Texts of others as people and their tools may get them. Whatever is printed, logged or written into a report for people has
 * gone through here: nothing of it steers a terminal, hides, turns the direction of writing, begins a line of its own, or is a
 * command to a CI server that reads the log.
 */
public final class Visible {
    /** Stands for what nobody would see. */
    public static final char MARK = '\ufffd';

    private static final int SHOWN = 120;

    private Visible() {}

    /** The text on one line, with a mark in place of each character that is not visible. */
    public static String of(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> shown.appendCodePoint(isVisible(c) ? c : MARK));
        disarm(shown);
        return shown.toString();
    }

    /** The same in quotes, and not too long. */
    public static String quoted(String text) {
        return quoted(text, SHOWN);
    }

    /**
     * Likewise, cut after so many characters.
     *
     * @param longest how many characters of the text are shown
     */
    public static String quoted(String text, int longest) {
        int end = Math.min(text.length(), longest);
        int cut = end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
        return '"' + of(text.substring(0, cut)) + (cut < text.length() ? "…\"" : "\"");
    }

    /** Text with line breaks of our own, line by line; those of others are no breaks any more when they get here. */
    public static String lines(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            shown.append(of(text.substring(start, end))).append('\n');
            start = end + 1;
        }
        return shown.append(of(text.substring(start))).toString();
    }

    /** A JSON document with the same values, in which what is not visible is escaped. */
    public static String json(String document) {
        int at = hidden(document, 0);
        if (at == document.length() && document.indexOf("##") < 0) {
            return document;
        }
        StringBuilder escaped = new StringBuilder(document.length());
        int start = 0;
        while (at < document.length()) {
            escaped.append(document, start, at);
            int c = document.codePointAt(at);
            for (char unit : Character.toChars(c)) {
                escaped.append(String.format("\\u%04x", (int) unit));
            }
            start = at + Character.charCount(c);
            at = hidden(document, start);
        }
        escaped.append(document, start, document.length());
        for (int mark = command(escaped, 0); mark >= 0; mark = command(escaped, mark)) {
            escaped.replace(mark, mark + 1, "\\u0023");
        }
        return escaped.toString();
    }

    /** Where the first character from an index on is that a JSON document has escaped; its length if there is none. */
    private static int hidden(String document, int from) {
        int at = from;
        while (at < document.length()) {
            char unit = document.charAt(at);
            if (!isAscii(unit) && unit != '\n' && unit != '\r' && unit != '\t') {
                int c = document.codePointAt(at);
                if (!isShown(c)) {
                    return at;
                }
                at += Character.charCount(c) - 1;
            }
            at++;
        }
        return at;
    }

    /**
     * Whether a code point can be seen: it is neither a control nor a format character, such as a mark of direction, nor a
     * separator of lines, nor of those that have no shape and no width.
     */
    public static boolean isVisible(int c) {
        return isAscii(c) || isShown(c);
    }

    private static boolean isAscii(int c) {
        return c >= ' ' && c < 0x7f;
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> !isEmpty(c);
        };
    }

    /** Letters and marks that draw nothing. */
    private static boolean isEmpty(int c) {
        return switch (c) {
            case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0 -> true;
            default ->
                (c >= 0x180b && c <= 0x180f)
                        || (c >= 0xfe00 && c <= 0xfe0f)
                        || (c >= 0xe0100 && c <= 0xe01ef)
                        // what is assigned later than this JVM knows is no letter of a path
                        || (c >= 0xfff0 && c <= 0xfff8);
        };
    }

    private static boolean isPlain(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!isAscii(text.charAt(at))) {
                return false;
            }
        }
        return text.indexOf("##") < 0 && !text.stripLeading().startsWith("::");
    }

    /** Takes the meaning from commands to GitHub Actions, Azure Pipelines and TeamCity. */
    private static void disarm(StringBuilder line) {
        int start = 0;
        while (start < line.length() && Character.isWhitespace(line.charAt(start))) {
            start++;
        }
        if (line.indexOf("::", start) == start) {
            line.setCharAt(start, MARK);
        }
        for (int at = command(line, 0); at >= 0; at = command(line, at)) {
            line.setCharAt(at, MARK);
        }
    }

    /** Where {@code ##[}, {@code ##vso[} or {@code ##teamcity[} begins from an index on; -1 if nowhere. */
    private static int command(StringBuilder line, int from) {
        for (int at = line.indexOf("##", from); at >= 0; at = line.indexOf("##", at + 1)) {
            int end = at + 2;
            while (end < line.length() && end - at < 20 && Character.isLetter(line.charAt(end))) {
                end++;
            }
            if (end < line.length() && line.charAt(end) == '[') {
                return at;
            }
        }
        return -1;
    }
}
