package dev.ocnix.pipeline;

import dev.ocnix.nix.Running;
import dev.ocnix.project.script.OwnScriptChoice;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is special to one project, as data; a profile file holds the same names in a JSON object, all of them optional.
 * Besides them it may hold {@code versions}: objects with a {@code range} of the root's version and fields that then stand in
 * for those of the profile itself, the last one that holds first.
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
 * @param buildDependencies dependencies of the workspace that only its build needs, although they are declared for run time
 * @param leaveOut packages that the application does without, {@code name} or {@code name@resolution}
 * @param leaveOutPatches paths of patches that patch-package is not to apply, because they do not apply
 * @param postAssemble what is done to each node_modules
 * @param running what the installed application wants: {@code runtimePath}, {@code wrapperEnvironment},
 *     {@code installCheck} and {@code service}
 * @param build what the build does beyond its commands
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
        List<String> buildDependencies,
        List<String> leaveOut,
        List<String> leaveOutPatches,
        PostAssemble postAssemble,
        Running running,
        Build build) {
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
            List.of(),
            List.of(),
            List.of(),
            new PostAssemble(List.of(), List.of(), List.of()),
            Running.plain(),
            new Build(OwnScriptChoice.undecided(), List.of(), List.of(), List.of()));

    /**
     * The steps of {@link dev.ocnix.nix.PostAssembly}.
     *
     * @param files paths of files of the source that the commands need
     */
    public record PostAssemble(List<String> files, List<String> commands, List<String> productionCommands) {
        public PostAssemble {
            files = List.copyOf(files);
            commands = List.copyOf(commands);
            productionCommands = List.copyOf(productionCommands);
        }
    }

    /**
     * What the build does beyond its commands.
     *
     * @param ownScripts which of the project's own lifecycle scripts it runs
     * @param dependencyScripts names of packages whose lifecycle scripts run once node_modules is in place
     * @param writable names of packages that it may write
     * @param packageTools programs of packages that win over the builder's own of the same names
     */
    public record Build(
            OwnScriptChoice ownScripts,
            List<String> dependencyScripts,
            List<String> writable,
            List<String> packageTools) {
        public Build {
            dependencyScripts = List.copyOf(dependencyScripts);
            writable = List.copyOf(writable);
            packageTools = List.copyOf(packageTools);
        }
    }

    public Profile {
        sourcePaths = List.copyOf(sourcePaths);
        installPaths = List.copyOf(installPaths);
        buildWorkspaces = List.copyOf(buildWorkspaces);
        buildCommands = buildCommands.map(List::copyOf);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        buildDependencies = List.copyOf(buildDependencies);
        leaveOut = List.copyOf(leaveOut);
        leaveOutPatches = List.copyOf(leaveOutPatches);
    }

    /** The same with what the user says of the project's own lifecycle scripts, if anything. */
    Profile withOwnScripts(Optional<Boolean> ownScripts) {
        return ownScripts
                .map(run -> new Profile(
                        name,
                        workspace,
                        linker,
                        mainProgram,
                        sourcePaths,
                        installPaths,
                        buildWorkspaces,
                        buildCommands,
                        environment,
                        buildDependencies,
                        leaveOut,
                        leaveOutPatches,
                        postAssemble,
                        running,
                        new Build(
                                OwnScriptChoice.of(run),
                                build.dependencyScripts(),
                                build.writable(),
                                build.packageTools())))
                .orElse(this);
    }

    /** Of a project that needs none. */
    public static Profile empty() {
        return EMPTY;
    }
}
