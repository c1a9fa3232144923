package dev.ocnix.nix;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is done to each node_modules once its packages are in place, as the project's own installation scripts would.
 *
 * @param files of the source, by their paths, which the commands find at these paths
 * @param commands shell lines, run in the folder that holds {@code node_modules}, with Bun and Node on PATH
 * @param productionCommands likewise, for what runs and not for what builds
 */
public record PostAssembly(
        SortedMap<String, FileContent> files, List<String> commands, List<String> productionCommands) {
    private static final PostAssembly NOTHING = new PostAssembly(Collections.emptySortedMap(), List.of(), List.of());

    public PostAssembly {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        commands = List.copyOf(commands);
        productionCommands = List.copyOf(productionCommands);
    }

    /** Of a project that needs no more than its packages. */
    public static PostAssembly nothing() {
        return NOTHING;
    }
}
