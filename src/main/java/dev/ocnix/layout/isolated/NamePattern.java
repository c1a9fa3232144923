package dev.ocnix.layout.isolated;

import java.util.List;

/**
 * Chooses installed names, as Bun took it over from pnpm: stars mean any text, slashes included; what begins with an exclamation
 * mark takes names out, and the last pattern that fits a name decides. If all take out, the rest is chosen.
 */
public record NamePattern(List<String> patterns) {
    private static final String NOT = "!";

    public NamePattern {
        patterns = patterns.stream().map(String::strip).toList();
    }

    /** Whether a name is chosen; none is without patterns. */
    public boolean chooses(String name) {
        boolean isChosen = !patterns.isEmpty() && patterns.stream().allMatch(pattern -> pattern.startsWith(NOT));
        for (String pattern : patterns) {
            boolean takesOut = pattern.startsWith(NOT);
            if (fits(takesOut ? pattern.substring(1) : pattern, name)) {
                isChosen = !takesOut;
            }
        }
        return isChosen;
    }

    /** Never looks back beyond the last star, so that no pattern takes long. */
    private static boolean fits(String glob, String name) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < name.length()) {
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at;
                at++;
                resume = i;
            } else if (at < glob.length() && glob.charAt(at) == name.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                resume++;
                i = resume;
                at = star + 1;
            } else {
                return false;
            }
        }
        return glob.substring(at).chars().allMatch(rest -> rest == '*');
    }
}
