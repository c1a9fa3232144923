package dev.ocnix.model;

import dev.ocnix.model.BunVersion.Core;
import dev.ocnix.model.BunVersion.Wildcard;
import java.util.ArrayList;
import java.util.List;

/**
 * An npm range as Bun understands it (src/semver/SemverQuery.zig): alternatives, each of them spans that must all hold. Two
 * ranges that are written differently can be equal, and Bun prints only one of them.
 */
public record BunRange(List<List<BunRange.Span>> alternatives) {
    public BunRange {
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    public enum Op {
        UNSET,
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /** One or two bounds; for wildcards Bun has the upper one on the left. */
    public record Span(Op left, Core leftVersion, Op right, Core rightVersion) {
        private static final Span NOTHING = new Span(Op.UNSET, ZERO, Op.UNSET, ZERO);

        static Span of(Op op, Core version) {
            return new Span(op, version, Op.UNSET, ZERO);
        }

        boolean admits(Core version) {
            return holds(left, version, leftVersion) && holds(right, version, rightVersion);
        }

        /** Whether a bound is a pre-release of the version's three numbers. */
        boolean names(Core version) {
            return (left != Op.UNSET && leftVersion.isTaggedLike(version))
                    || (right != Op.UNSET && rightVersion.isTaggedLike(version));
        }

        private static boolean holds(Op op, Core version, Core bound) {
            int order = version.compareTo(bound);
            return switch (op) {
                case UNSET -> true;
                case EQUAL -> order == 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }
    }

    private static final Core ZERO = new Core(0, 0, 0, "");
    private static final long MOST = -1L;

    /**
     * Whether a version lies in the range, as npm has it: one with a tag of a pre-release only where an alternative names
     * such a version of the same three numbers.
     */
    public boolean admits(Core version) {
        return alternatives.stream()
                .anyMatch(spans -> spans.stream().allMatch(span -> span.admits(version))
                        && (version.pre().isEmpty() || spans.stream().anyMatch(span -> span.names(version))));
    }

    /** Reads a range. */
    public static BunRange parse(String text) {
        return new Parser(text).parse();
    }

    private enum Sign {
        NONE,
        GREATER,
        GREATER_OR_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        VERSION,
        TILDE,
        CARET
    }

    private static final class Parser {
        private final String text;
        private final List<List<Span>> alternatives = new ArrayList<>();
        private Sign sign = Sign.NONE;
        private boolean alternative;
        private int read;
        private int at;

        Parser(String text) {
            this.text = text;
            alternatives.add(new ArrayList<>(List.of(Span.NOTHING)));
        }

        BunRange parse() {
            while (at < text.length()) {
                if (sign(text.charAt(at))) {
                    version();
                }
            }
            return new BunRange(alternatives);
        }

        /** Reads what stands before a version; false if no version follows. */
        private boolean sign(char c) {
            switch (c) {
                case '>' -> skip(equalsFollows() ? Sign.GREATER_OR_EQUAL : Sign.GREATER, equalsFollows() ? 2 : 1);
                case '<' -> skip(equalsFollows() ? Sign.LESS_OR_EQUAL : Sign.LESS, equalsFollows() ? 2 : 1);
                case '=', 'v' -> {
                    alternative = true;
                    skip(Sign.VERSION, 1);
                }
                case '~' -> skip(Sign.TILDE, text.startsWith(">", at + 1) ? 2 : 1);
                case '^' -> skip(Sign.CARET, 1);
                case '-' -> skip(sign, 1);
                case '|' -> {
                    while (at < text.length() && text.charAt(at) == '|') {
                        at++;
                    }
                    alternative = true;
                    skip(Sign.NONE, 0);
                    return false;
                }
                case ' ' -> {
                    skip(sign, 1);
                    return false;
                }
                default -> {
                    if ((c < '0' || c > '9') && "Xx*".indexOf(c) < 0) {
                        word();
                        return false;
                    }
                    sign = Sign.VERSION;
                    alternative = true;
                }
            }
            return true;
        }

        private boolean equalsFollows() {
            return text.startsWith("=", at + 1);
        }

        private void skip(Sign newSign, int characters) {
            sign = newSign;
            at += characters;
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }

        private void word() {
            sign = Sign.NONE;
            at++;
            while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != '|') {
                at++;
            }
        }

        private void version() {
            BunVersion version = BunVersion.scan(text, at);
            at += version.length();
            int upper = upperBound();
            if (upper >= 0) {
                BunVersion end = BunVersion.scan(text, upper);
                add(hyphenated(version.lowest(), end), alternative);
                at = upper + end.length() + 1;
            } else {
                at++;
                if (read == 0 && sign == Sign.NONE) {
                    alternative = false;
                    return;
                }
                // the first version of a range joins nothing
                add(span(version), read == 0 ? sign == Sign.VERSION : alternative);
            }
            alternative = false;
            read++;
        }

        /** Where the second version of {@code 1.0.0 - 2.0.0} starts, or -1. */
        private int upperBound() {
            int i = text.startsWith(" ", at) ? blanks(at) : at;
            if (i >= text.length() || text.charAt(i) != '-') {
                return -1;
            }
            i = blanks(i + 1);
            if (i < text.length() && (text.charAt(i) == 'v' || text.charAt(i) == '=')) {
                i = blanks(i + 1);
            }
            return i < text.length() && "0123456789Xx*".indexOf(text.charAt(i)) >= 0 ? i : -1;
        }

        private int blanks(int from) {
            int i = from;
            while (i < text.length() && " \t\n\r\u000b\f".indexOf(text.charAt(i)) >= 0) {
                i++;
            }
            return i;
        }

        private void add(Span span, boolean asAlternative) {
            List<Span> last = alternatives.get(alternatives.size() - 1);
            boolean unset = last.get(0).left() == Op.UNSET;
            if (unset && (!asAlternative || alternatives.size() == 1)) {
                last.set(0, span);
            } else if (asAlternative) {
                alternatives.add(new ArrayList<>(List.of(span)));
            } else {
                last.add(span);
            }
        }

        private static Span hyphenated(Core from, BunVersion end) {
            Core to = end.lowest();
            return switch (end.wildcard()) {
                case MAJOR -> Span.of(Op.GREATER_OR_EQUAL, from);
                case MINOR -> between(from, new Core(next(to.major()), 0, 0, to.pre()));
                case PATCH -> between(from, new Core(to.major(), next(to.minor()), 0, to.pre()));
                case NONE -> new Span(Op.GREATER_OR_EQUAL, from, Op.LESS_OR_EQUAL, to);
            };
        }

        private Span span(BunVersion version) {
            return switch (sign) {
                case CARET -> caret(version);
                case TILDE -> tilde(version);
                case VERSION -> exact(version.lowest(), version.wildcard());
                case NONE -> Span.NOTHING;
                default -> compared(version);
            };
        }

        private static Span exact(Core version, Wildcard wildcard) {
            return switch (wildcard) {
                case NONE -> Span.of(Op.EQUAL, version);
                case MAJOR -> Span.of(Op.GREATER_OR_EQUAL, ZERO);
                case MINOR ->
                    new Span(
                            Op.LESS,
                            new Core(next(version.major()), 0, 0, ""),
                            Op.GREATER_OR_EQUAL,
                            new Core(version.major(), 0, 0, ""));
                case PATCH ->
                    new Span(
                            Op.LESS,
                            new Core(version.major(), next(version.minor()), 0, ""),
                            Op.GREATER_OR_EQUAL,
                            new Core(version.major(), version.minor(), 0, ""));
            };
        }

        private static Span caret(BunVersion version) {
            if (version.major().isEmpty()) {
                return Span.NOTHING;
            }
            long major = version.major().getAsLong();
            long minor = version.minor().orElse(0);
            boolean complete = version.minor().isPresent() && version.patch().isPresent();
            Core from = tagged(version, complete);
            if (major != 0 || version.minor().isEmpty()) {
                return between(from, new Core(next(major), 0, 0, ""));
            }
            return between(
                    from,
                    minor == 0 && complete
                            ? new Core(0, 0, next(version.patch().getAsLong()), "")
                            : new Core(0, next(minor), 0, ""));
        }

        private static Span tilde(BunVersion version) {
            if (version.major().isEmpty()) {
                return Span.NOTHING;
            }
            long major = version.major().getAsLong();
            boolean complete = version.minor().isPresent() && version.patch().isPresent();
            return between(
                    tagged(version, complete),
                    version.minor().isPresent()
                            ? new Core(major, next(version.minor().getAsLong()), 0, "")
                            : new Core(next(major), 0, 0, ""));
        }

        private static Core tagged(BunVersion version, boolean complete) {
            Core lowest = version.lowest();
            return complete ? lowest : new Core(lowest.major(), version.minor().orElse(0), 0, "");
        }

        private Span compared(BunVersion version) {
            Core lowest = version.lowest();
            boolean up = sign == Sign.LESS_OR_EQUAL || sign == Sign.GREATER;
            return switch (version.wildcard()) {
                case NONE -> Span.of(op(), lowest);
                case MAJOR -> new Span(Op.GREATER_OR_EQUAL, lowest, Op.LESS_OR_EQUAL, new Core(MOST, MOST, MOST, ""));
                case MINOR -> Span.of(op(), new Core(lowest.major(), up ? MOST : 0, up ? MOST : 0, ""));
                case PATCH -> Span.of(op(), new Core(lowest.major(), lowest.minor(), up ? MOST : 0, ""));
            };
        }

        private Op op() {
            return switch (sign) {
                case GREATER -> Op.GREATER;
                case GREATER_OR_EQUAL -> Op.GREATER_OR_EQUAL;
                case LESS -> Op.LESS;
                default -> Op.LESS_OR_EQUAL;
            };
        }

        private static Span between(Core from, Core below) {
            return new Span(Op.GREATER_OR_EQUAL, from, Op.LESS, below);
        }

        private static long next(long number) {
            return number == MOST ? MOST : number + 1;
        }
    }
}
