package dev.ocnix.report.inspect;

/** Texts of a lockfile as a terminal may get them. */
public final class Shown {
    private static final char REPLACEMENT = '\ufffd';

    private Shown() {}

    /** The text, with a mark in place of each character that controls a terminal or the direction of writing. */
    public static String of(String text) {
        boolean isPlain = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (isPlain) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> shown.appendCodePoint(isVisible(c) ? c : REPLACEMENT));
        return shown.toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
