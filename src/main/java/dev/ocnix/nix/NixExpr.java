package dev.ocnix.nix;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A Nix expression, as far as generated files need one. {@link NixPrinter} writes it. */
sealed interface NixExpr {
    /** A string; any text but NUL and unpaired surrogates. */
    record Text(String value) implements NixExpr {}

    record Bool(boolean value) implements NixExpr {}

    record ListOf(List<NixExpr> items) implements NixExpr {
        public ListOf {
            items = List.copyOf(items);
        }
    }

    /** An attribute set; names may be any text that {@link Text} may be. */
    record Attrs(SortedMap<String, NixExpr> entries) implements NixExpr {
        public Attrs {
            entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        }
    }

    /** A path relative to the file; only plain segments and {@code ..}, so that nothing needs an escape. */
    record RelativePath(String path) implements NixExpr {
        private static final Pattern SAFE = Pattern.compile("\\.{1,2}(/([A-Za-z0-9_][A-Za-z0-9+._-]*|\\.\\.))*(/\\.)?");

        public RelativePath {
            if (!SAFE.matcher(path).matches() || path.indexOf('/') < 0) {
                throw new IllegalArgumentException("not a plain relative path: " + path);
            }
        }
    }

    /** A variable. */
    record Ident(String name) implements NixExpr {
        public Ident {
            if (!NixPrinter.isIdentifier(name)) {
                throw new IllegalArgumentException("not an identifier: " + name);
            }
        }
    }

    /** A function applied to one argument. */
    record Call(NixExpr function, NixExpr argument) implements NixExpr {}

    /** A function that takes an attribute set. */
    record Lambda(List<String> formals, boolean open, NixExpr body) implements NixExpr {
        public Lambda {
            formals = List.copyOf(formals);
            formals.forEach(Ident::new);
        }
    }

    static NixExpr text(String value) {
        return new Text(value);
    }

    static NixExpr texts(Collection<String> values) {
        return new ListOf(values.stream().map(NixExpr::text).toList());
    }

    static NixExpr texts(Map<String, String> values) {
        SortedMap<String, NixExpr> entries = new TreeMap<>();
        values.forEach((name, value) -> entries.put(name, text(value)));
        return new Attrs(entries);
    }
}
