package dev.ocnix.report;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** What is left of a name for an eye that reads it quickly: names that look alike have the same. */
final class Skeleton {
    /** Letters of other scripts, and what of ASCII each looks like. */
    private static final String FOREIGN = "аеорсухіјѕһԁԛԝвкмнтгоανρτυικεοօսցıɡɑ";

    private static final String LATIN = "aeopcyxijshdqwbkmhtroavptuikeoougiga";

    private Skeleton() {}

    static String of(String name) {
        String letters = Normalizer.normalize(name, Normalizer.Form.NFKD)
                // before the case is gone: a capital i looks like an l, a small one does not
                .replace('I', 'l')
                .toLowerCase(Locale.ROOT);
        StringBuilder skeleton = new StringBuilder(letters.length());
        letters.codePoints().forEach(c -> {
            int known = FOREIGN.indexOf(c);
            if (known >= 0) {
                skeleton.append(LATIN.charAt(known));
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                skeleton.appendCodePoint(c);
            }
        });
        return skeleton.toString()
                .replace('0', 'o')
                .replace('1', 'l')
                .replace("rn", "m")
                .replace("vv", "w");
    }

    /** The first character of a name that is not of ASCII, as {@code U+0430}. */
    static Optional<String> foreign(String name) {
        return name.codePoints()
                .filter(c -> c >= 0x80)
                .mapToObj(c -> String.format("U+%04X", c))
                .findFirst();
    }
}
