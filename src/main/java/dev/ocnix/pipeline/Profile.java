package dev.ocnix.pipeline;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is special to one project, as data; a profile file holds the same names in a JSON object, all of them optional.
 *
 * @param name the package's name in Nix
 * @param workspace path of the application in the source
 * @param linker {@code hoisted} or {@code isolated}
 * @param mainProgram which command {@code nix run} starts
 * @param sourcePaths what the build sees of the source; empty for all of it
 * @param installPaths what is installed; empty for the workspace and those that it reaches
 * @param buildWorkspaces paths of workspaces whose packages the build needs too, although none is a dependency
 * @param buildCommands shell lines, run at the root of the source with node_modules in place; an empty list builds nothing,
 *     no list means the build scripts of {@link BuildScripts}
 * @param environment for the build commands
 * @param runtimePath attribute names of nixpkgs whose programs are appended to PATH
 */
public record Profile(
        Optional<String> name,
        Optional<String> workspace,
        Optional<String> linker,
        Optional<String> mainProgram,
        List<String> sourcePaths,
        List<String> installPaths,
        List<String> buildWorkspaces,
        Optional<List<String>> buildCommands,
        SortedMap<String, String> environment,
        List<String> runtimePath) {
    private static final Profile EMPTY = new Profile(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Collections.emptySortedMap(),
            List.of());

    public Profile {
        sourcePaths = List.copyOf(sourcePaths);
        installPaths = List.copyOf(installPaths);
        buildWorkspaces = List.copyOf(buildWorkspaces);
        buildCommands = buildCommands.map(List::copyOf);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        runtimePath = List.copyOf(runtimePath);
    }

    /** Of a project that needs none. */
    public static Profile empty() {
        return EMPTY;
    }
}
