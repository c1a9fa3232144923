package dev.ocnix.nix;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the installed application wants where it runs.
 *
 * @param path attribute names of nixpkgs whose programs are appended to PATH where nixpkgs has them; each is an argument of
 *     {@code package.nix}
 * @param environment by runtime, {@code bun} or {@code node}: variables that its programs get unless they are set
 * @param installCheck shell lines, run after the installation with the programs on PATH and {@code $version} set
 * @param service how its server is started, if it has one
 */
public record Running(
        List<String> path,
        SortedMap<String, SortedMap<String, String>> environment,
        List<String> installCheck,
        Optional<Service> service) {
    private static final Running PLAIN =
            new Running(List.of(), Collections.emptySortedMap(), List.of(), Optional.empty());

    public Running {
        path = List.copyOf(path);
        SortedMap<String, SortedMap<String, String>> copy = new TreeMap<>();
        environment.forEach(
                (runtime, variables) -> copy.put(runtime, Collections.unmodifiableSortedMap(new TreeMap<>(variables))));
        environment = Collections.unmodifiableSortedMap(copy);
        installCheck = List.copyOf(installCheck);
    }

    /** The same with other programs on PATH. */
    public Running withPath(Collection<String> names) {
        return new Running(List.copyOf(names), environment, installCheck, service);
    }

    /** Of an application that wants nothing. */
    public static Running plain() {
        return PLAIN;
    }
}
