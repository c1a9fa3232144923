package dev.ocnix.model;

import java.io.Serializable;
import java.util.List;

/**
 * A sentence that may be about many: consoles show the first of the names, reports all of them.
 *
 * @param before the sentence up to the names; all of it if there are none
 * @param after the rest of it
 */
public record Problem(String before, List<String> names, String after) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 10;

    public Problem {
        names = List.copyOf(names);
    }

    /** A sentence without names. */
    public static Problem of(String sentence) {
        return new Problem(sentence, List.of(), "");
    }

    /** The sentence with the first names, and how many more there are. */
    public String sentence() {
        return shown(before + Words.few(names, SHOWN) + after);
    }

    private static String shown(String text) {
        return Visible.of(UserInfo.hidden(text));
    }

    /** The sentence with all names. */
    public String inFull() {
        return shown(before + String.join(", ", names) + after);
    }
}
