package dev.ocnix.nix;

import dev.ocnix.model.PackageId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the tree packages. A project with a {@code bin} needs no more than that; the other fields come from a profile.
 *
 * @param name the package's name in Nix; characters that a store path cannot have are replaced
 * @param version as its package.json says, {@code 0} if it says none
 * @param meta what people want to know of it
 * @param workspace path of its workspace; empty for the root
 * @param mainProgram which of its commands {@code nix run} starts
 * @param programs command to script, relative to the workspace
 * @param sourcePaths what the build sees of the source, relative to the root; empty for all of it
 * @param installPaths what is installed, relative to the root; empty for the workspace, those it reaches, and the root's
 *     package.json
 * @param buildWorkspaces paths of workspaces whose packages the build needs, besides its own, the root's and those it reaches
 * @param buildCommands shell lines, run at the root of a writable copy of the source with node_modules in place; without
 *     any, nothing is built
 * @param environment for the build commands
 * @param buildDependencies names of the workspace's dependencies that only its build needs, although they are declared for
 *     run time
 * @param leaveOut packages that it does without, as keys of overrides, each of which names a package
 * @param building what its build does beyond the commands
 */
public record Application(
        String name,
        String version,
        Meta meta,
        String workspace,
        Optional<String> mainProgram,
        SortedMap<String, String> programs,
        List<String> sourcePaths,
        List<String> installPaths,
        List<String> buildWorkspaces,
        List<String> buildCommands,
        SortedMap<String, String> environment,
        List<String> buildDependencies,
        List<String> leaveOut,
        PostAssembly postAssembly,
        Running running,
        Building building) {
    private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9+@._-]*");

    /**
     * What a package.json says for people.
     *
     * @param description one line
     * @param homepage an http or https URL
     * @param license an SPDX expression, or what stands in its place
     */
    public record Meta(Optional<String> description, Optional<String> homepage, Optional<String> license) {
        private static final Meta NONE = new Meta(Optional.empty(), Optional.empty(), Optional.empty());

        /** Of a package.json that says nothing of this. */
        public static Meta none() {
            return NONE;
        }
    }

    public Application {
        programs = Collections.unmodifiableSortedMap(new TreeMap<>(programs));
        sourcePaths = List.copyOf(sourcePaths);
        installPaths = List.copyOf(installPaths);
        buildWorkspaces = List.copyOf(buildWorkspaces);
        buildCommands = List.copyOf(buildCommands);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        buildDependencies = List.copyOf(buildDependencies);
        leaveOut = List.copyOf(leaveOut);
    }

    /** The same without more packages. */
    public Application leavingOut(Collection<PackageId> ids) {
        SortedSet<String> keys = new TreeSet<>(leaveOut);
        ids.stream()
                .filter(id -> !leaveOut.contains(id.name()))
                .map(PackageId::toString)
                .forEach(keys::add);
        return ids.isEmpty()
                ? this
                : new Application(
                        name,
                        version,
                        meta,
                        workspace,
                        mainProgram,
                        programs,
                        sourcePaths,
                        installPaths,
                        buildWorkspaces,
                        buildCommands,
                        environment,
                        buildDependencies,
                        List.copyOf(keys),
                        postAssembly,
                        running,
                        building);
    }

    /** Whether a text can be a command: a plain file name that no shell and no option parser takes for something else. */
    public static boolean isProgramName(String text) {
        return PROGRAM.matcher(text).matches();
    }
}
