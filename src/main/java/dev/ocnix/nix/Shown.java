package dev.ocnix.nix;

/** Texts of a project as messages repeat them. */
public final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    /** The text's beginning in quotes, with what no terminal should get written as an escape. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            boolean isPlain = !Character.isISOControl(c) && !Character.isSurrogate(c);
            shown.append(isPlain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return shown.append(text.length() > LONGEST ? "…\"" : "\"").toString();
    }
}
