package dev.ocnix.report;

import dev.ocnix.model.Visible;

/** Texts that come from packages, as parts of a Markdown document that they cannot leave. */
final class Markdown {
    private static final int LONGEST = 400;

    private Markdown() {}

    /**
     * A text as code, on one line, also in a table: no mark-up, no link, no mention comes of it. Nothing of an empty one.
     */
    static String code(String text) {
        String line = Visible.of(text.replaceAll("\\s+", " ").strip());
        String cut = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
        if (cut.isEmpty()) {
            return "";
        }
        String fence = "`".repeat(longestRun(cut) + 1);
        String pad = cut.startsWith("`") || cut.endsWith("`") ? " " : "";
        // a bar ends a cell even in code
        return fence + pad + cut.replace("|", "\\|") + pad + fence;
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
