package dev.ocnix.nix;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the tree packages. A project with a {@code bin} needs no more than that; the other fields come from a profile.
 *
 * @param name the package's name in Nix; characters that a store path cannot have are replaced
 * @param version as its package.json says, {@code 0} if it says none
 * @param workspace path of its workspace; empty for the root
 * @param mainProgram which of its commands {@code nix run} starts
 * @param programs command to script, relative to the workspace
 * @param sourcePaths what the build sees of the source, relative to the root; empty for all of it
 * @param installPaths what is installed, relative to the root; empty for the workspace, those it reaches, and the root's
 *     package.json
 * @param buildCommands shell lines, run at the root of a writable copy of the source with node_modules in place; without
 *     any, nothing is built
 * @param environment for the build commands
 * @param runtimePath attribute names of nixpkgs whose programs are appended to PATH where nixpkgs has them; each is an
 *     argument of {@code package.nix}
 */
public record Application(
        String name,
        String version,
        String workspace,
        Optional<String> mainProgram,
        SortedMap<String, String> programs,
        List<String> sourcePaths,
        List<String> installPaths,
        List<String> buildCommands,
        SortedMap<String, String> environment,
        List<String> runtimePath) {
    public Application {
        programs = Collections.unmodifiableSortedMap(new TreeMap<>(programs));
        sourcePaths = List.copyOf(sourcePaths);
        installPaths = List.copyOf(installPaths);
        buildCommands = List.copyOf(buildCommands);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        runtimePath = List.copyOf(runtimePath);
    }
}
