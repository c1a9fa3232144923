package dev.ocnix.project.frozen;

import dev.ocnix.model.BunRange;
import dev.ocnix.model.BunVersion;
import dev.ocnix.model.RangeKind;
import dev.ocnix.model.RangeKinds;

/**
 * A range of a manifest or a lockfile, as Bun understands it.
 *
 * @param name the package that it means, which an alias calls by another name
 * @param text without leading blanks and without the alias
 */
record Range(RangeKind kind, String name, String text) {
    private static final String ALIAS = "npm:";

    /**
     * Reads a range.
     *
     * @param alias the name under which its package is installed
     */
    static Range of(String alias, String literal) {
        String text = RangeKinds.withoutLeadingBlanks(literal).stripTrailing();
        RangeKind kind = RangeKinds.of(literal);
        if (text.startsWith(ALIAS)) {
            int at = text.indexOf('@', ALIAS.length() + 1);
            return at < 0
                    ? new Range(kind, text.substring(ALIAS.length()), "*")
                    : new Range(kind, text.substring(ALIAS.length(), at), text.substring(at + 1));
        }
        return new Range(kind, alias, text);
    }

    /** Whether two literals of an alias mean the same. */
    static boolean same(String alias, String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        Range a = of(alias, one);
        Range b = of(alias, other);
        if (a.kind != b.kind || !a.name.equals(b.name)) {
            return false;
        }
        return a.kind == RangeKind.NPM ? BunRange.parse(a.text).equals(BunRange.parse(b.text)) : a.text.equals(b.text);
    }

    boolean admits(String version) {
        return kind == RangeKind.NPM
                && BunRange.parse(text).admits(BunVersion.scan(version, 0).lowest());
    }
}
