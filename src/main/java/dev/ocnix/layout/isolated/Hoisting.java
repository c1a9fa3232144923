package dev.ocnix.layout.isolated;

import java.util.Optional;

/**
 * What a project asks to be linked where packages find it that do not declare it.
 *
 * @param fallback which names below {@code node_modules/.bun/node_modules}; all if absent
 * @param top which names of others' dependencies beside the root's own; none if absent
 */
public record Hoisting(Optional<NamePattern> fallback, Optional<NamePattern> top) {
    /** Bun's default. */
    public static Hoisting usual() {
        return new Hoisting(Optional.empty(), Optional.empty());
    }
}
