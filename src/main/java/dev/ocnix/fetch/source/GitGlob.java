package dev.ocnix.fetch.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A pattern as git's wildmatch.c reads it, for paths whose chars each stand for one byte. Stars, sets and classes are git's own;
 * matching takes time in proportion to the lengths of pattern and path, whatever the pattern.
 */
final class GitGlob {
    private static final char SLASH = '/';
    private static final int BYTES = 256;

    private final List<Step> steps;
    private final String suffix;

    /** A part of a pattern. */
    private enum Kind {
        /** One byte of a set. */
        ONE,
        /** Any bytes but slashes. */
        NAME,
        /** Any bytes. */
        ANYTHING,
        /** Nothing, or the two steps that follow. */
        MAYBE
    }

    private record Step(Kind kind, BitSet bytes) {
        static Step of(Kind kind) {
            return new Step(kind, new BitSet());
        }

        static Step literal(char c) {
            BitSet bytes = new BitSet();
            bytes.set(c);
            return new Step(Kind.ONE, bytes);
        }
    }

    private GitGlob(List<Step> steps) {
        this.steps = List.copyOf(steps);
        this.suffix = suffix(steps);
    }

    /** What every match ends with; most patterns are decided by it. */
    private static String suffix(List<Step> steps) {
        StringBuilder backwards = new StringBuilder();
        for (int i = steps.size() - 1; i >= 0; i--) {
            boolean isSkippable = i >= 2 && steps.get(i - 2).kind == Kind.MAYBE;
            if (steps.get(i).bytes.cardinality() != 1 || isSkippable) {
                break;
            }
            backwards.append((char) steps.get(i).bytes.nextSetBit(0));
        }
        return backwards.reverse().toString();
    }

    /** Reads a pattern; one that git takes and that matches nothing, such as an open bracket, is empty. */
    static Optional<GitGlob> parse(String pattern) {
        return new Parser(pattern).parse();
    }

    boolean matches(String path) {
        if (!path.endsWith(suffix)) {
            return false;
        }
        boolean[] at = new boolean[steps.size() + 1];
        enter(at, 0);
        boolean[] next = new boolean[at.length];
        for (int i = 0; i < path.length(); i++) {
            Arrays.fill(next, false);
            for (int step = 0; step < steps.size(); step++) {
                if (at[step]) {
                    take(step, path.charAt(i), next);
                }
            }
            boolean[] before = at;
            at = next;
            next = before;
        }
        return at[steps.size()];
    }

    /** How much work {@link #matches} is at most, in steps of some nanoseconds. */
    long cost(String path) {
        return path.endsWith(suffix) ? (long) steps.size() * path.length() : 0;
    }

    private void take(int at, char c, boolean[] next) {
        Step step = steps.get(at);
        switch (step.kind) {
            case ONE -> {
                if (step.bytes.get(c)) {
                    enter(next, at + 1);
                }
            }
            case NAME -> {
                if (c != SLASH) {
                    enter(next, at);
                }
            }
            case ANYTHING -> enter(next, at);
            case MAYBE -> {
                // it takes nothing by itself
            }
        }
    }

    /** Marks a step as the next one, and all that can be next without a byte. */
    private void enter(boolean[] marks, int first) {
        int at = first;
        while (!marks[at]) {
            marks[at] = true;
            Kind kind = at < steps.size() ? steps.get(at).kind : Kind.ONE;
            if (kind == Kind.ONE) {
                return;
            }
            if (kind == Kind.MAYBE) {
                // the two steps after it, of which the first may take nothing, and what follows them
                marks[at + 1] = true;
                marks[at + 2] = true;
            }
            at += kind == Kind.MAYBE ? 3 : 1;
        }
    }

    private static final class Parser {
        private final String pattern;
        private final List<Step> steps = new ArrayList<>();
        private int at;

        Parser(String pattern) {
            this.pattern = pattern;
        }

        Optional<GitGlob> parse() {
            while (at < pattern.length()) {
                char c = pattern.charAt(at);
                switch (c) {
                    case '*' -> stars();
                    case '?' -> {
                        steps.add(new Step(Kind.ONE, allBut(new BitSet())));
                        at++;
                    }
                    case '[' -> {
                        Optional<BitSet> set = set();
                        if (set.isEmpty()) {
                            return Optional.empty();
                        }
                        steps.add(new Step(Kind.ONE, set.get()));
                    }
                    default -> {
                        at += c == '\\' ? 1 : 0;
                        if (at == pattern.length()) {
                            return Optional.empty();
                        }
                        steps.add(Step.literal(pattern.charAt(at)));
                        at++;
                    }
                }
            }
            return Optional.of(new GitGlob(steps));
        }

        private void stars() {
            int start = at;
            while (at < pattern.length() && pattern.charAt(at) == '*') {
                at++;
            }
            boolean opens = start == 0 || pattern.charAt(start - 1) == SLASH;
            boolean ends = at == pattern.length() || pattern.startsWith("/", at) || pattern.startsWith("\\/", at);
            if (at - start == 1 || !opens || !ends) {
                steps.add(Step.of(Kind.NAME));
                return;
            }
            if (pattern.startsWith("/", at)) {
                steps.add(Step.of(Kind.MAYBE));
                steps.add(Step.of(Kind.ANYTHING));
                steps.add(Step.literal(SLASH));
                at++;
                return;
            }
            steps.add(Step.of(Kind.ANYTHING));
        }

        /** A set in brackets; empty if it is malformed. */
        private Optional<BitSet> set() {
            at++;
            boolean negated = peek() == '!' || peek() == '^';
            at += negated ? 1 : 0;
            BitSet bytes = new BitSet();
            char before = 0;
            boolean first = true;
            while (first || peek() != ']') {
                first = false;
                char c = peek();
                if (c == '\\') {
                    at++;
                    before = peek();
                    bytes.set(before);
                } else if (c == '-' && before != 0 && peek(1) != 0 && peek(1) != ']') {
                    at += peek(1) == '\\' ? 2 : 1;
                    if (peek() >= before) {
                        bytes.set(before, peek() + 1);
                    }
                    before = 0;
                } else if (c == '[' && peek(1) == ':' && isClass()) {
                    int end = pattern.indexOf(']', at + 2);
                    Optional<BitSet> named = named(pattern.substring(at + 2, end - 1));
                    if (named.isEmpty()) {
                        return Optional.empty();
                    }
                    bytes.or(named.get());
                    at = end;
                    before = 0;
                } else {
                    before = c;
                    bytes.set(c);
                }
                if (peek() == 0) {
                    return Optional.empty();
                }
                at++;
            }
            at++;
            bytes.clear(SLASH);
            return Optional.of(negated ? allBut(bytes) : bytes);
        }

        /** Whether the next closing bracket ends a class; if there is none at all, it does not matter. */
        private boolean isClass() {
            int end = pattern.indexOf(']', at + 2);
            return end > at + 2 && pattern.charAt(end - 1) == ':';
        }

        private char peek() {
            return peek(0);
        }

        private char peek(int ahead) {
            return at + ahead < pattern.length() ? pattern.charAt(at + ahead) : 0;
        }

        private static BitSet allBut(BitSet bytes) {
            BitSet others = new BitSet();
            others.set(1, BYTES);
            others.andNot(bytes);
            others.clear(SLASH);
            return others;
        }

        private static Optional<BitSet> named(String name) {
            BitSet bytes = new BitSet();
            for (char c = 1; c < 0x80; c++) {
                boolean lower = c >= 'a' && c <= 'z';
                boolean upper = c >= 'A' && c <= 'Z';
                boolean digit = c >= '0' && c <= '9';
                boolean graphic = c > ' ' && c < 0x7f;
                boolean isMember = switch (name) {
                    case "alnum" -> lower || upper || digit;
                    case "alpha" -> lower || upper;
                    case "blank" -> c == ' ' || c == '\t';
                    case "cntrl" -> c < ' ' || c == 0x7f;
                    case "digit" -> digit;
                    case "graph" -> graphic;
                    case "lower" -> lower;
                    case "print" -> graphic || c == ' ';
                    case "punct" -> graphic && !lower && !upper && !digit;
                    case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
                    case "upper" -> upper;
                    case "xdigit" ->
                        "0123456789abcdef".indexOf(Character.toString(c).toLowerCase(Locale.ROOT)) >= 0;
                    default -> false;
                };
                bytes.set(c, isMember);
            }
            return bytes.isEmpty() ? Optional.empty() : Optional.of(bytes);
        }
    }
}
