package dev.ocnix.addon;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The condition of an {@code if} in CMake, as far as the operating system alone decides it. */
final class CmakeCondition {
    private static final int MAX_DEPTH = 40;
    private static final Map<String, String> SYSTEMS = Map.of("linux", "Linux", "mac", "Darwin");

    private final List<String> tokens;
    private final String os;
    private int at;
    private int depth;

    private CmakeCondition(List<String> tokens, String os) {
        this.tokens = tokens;
        this.os = os;
    }

    /**
     * Weighs a condition.
     *
     * @param os {@code linux} or {@code mac}
     */
    static Holds read(List<String> tokens, String os) {
        CmakeCondition condition = new CmakeCondition(tokens, os);
        Holds holds = condition.either();
        return condition.at == tokens.size() ? holds : Holds.PERHAPS;
    }

    private Holds either() {
        Holds left = both();
        while (skip("OR")) {
            left = left.or(both());
        }
        return left;
    }

    private Holds both() {
        Holds left = negated();
        while (skip("AND")) {
            left = left.and(negated());
        }
        return left;
    }

    private Holds negated() {
        boolean isNegated = false;
        while (skip("NOT")) {
            isNegated = !isNegated;
        }
        Holds holds = operand();
        return isNegated ? holds.not() : holds;
    }

    private boolean skip(String token) {
        if (at < tokens.size() && tokens.get(at).equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private Holds operand() {
        if (at >= tokens.size() || depth >= MAX_DEPTH) {
            return Holds.PERHAPS;
        }
        if (skip("(")) {
            depth++;
            Holds inner = either();
            depth--;
            skip(")");
            return inner;
        }
        String first = tokens.get(at++);
        if (at + 1 < tokens.size() && isComparison(tokens.get(at))) {
            String operator = tokens.get(at);
            String value = tokens.get(at + 1);
            at += 2;
            return compared(first, operator, value);
        }
        if (isTest(first) && at < tokens.size()) {
            at++;
            return Holds.PERHAPS;
        }
        return variable(first);
    }

    private static boolean isTest(String word) {
        return List.of("DEFINED", "EXISTS", "TARGET", "COMMAND", "POLICY", "IS_DIRECTORY", "TEST")
                .contains(word);
    }

    private static boolean isComparison(String word) {
        return word.equals("MATCHES")
                || word.equals("IN_LIST")
                || word.endsWith("EQUAL")
                || word.endsWith("LESS")
                || word.endsWith("GREATER");
    }

    private Holds compared(String variable, String operator, String value) {
        String name = variable.replaceAll("^\\$\\{(\\w+)}$", "$1");
        boolean isSystem = name.equals("CMAKE_SYSTEM_NAME") || name.equals("CMAKE_HOST_SYSTEM_NAME");
        String system = SYSTEMS.getOrDefault(os, "");
        return switch (operator) {
            case "STREQUAL", "EQUAL" -> isSystem ? Holds.of(value.equals(system)) : Holds.PERHAPS;
            case "MATCHES" ->
                isSystem && value.matches("[A-Za-z|()^$]{1,60}") ? Holds.of(matches(value, system)) : Holds.PERHAPS;
            default -> Holds.PERHAPS;
        };
    }

    /** Alternatives of plain words. */
    private static boolean matches(String pattern, String system) {
        return List.of(pattern.replaceAll("[()^$]", "").split("\\|", -1)).contains(system);
    }

    private Holds variable(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "UNIX", "TRUE", "ON", "YES", "1" -> Holds.ALWAYS;
            case "APPLE" -> Holds.of(os.equals("mac"));
            case "LINUX" -> Holds.of(os.equals("linux"));
            case "WIN32",
                    "MSVC",
                    "MINGW",
                    "CYGWIN",
                    "MSYS",
                    "ANDROID",
                    "IOS",
                    "EMSCRIPTEN",
                    "BSD",
                    "FALSE",
                    "OFF",
                    "NO",
                    "0" -> Holds.NEVER;
            default -> Holds.PERHAPS;
        };
    }
}
