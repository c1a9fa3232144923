package dev.ocnix.report.sbom;

import dev.ocnix.model.Resources;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the licence of a package.json is in the terms of <a href="https://spdx.org/licenses/">SPDX</a>: the id of a listed
 * licence, an expression of several, or a name that means something to people only.
 */
final class SpdxLicense {
    private static final int LONGEST = 500;
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:([()])|([A-Za-z0-9.+:-]+))");
    private static final Pattern REFERENCE = Pattern.compile("(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+");

    /** Lower case to the id as it is listed. */
    private final Map<String, String> ids = new HashMap<>();

    SpdxLicense() {
        Resources.text(SpdxLicense.class, "spdx-ids.txt")
                .lines()
                .forEach(id -> ids.put(id.toLowerCase(Locale.ROOT), id));
    }

    /** The listed licence that a text means; ids compare without case. */
    Optional<String> id(String text) {
        return Optional.ofNullable(ids.get(text.strip().toLowerCase(Locale.ROOT)));
    }

    /** The text as an expression with ids as they are listed; empty if it is none, or has an id that is not listed. */
    Optional<String> expression(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Deque<String> tokens = new ArrayDeque<>();
        Matcher matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
            matcher.region(end, matcher.regionEnd());
        }
        if (end < text.strip().length()) {
            return Optional.empty();
        }
        Optional<String> expression = alternatives(tokens);
        return tokens.isEmpty() ? expression : Optional.empty();
    }

    private Optional<String> alternatives(Deque<String> tokens) {
        Optional<String> left = operand(tokens);
        while (left.isPresent() && (isNext(tokens, "AND") || isNext(tokens, "OR"))) {
            String begun = left.get() + " " + tokens.remove().toUpperCase(Locale.ROOT) + " ";
            left = operand(tokens).map(right -> begun + right);
        }
        return left;
    }

    private static boolean isNext(Deque<String> tokens, String word) {
        return !tokens.isEmpty() && tokens.element().equalsIgnoreCase(word);
    }

    private Optional<String> operand(Deque<String> tokens) {
        String token = tokens.isEmpty() ? "" : tokens.remove();
        if (token.equals("(")) {
            Optional<String> inner = alternatives(tokens);
            if (!isNext(tokens, ")")) {
                return Optional.empty();
            }
            tokens.remove();
            return inner.map(text -> "(" + text + ")");
        }
        Optional<String> licence = REFERENCE.matcher(token).matches() ? Optional.of(token) : listed(token);
        if (licence.isPresent() && isNext(tokens, "WITH")) {
            tokens.remove();
            Optional<String> exception = tokens.isEmpty() ? Optional.empty() : id(tokens.remove());
            return licence.flatMap(id -> exception.map(of -> id + " WITH " + of));
        }
        return licence;
    }

    /** An id, or one that a plus opens for later versions. */
    private Optional<String> listed(String token) {
        return id(token)
                .or(() -> token.endsWith("+")
                        ? id(token.substring(0, token.length() - 1)).map(id -> id + "+")
                        : Optional.empty());
    }
}
