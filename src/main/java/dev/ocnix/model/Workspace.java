package dev.ocnix.model;

import java.util.List;
import java.util.Optional;

/**
 * The root project or one of its members.
 *
 * @param path relative to the root, with {@code /}; empty for the root itself
 * @param name absent only for a root without one
 * @param dependencies sorted by alias, then kind
 */
public record Workspace(
        String path, Optional<String> name, Optional<String> version, Bin bin, List<Dependency> dependencies) {
    public Workspace {
        dependencies = List.copyOf(dependencies);
    }

    public boolean isRoot() {
        return path.isEmpty();
    }
}
