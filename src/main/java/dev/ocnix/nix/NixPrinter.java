package dev.ocnix.nix;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes expressions in one fixed format. Whatever a string holds, Nix reads back the same string and nothing else: the
 * <a href="https://nixos.org/manual/nix/stable/language/string-literals">quoted form</a> is the only one used.
 */
final class NixPrinter {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_'-]*");
    private static final Set<String> KEYWORDS =
            Set.of("if", "then", "else", "assert", "with", "let", "in", "rec", "inherit", "or");
    private static final int LONGEST_LINE = 100;

    private final StringBuilder out = new StringBuilder();

    private NixPrinter() {}

    /**
     * The text of an expression, without a line break at its end.
     *
     * @throws OcnixException if a string holds what no Nix string can
     */
    static String print(NixExpr expression) throws OcnixException {
        return print(expression, 0);
    }

    /** Likewise for an expression that stands in a text indented by {@code level} steps. */
    static String print(NixExpr expression, int level) throws OcnixException {
        NixPrinter printer = new NixPrinter();
        printer.expression(expression, level);
        return printer.out.toString();
    }

    /** Whether a text can stand as a variable or an unquoted attribute name. */
    static boolean isIdentifier(String text) {
        return IDENTIFIER.matcher(text).matches() && !KEYWORDS.contains(text);
    }

    private void expression(NixExpr expression, int level) throws OcnixException {
        if (expression instanceof NixExpr.Text text) {
            string(text.value());
        } else if (expression instanceof NixExpr.Bool bool) {
            out.append(bool.value());
        } else if (expression instanceof NixExpr.RelativePath path) {
            out.append(path.path());
        } else if (expression instanceof NixExpr.Ident ident) {
            out.append(ident.name());
        } else if (expression instanceof NixExpr.ListOf list) {
            list(list.items(), level);
        } else if (expression instanceof NixExpr.Attrs attrs) {
            attrs(attrs.entries(), level);
        } else if (expression instanceof NixExpr.Call call) {
            operand(call.function(), level);
            out.append(' ');
            operand(call.argument(), level);
        } else if (expression instanceof NixExpr.Lambda lambda) {
            lambda(lambda, level);
        }
    }

    private void operand(NixExpr expression, int level) throws OcnixException {
        boolean compound = expression instanceof NixExpr.Call || expression instanceof NixExpr.Lambda;
        if (compound) {
            out.append('(');
        }
        expression(expression, level);
        if (compound) {
            out.append(')');
        }
    }

    private void lambda(NixExpr.Lambda lambda, int level) throws OcnixException {
        out.append("{ ").append(String.join(", ", lambda.formals()));
        if (lambda.open()) {
            out.append(lambda.formals().isEmpty() ? "..." : ", ...");
        }
        out.append(" }:\n\n").append("  ".repeat(level));
        expression(lambda.body(), level);
    }

    private void list(List<NixExpr> items, int level) throws OcnixException {
        if (items.isEmpty()) {
            out.append("[ ]");
            return;
        }
        int start = out.length();
        out.append('[');
        for (NixExpr item : items) {
            out.append(' ');
            operand(item, level + 1);
        }
        out.append(" ]");
        if (out.length() - start <= LONGEST_LINE && out.indexOf("\n", start) < 0) {
            return;
        }
        out.setLength(start);
        out.append("[\n");
        for (NixExpr item : items) {
            indent(level + 1);
            operand(item, level + 1);
            out.append('\n');
        }
        indent(level);
        out.append(']');
    }

    private void attrs(Map<String, NixExpr> entries, int level) throws OcnixException {
        if (entries.isEmpty()) {
            out.append("{ }");
            return;
        }
        out.append("{\n");
        for (Map.Entry<String, NixExpr> entry : entries.entrySet()) {
            indent(level + 1);
            attributeName(entry.getKey());
            out.append(" = ");
            expression(entry.getValue(), level + 1);
            out.append(";\n");
        }
        indent(level);
        out.append('}');
    }

    private void indent(int level) {
        out.append("  ".repeat(level));
    }

    private void attributeName(String name) throws OcnixException {
        if (isIdentifier(name)) {
            out.append(name);
        } else {
            string(name);
        }
    }

    private void string(String value) throws OcnixException {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                // before a brace it would open an expression, and Nix reads "\$" as a dollar anywhere
                case '$' -> out.append("\\$");
                case '\n' -> out.append("\\n");
                // a raw one would be read as a line feed
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 0 -> throw unspeakable(value, "a NUL character");
                default -> i = character(value, i);
            }
        }
        out.append('"');
    }

    private int character(String value, int i) throws OcnixException {
        int c = value.codePointAt(i);
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            throw unspeakable(value, "half of a surrogate pair");
        }
        if (Visible.isVisible(c)) {
            out.appendCodePoint(c);
        } else {
            // who reads the tree shall see all that Nix does
            out.append("${builtins.fromJSON \"\\\"");
            for (char unit : Character.toChars(c)) {
                out.append(String.format("\\\\u%04x", (int) unit));
            }
            out.append("\\\"\"}");
        }
        return i + Character.charCount(c) - 1;
    }

    private static OcnixException unspeakable(String value, String what) {
        return OcnixException.input("The text " + Visible.quoted(value) + " of the project holds " + what
                + ", which no Nix string can hold; mend the package.json or the lockfile that it comes from.");
    }
}
