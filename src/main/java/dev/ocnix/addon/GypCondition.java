package dev.ocnix.addon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The test of a condition in a {@code .gyp} file, a Python expression, as far as the operating system alone decides it. Variables
 * that a user or a command may set decide nothing: such a test may hold and may not.
 */
final class GypCondition {
    private static final int MAX_DEPTH = 40;
    private static final String SPLIT = ".split()";
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:([<>]\\([A-Za-z_][A-Za-z0-9_]*\\))|(\\.split\\(\\))|(==|!=|<=|>=|<|>|[()\\[\\],])|('(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\")"
                    + "|([A-Za-z_][A-Za-z0-9_]*)|([0-9.]+))");

    private final List<String> tokens = new ArrayList<>();
    private final String os;
    private int at;
    private int depth;

    /** A part of a test: its values if they are known, and whether it holds if it is one by itself. */
    private record Part(Optional<List<String>> values, Holds holds) {
        static final Part UNKNOWN = new Part(Optional.empty(), Holds.PERHAPS);

        static Part of(Holds holds) {
            return new Part(Optional.empty(), holds);
        }
    }

    /** The text is no expression that we understand. */
    private static final class NotUnderstood extends Exception {
        private static final long serialVersionUID = 1;
    }

    private GypCondition(String os) {
        this.os = os;
    }

    /**
     * Weighs a test.
     *
     * @param os as gyp has it: {@code linux}, {@code mac}
     * @return empty if it is not understood
     */
    static Optional<Holds> read(String test, String os) {
        GypCondition condition = new GypCondition(os);
        if (!condition.tokenize(test)) {
            return Optional.empty();
        }
        try {
            Holds holds = condition.either().holds;
            return condition.at == condition.tokens.size() ? Optional.of(holds) : Optional.empty();
        } catch (NotUnderstood e) {
            return Optional.empty();
        }
    }

    private boolean tokenize(String test) {
        String rest = test.stripTrailing();
        Matcher matcher = TOKEN.matcher(rest);
        int end = 0;
        while (end < rest.length() && matcher.find(end) && matcher.start() == end && tokens.size() < 1000) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        return end == rest.length() && !tokens.isEmpty();
    }

    private boolean skip(String token) {
        if (at < tokens.size() && tokens.get(at).equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private String next() throws NotUnderstood {
        if (at >= tokens.size()) {
            throw new NotUnderstood();
        }
        return tokens.get(at++);
    }

    private Part either() throws NotUnderstood {
        Part left = both();
        while (skip("or")) {
            left = Part.of(left.holds.or(both().holds));
        }
        return left;
    }

    private Part both() throws NotUnderstood {
        Part left = negated();
        while (skip("and")) {
            left = Part.of(left.holds.and(negated().holds));
        }
        return left;
    }

    private Part negated() throws NotUnderstood {
        boolean isNegated = false;
        while (skip("not")) {
            isNegated = !isNegated;
        }
        Part part = compared();
        return isNegated ? Part.of(part.holds.not()) : part;
    }

    private Part compared() throws NotUnderstood {
        Part left = operand();
        if (at >= tokens.size()) {
            return left;
        }
        String operator = tokens.get(at);
        if (operator.equals("not")
                && at + 1 < tokens.size()
                && tokens.get(at + 1).equals("in")) {
            at += 2;
            return Part.of(in(left, operand()).not());
        }
        return switch (operator) {
            case "in" -> {
                at++;
                yield Part.of(in(left, operand()));
            }
            case "==" -> {
                at++;
                yield Part.of(equal(left, operand()));
            }
            case "!=" -> {
                at++;
                yield Part.of(equal(left, operand()).not());
            }
            case "<", ">", "<=", ">=" -> {
                at++;
                operand();
                yield Part.UNKNOWN;
            }
            default -> left;
        };
    }

    private static Holds equal(Part left, Part right) {
        return left.values.isPresent() && right.values.isPresent()
                ? Holds.of(left.values.equals(right.values))
                : Holds.PERHAPS;
    }

    /** Python looks for a text in another one, or for an element in a list. */
    private static Holds in(Part left, Part right) {
        if (left.values.isEmpty() || right.values.isEmpty() || left.values.get().size() != 1) {
            return Holds.PERHAPS;
        }
        String wanted = left.values.get().get(0);
        List<String> values = right.values.get();
        return Holds.of(values.size() == 1 ? values.get(0).contains(wanted) : values.contains(wanted));
    }

    private Part operand() throws NotUnderstood {
        String token = next();
        if (token.equals("(") || token.equals("[")) {
            return group(token.equals("(") ? ")" : "]");
        }
        char first = token.charAt(0);
        if (first == '\'' || first == '"') {
            String text =
                    token.substring(1, token.length() - 1).replace("<(OS)", os).replace(">(OS)", os);
            return skip(SPLIT) ? words(text) : text(text);
        }
        if (Character.isDigit(first)) {
            return new Part(Optional.of(List.of(token)), Holds.of(!token.matches("0+")));
        }
        if (token.equals("<(OS)") || token.equals(">(OS)")) {
            return text(os);
        }
        if (token.endsWith(")") && token.length() > 1) {
            return Part.UNKNOWN;
        }
        if (!Character.isLetter(first) && first != '_') {
            throw new NotUnderstood();
        }
        return token.equals("OS") ? text(os) : Part.UNKNOWN;
    }

    private static Part text(String value) {
        boolean isOpen = value.contains("<(") || value.contains(">(") || value.contains("<!") || value.contains("$(");
        return isOpen ? Part.UNKNOWN : new Part(Optional.of(List.of(value)), Holds.of(!value.isEmpty()));
    }

    /** The words of a text, as a list. */
    private static Part words(String text) {
        List<String> words = List.of(text.strip().split("\\s+", -1));
        return new Part(Optional.of(words.size() == 1 ? List.of(words.get(0), words.get(0)) : words), Holds.ALWAYS);
    }

    private Part group(String close) throws NotUnderstood {
        if (++depth > MAX_DEPTH) {
            throw new NotUnderstood();
        }
        List<Part> parts = new ArrayList<>();
        while (!skip(close)) {
            parts.add(either());
            if (!skip(",") && (at >= tokens.size() || !tokens.get(at).equals(close))) {
                throw new NotUnderstood();
            }
        }
        depth--;
        if (parts.size() == 1 && close.equals(")")) {
            return parts.get(0);
        }
        List<String> values = new ArrayList<>();
        for (Part part : parts) {
            if (part.values.isEmpty() || part.values.get().size() != 1) {
                return Part.UNKNOWN;
            }
            values.addAll(part.values.get());
        }
        return new Part(
                values.size() == 1 ? Optional.of(List.of(values.get(0), values.get(0))) : Optional.of(values),
                Holds.of(!values.isEmpty()));
    }
}
