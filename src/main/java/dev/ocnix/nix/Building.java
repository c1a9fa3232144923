package dev.ocnix.nix;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a build does beyond its commands.
 *
 * @param ownScripts scripts of the project's own that run before the build commands, in their order
 * @param dependencyScripts scripts of packages that run once each node_modules is in place, by {@code name@resolution}
 * @param writable names of packages that a build may write
 * @param packageTools programs of packages that win over the builder's own of the same names
 */
public record Building(
        List<Scripts> ownScripts,
        SortedMap<String, List<String>> dependencyScripts,
        List<String> writable,
        List<String> packageTools) {
    private static final Building PLAIN = new Building(List.of(), Collections.emptySortedMap(), List.of(), List.of());

    /**
     * Scripts of one workspace.
     *
     * @param path of the workspace; empty for the root
     * @param names in the order in which they run
     */
    public record Scripts(String path, List<String> names) {
        public Scripts {
            names = List.copyOf(names);
        }
    }

    public Building {
        ownScripts = List.copyOf(ownScripts);
        SortedMap<String, List<String>> copy = new TreeMap<>();
        dependencyScripts.forEach((id, names) -> copy.put(id, List.copyOf(names)));
        dependencyScripts = Collections.unmodifiableSortedMap(copy);
        writable = List.copyOf(writable);
        packageTools = List.copyOf(packageTools);
    }

    /** Of a build that is its commands alone. */
    public static Building plain() {
        return PLAIN;
    }
}
