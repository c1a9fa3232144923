package dev.ocnix.lockfile;

/** Checks of texts that end up in paths, URLs and messages. Names of packages have their own check in the model. */
public final class SafeText {
    private SafeText() {}

    /** Whether a text has no control character. */
    public static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a text is a relative path with {@code /} that stays below where it starts: no empty, {@code .} or {@code ..}
     * segment (but for a leading {@code ./}), no backslash, no drive letter, no control character.
     */
    public static boolean isInnerPath(String path) {
        if (!isPrintable(path) || path.indexOf('\\') >= 0 || path.startsWith(":", 1)) {
            return false;
        }
        String rest = path.startsWith("./") ? path.substring(2) : path;
        for (String segment : rest.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
