package dev.ocnix.model;

import java.util.regex.Pattern;

/** What the text of a revision can be. */
public final class Revisions {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern ANY_FORMAT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern SHORT = Pattern.compile("[0-9a-f]{4,39}");

    private Revisions() {}

    /** Whether a text is a full commit id: 40 lower-case hexadecimal digits. */
    public static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** Whether a text is a full commit id of a repository in git's SHA-1 or SHA-256 format, in lower case. */
    public static boolean isCommitOfAnyFormat(String text) {
        return ANY_FORMAT.matcher(text).matches();
    }

    /** Whether a text can be the beginning of a commit id. */
    public static boolean isShort(String text) {
        return SHORT.matcher(text).matches();
    }
}
