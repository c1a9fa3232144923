package dev.ocnix.addon;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What helps to build, check or replace the native part of a package.
 *
 * @param directory the folder of the {@code binding.gyp} that is compiled, relative to the package's; empty at the top
 * @param buildSteps command lines that compile it, run in the package's folder
 * @param installSteps command lines that its own scripts run afterwards
 * @param darwinBuildInputs as {@code buildInputs}, but for macOS, where that is not the same
 * @param drop files and folders that no Linux and no macOS ever opens
 * @param check a command line that loads or runs the native part, with the package's folder in {@code $out}; empty if there is none
 * @param instead what can stand in for it
 * @param skipDownload variables that keep scripts or the program from downloading
 * @param pathVariables variables that tell it where its native part is, or which one to take
 * @param unknown what its {@code binding.gyp} says that we do not understand, and libraries that no entry of the table explains
 * @param optional whether its users work without its native part
 * @param essential whether it cannot work where there is no native part for a system
 */
public record BuildAdvice(
        String directory,
        List<String> buildSteps,
        List<String> installSteps,
        Optional<List<String>> darwinBuildInputs,
        List<String> drop,
        String check,
        Optional<Substitute> instead,
        SortedMap<String, String> skipDownload,
        List<String> pathVariables,
        List<String> unknown,
        boolean optional,
        boolean essential) {
    private static final BuildAdvice NONE = new BuildAdvice(
            "",
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            "",
            Optional.empty(),
            new TreeMap<>(),
            List.of(),
            List.of(),
            false,
            false);

    public BuildAdvice {
        buildSteps = List.copyOf(buildSteps);
        installSteps = List.copyOf(installSteps);
        darwinBuildInputs = darwinBuildInputs.map(List::copyOf);
        drop = List.copyOf(drop);
        skipDownload = Collections.unmodifiableSortedMap(new TreeMap<>(skipDownload));
        pathVariables = List.copyOf(pathVariables);
        unknown = List.copyOf(unknown);
    }

    /** Nothing to say. */
    public static BuildAdvice none() {
        return NONE;
    }
}
