package dev.ocnix.fetch.source;

import java.util.regex.Pattern;

/** What the text of a revision can be. */
final class Revisions {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SHORT = Pattern.compile("[0-9a-f]{4,39}");

    private Revisions() {}

    /** Whether a text is a full commit id: 40 lower-case hexadecimal digits. */
    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** Whether a text can be the beginning of a commit id. */
    static boolean isShort(String text) {
        return SHORT.matcher(text).matches();
    }
}
