package dev.ocnix.model;

import java.util.regex.Pattern;

/**
 * Syntax of version ranges as <a href="https://github.com/npm/node-semver#range-grammar">npm documents it</a>. Bun reads much
 * more as a range, some of it as one that admits everything; what a person writes for ocnix is held to the documented form.
 */
public final class RangeSyntax {
    private static final int LONGEST = 256;
    private static final String PART = "(?:0|[1-9][0-9]{0,15}+|[xX*])";
    private static final String VERSION =
            "v?+" + PART + "(?:\\." + PART + "(?:\\." + PART + "(?:-[0-9A-Za-z.-]++)?+(?:\\+[0-9A-Za-z.-]++)?+)?+)?+";
    private static final String COMPARATOR = "(?:~>?+|\\^|[<>]=?+|=)?+ *+" + VERSION;
    private static final Pattern ALTERNATIVE = Pattern.compile(
            " *+(?:" + VERSION + " ++- ++" + VERSION + "|" + COMPARATOR + "(?: ++" + COMPARATOR + ")*+) *+");

    private RangeSyntax() {}

    /** Whether a text is a range; a blank one is none. */
    public static boolean isRange(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        for (String alternative : text.split("\\|\\|", -1)) {
            if (!ALTERNATIVE.matcher(alternative).matches()) {
                return false;
            }
        }
        return true;
    }
}
