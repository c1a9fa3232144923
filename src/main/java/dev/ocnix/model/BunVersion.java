package dev.ocnix.model;

import java.util.OptionalLong;

/**
 * A version inside of a range, read as leniently as Bun does (src/semver/Version.zig): numbers may be missing or wildcards,
 * and whatever cannot be read ends it. Bun does not compare builds, so they are not kept.
 *
 * @param major unsigned, like the other two
 * @param pre the tag of a pre-release, or empty
 * @param wildcard the first number that may be anything
 * @param length of the text that was read, in characters
 */
public record BunVersion(
        OptionalLong major, OptionalLong minor, OptionalLong patch, String pre, Wildcard wildcard, int length) {
    public enum Wildcard {
        NONE,
        MAJOR,
        MINOR,
        PATCH
    }

    /** A version with all its numbers. */
    public record Core(long major, long minor, long patch, String pre) implements Comparable<Core> {
        boolean isTaggedLike(Core other) {
            return !pre.isEmpty() && major == other.major && minor == other.minor && patch == other.patch;
        }

        /** The order of semver: a pre-release comes before its release. */
        @Override
        public int compareTo(Core other) {
            int order = Long.compareUnsigned(major, other.major);
            order = order != 0 ? order : Long.compareUnsigned(minor, other.minor);
            order = order != 0 ? order : Long.compareUnsigned(patch, other.patch);
            if (order != 0 || pre.equals(other.pre)) {
                return order;
            }
            return pre.isEmpty()
                    ? 1
                    : other.pre.isEmpty() ? -1 : compareTags(pre.split("\\.", -1), other.pre.split("\\.", -1));
        }

        private static int compareTags(String[] tag, String[] other) {
            for (int i = 0; i < Math.min(tag.length, other.length); i++) {
                int order = compareParts(tag[i], other[i]);
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(tag.length, other.length);
        }

        /** Numbers by their value, before words. */
        private static int compareParts(String part, String other) {
            boolean number = isNumber(part);
            if (number && isNumber(other)) {
                return compareNumbers(withoutZeros(part), withoutZeros(other));
            }
            return number ? -1 : isNumber(other) ? 1 : part.compareTo(other);
        }

        /** Digits by their value, without a number of that size. */
        private static int compareNumbers(String digits, String other) {
            int order = Integer.compare(digits.length(), other.length());
            return order != 0 ? order : digits.compareTo(other);
        }

        private static String withoutZeros(String digits) {
            int start = 0;
            while (start < digits.length() - 1 && digits.charAt(start) == '0') {
                start++;
            }
            return digits.substring(start);
        }

        private static boolean isNumber(String part) {
            return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
        }
    }

    /** The lowest version that it can stand for. */
    public Core lowest() {
        return new Core(major.orElse(0), minor.orElse(0), patch.orElse(0), pre);
    }

    /** Reads what stands in a text from an index on. */
    public static BunVersion scan(String text, int from) {
        return new Scanner(text, from).scan();
    }

    private static final class Scanner {
        private static final int LONGEST_NUMBER = 20;
        private static final Wildcard[] BY_PART = {Wildcard.MAJOR, Wildcard.MINOR, Wildcard.PATCH};

        private final String text;
        private final int start;
        private final OptionalLong[] numbers = {OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()};
        private Wildcard wildcard = Wildcard.NONE;
        private String pre = "";
        private int part;
        private int at;

        Scanner(String text, int from) {
            this.text = text;
            this.start = from;
            this.at = from;
        }

        BunVersion scan() {
            if (start == text.length()) {
                return new BunVersion(numbers[0], numbers[1], numbers[2], "", Wildcard.NONE, 0);
            }
            skipLead();
            boolean more = true;
            while (more && at < text.length()) {
                more = step(text.charAt(at));
            }
            if (wildcard == Wildcard.NONE && part < BY_PART.length) {
                wildcard = BY_PART[part];
            }
            return new BunVersion(numbers[0], numbers[1], numbers[2], pre, wildcard, at - start);
        }

        private void skipLead() {
            int i = start;
            while (i < text.length() && " \t\n\r\u000b\fv=".indexOf(text.charAt(i)) >= 0) {
                i++;
            }
            at = i == text.length() ? start : i;
        }

        /** Reads one number, wildcard or tag; false at the end of the version. */
        private boolean step(char c) {
            if (isDigit(c)) {
                number();
                return true;
            }
            if (isWildcard(c)) {
                wildcard();
                return true;
            }
            boolean complete = part >= 2 || wildcard != Wildcard.NONE;
            if ("|^#&%!".indexOf(c) >= 0) {
                at = Math.max(start, at - 1);
            } else if ((c == '-' || c == '+') && complete) {
                tag(0);
            } else if (isLetter(c) && part >= 2 && wildcard == Wildcard.NONE) {
                tag(1);
            }
            return false;
        }

        private void number() {
            int first = at;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
            if (part < numbers.length) {
                numbers[part] = parse(text.substring(first, at));
                part++;
            }
            if (part != numbers.length) {
                skipDot();
            }
        }

        private static OptionalLong parse(String digits) {
            if (digits.length() > LONGEST_NUMBER) {
                return OptionalLong.empty();
            }
            try {
                return OptionalLong.of(Long.parseUnsignedLong(digits));
            } catch (NumberFormatException e) {
                return OptionalLong.of(0);
            }
        }

        private void wildcard() {
            while (at < text.length() && isWildcard(text.charAt(at))) {
                at++;
            }
            skipDot();
            if (wildcard == Wildcard.NONE && part < BY_PART.length) {
                wildcard = BY_PART[part];
                part++;
            }
        }

        private void skipDot() {
            if (at < text.length() && text.charAt(at) == '.') {
                at++;
            }
        }

        /** @param dashes that count as read before the tag: 1 for {@code 1.0.0rc1} */
        private void tag(int dashes) {
            int tagStart = at;
            int partStart = at;
            boolean inPre = false;
            boolean inBuild = false;
            for (; at < text.length() && isTagLetter(text.charAt(at)); at++) {
                char c = text.charAt(at);
                if (c == '+') {
                    if (inPre || (!inBuild && dashes > 0)) {
                        pre = text.substring(partStart, at);
                    }
                    partStart = inBuild ? partStart : at + 1;
                    inBuild = true;
                    inPre = false;
                } else if (c == '-') {
                    partStart = inPre ? partStart : at + 1;
                    inPre = true;
                    inBuild = false;
                }
            }
            boolean ended = at < text.length();
            if (dashes > 0 && (ended || (!inPre && !inBuild))) {
                pre = text.substring(tagStart, at);
            } else if (inPre) {
                pre = text.substring(partStart, at);
            }
        }

        private static boolean isTagLetter(char c) {
            return isLetter(c) || isDigit(c) || c == '.' || c == '-' || c == '+';
        }

        private static boolean isLetter(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private static boolean isWildcard(char c) {
            return c == 'x' || c == 'X' || c == '*';
        }
    }
}
