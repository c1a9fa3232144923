package dev.ocnix.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a package.json inside a tarball says, as far as a Nix build or the addon scanner wants to know. Fields of a wrong type
 * count as absent.
 *
 * @param os {@code os} as written, {@code !} included; likewise {@code cpu} and {@code libc}
 * @param scripts all of them; an installer runs preinstall, install and postinstall, and those may run others
 * @param gypfile {@code gypfile}, if it is a boolean
 * @param binary the keys of the {@code binary} object
 * @param napi whether there is a {@code napi} object
 * @param dependencies names only, all groups but devDependencies
 * @param optionalDependencies names only
 * @param entries paths of what others load of it; {@code index.js} if it names none
 * @param commands paths of its programs
 * @param license an SPDX expression, if it is a string
 */
public record PackageManifest(
        Optional<String> name,
        Optional<String> version,
        List<String> os,
        List<String> cpu,
        List<String> libc,
        SortedMap<String, String> scripts,
        Optional<Boolean> gypfile,
        SortedSet<String> binary,
        boolean napi,
        SortedSet<String> dependencies,
        SortedSet<String> optionalDependencies,
        List<String> entries,
        List<String> commands,
        Optional<String> license) {
    private static final List<String> INSTALLER_RUNS = List.of("preinstall", "install", "postinstall");
    private static final List<String> INSTALLER_RUNS_IN_CHECKOUTS =
            List.of("preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare");

    public PackageManifest {
        os = List.copyOf(os);
        cpu = List.copyOf(cpu);
        libc = List.copyOf(libc);
        scripts = Collections.unmodifiableSortedMap(new TreeMap<>(scripts));
        binary = Collections.unmodifiableSortedSet(new TreeSet<>(binary));
        dependencies = Collections.unmodifiableSortedSet(new TreeSet<>(dependencies));
        optionalDependencies = Collections.unmodifiableSortedSet(new TreeSet<>(optionalDependencies));
        entries = List.copyOf(entries);
        commands = List.copyOf(commands);
    }

    /** A package.json that says nothing. */
    public static PackageManifest empty() {
        SortedSet<String> none = new TreeSet<>();
        return new PackageManifest(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                Optional.empty(),
                none,
                false,
                none,
                none,
                List.of(),
                List.of(),
                Optional.empty());
    }

    /**
     * What is kept of a registry's tarball once it has been looked into: without the fields that only the addon scanner reads,
     * without the names of dependencies, which the lockfile has, and without scripts that no installer runs.
     */
    public PackageManifest kept() {
        return kept(INSTALLER_RUNS);
    }

    /** The same of what comes from a repository, which an installer prepares, too. */
    public PackageManifest keptOfCheckout() {
        return kept(INSTALLER_RUNS_IN_CHECKOUTS);
    }

    /** The same of what is written down where no script may stand. */
    public PackageManifest withoutScripts() {
        return kept(List.of());
    }

    private PackageManifest kept(List<String> names) {
        SortedMap<String, String> run = new TreeMap<>(scripts);
        run.keySet().retainAll(names);
        SortedSet<String> none = new TreeSet<>();
        return new PackageManifest(
                name,
                version,
                os,
                cpu,
                libc,
                run,
                Optional.empty(),
                none,
                false,
                none,
                none,
                List.of(),
                List.of(),
                license);
    }
}
