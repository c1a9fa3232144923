package dev.ocnix.nix;

import dev.ocnix.model.OcnixException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what {@link NixPrinter} writes, and no other Nix: strings, lists, attribute sets, relative paths, variables, a call and
 * a function of an attribute set.
 */
final class NixReader {
    private static final int MAX_DEPTH = 32;
    private static final String IN_NAMES = "_'-./+";

    private final String text;
    private final String where;
    private int at;

    private NixReader(String text, String where) {
        this.text = text;
        this.where = where;
    }

    /**
     * Reads one expression.
     *
     * @param where the file, for messages
     * @throws OcnixException with the line, where the text is not of our making
     */
    static NixExpr read(String text, String where) throws OcnixException {
        NixReader reader = new NixReader(text, where);
        NixExpr expression = reader.expression(0);
        reader.skipBlank();
        reader.require(reader.at == text.length());
        return expression;
    }

    private NixExpr expression(int depth) throws OcnixException {
        require(depth <= MAX_DEPTH);
        skipBlank();
        if (isLambda()) {
            return lambda(depth);
        }
        NixExpr first = operand(depth);
        skipBlank();
        // only a variable is called
        return first instanceof NixExpr.Ident && at < text.length() && "{\"[(".indexOf(text.charAt(at)) >= 0
                ? new NixExpr.Call(first, operand(depth + 1))
                : first;
    }

    private NixExpr operand(int depth) throws OcnixException {
        require(depth <= MAX_DEPTH);
        skipBlank();
        char first = peek();
        return switch (first) {
            case '"' -> NixExpr.text(string());
            case '[' -> list(depth + 1);
            case '{' -> attrs(depth + 1);
            case '(' -> {
                at++;
                NixExpr inner = expression(depth + 1);
                expect(')');
                yield inner;
            }
            default -> word();
        };
    }

    /** Whether a brace opens the formals of a function: a name and a comma, a colon or a brace after it. */
    private boolean isLambda() {
        if (at >= text.length() || text.charAt(at) != '{') {
            return false;
        }
        int end = text.indexOf('}', at);
        return end > 0 && end + 1 < text.length() && text.charAt(end + 1) == ':' && text.indexOf('=', at) > end;
    }

    private NixExpr lambda(int depth) throws OcnixException {
        expect('{');
        List<String> formals = new ArrayList<>();
        boolean open = false;
        for (skipBlank(); peek() != '}'; skipBlank()) {
            if (text.startsWith("...", at)) {
                open = true;
                at += 3;
            } else {
                formals.add(name());
            }
            skipBlank();
            if (peek() == ',') {
                at++;
            }
        }
        expect('}');
        expect(':');
        NixExpr body = expression(depth + 1);
        require(formals.stream().allMatch(NixPrinter::isIdentifier));
        return new NixExpr.Lambda(formals, open, body);
    }

    private NixExpr list(int depth) throws OcnixException {
        List<NixExpr> items = new ArrayList<>();
        expect('[');
        for (skipBlank(); peek() != ']'; skipBlank()) {
            items.add(operand(depth));
        }
        at++;
        return new NixExpr.ListOf(items);
    }

    private NixExpr attrs(int depth) throws OcnixException {
        SortedMap<String, NixExpr> entries = new TreeMap<>();
        expect('{');
        for (skipBlank(); peek() != '}'; skipBlank()) {
            String key = peek() == '"' ? string() : name();
            expect('=');
            require(entries.put(key, expression(depth)) == null);
            expect(';');
        }
        at++;
        return new NixExpr.Attrs(entries);
    }

    private String string() throws OcnixException {
        StringBuilder value = new StringBuilder();
        for (at++; peek() != '"'; at++) {
            char c = text.charAt(at);
            // an antiquotation is none of ours
            require(c != '$');
            if (c == '\\') {
                at++;
                value.append(
                        switch (peek()) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> text.charAt(at);
                        });
            } else {
                value.append(c);
            }
        }
        at++;
        return value.toString();
    }

    private NixExpr word() throws OcnixException {
        String name = name();
        if (name.equals("true") || name.equals("false")) {
            return new NixExpr.Bool(name.equals("true"));
        }
        try {
            return name.startsWith(".") ? new NixExpr.RelativePath(name) : new NixExpr.Ident(name);
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
    }

    private String name() throws OcnixException {
        int start = at;
        while (at < text.length() && isInName(text.charAt(at))) {
            at++;
        }
        require(at > start);
        return text.substring(start, at);
    }

    private static boolean isInName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || IN_NAMES.indexOf(c) >= 0;
    }

    private void expect(char symbol) throws OcnixException {
        skipBlank();
        require(peek() == symbol);
        at++;
    }

    private char peek() throws OcnixException {
        require(at < text.length());
        return text.charAt(at);
    }

    private void skipBlank() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    private void require(boolean holds) throws OcnixException {
        if (!holds) {
            throw notOurs();
        }
    }

    private OcnixException notOurs() {
        long line = 1
                + text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return OcnixException.input(where + " is not as ocnix writes it, from line " + line
                + " on; restore it, or run mvn ocnix:generate.");
    }
}
