package dev.ocnix.addon;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text from outside that a regular expression may look at so many times. An expression that runs away ends in a {@link TooCostly}
 * after a second or two, not after hours.
 */
final class BoundedText implements CharSequence {
    private static final int BASE = 20_000_000;
    private static final int PER_CHARACTER = 400;

    private final CharSequence text;
    private long left;

    private BoundedText(CharSequence text) {
        this.text = text;
        this.left = BASE + (long) PER_CHARACTER * text.length();
    }

    static Matcher matcher(Pattern pattern, CharSequence text) {
        return pattern.matcher(new BoundedText(text));
    }

    /** More work than a text of that length is worth. */
    static final class TooCostly extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public char charAt(int index) {
        left--;
        if (left < 0) {
            throw new TooCostly();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
