package dev.ocnix.model;

import java.util.Optional;

/**
 * One override: edges to {@code target} (with that range, if one is given), below {@code parent} if one is given, use
 * {@code replacement}.
 *
 * @param parent {@code name} or {@code name@range}
 * @param target {@code name} or {@code name@range}
 * @param replacement a range as in package.json
 */
public record OverrideRule(Optional<String> parent, String target, String replacement)
        implements Comparable<OverrideRule> {
    /** The name that the edges have, without the range. */
    public String name() {
        int at = target.indexOf('@', 1);
        return at < 0 ? target : target.substring(0, at);
    }

    /** By parent, none first, then target and replacement. */
    @Override
    public int compareTo(OverrideRule other) {
        int order = parent.orElse("").compareTo(other.parent.orElse(""));
        order = order != 0 ? order : target.compareTo(other.target);
        return order != 0 ? order : replacement.compareTo(other.replacement);
    }
}
