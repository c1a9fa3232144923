package dev.ocnix.addon;

import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.Evidence;
import dev.ocnix.model.PackageId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a Nix build needs to know about one package with native parts or install scripts.
 *
 * @param kinds main one first, at least one
 * @param systems each of Nix's four usual systems ({@code x86_64-linux}, …) to what happens there
 * @param nativeBuildInputs attribute names of nixpkgs, for a compile
 * @param buildInputs attribute names of nixpkgs, for a compile or for patched binaries
 * @param environment variables for the build
 * @param siblings names of packages that must stand in node_modules for a compile, such as {@code node-addon-api}
 * @param scripts the lifecycle scripts that an installer would run
 * @param advice everything that a build can do without
 */
public record AddonHint(
        PackageId id,
        List<AddonKind> kinds,
        List<Evidence> evidence,
        SortedMap<String, Outcome> systems,
        List<String> nativeBuildInputs,
        List<String> buildInputs,
        SortedMap<String, String> environment,
        List<String> siblings,
        SortedMap<String, String> scripts,
        List<BinaryFile> binaries,
        BuildAdvice advice) {
    public AddonHint {
        kinds = List.copyOf(kinds);
        evidence = List.copyOf(evidence);
        systems = Collections.unmodifiableSortedMap(new TreeMap<>(systems));
        nativeBuildInputs = List.copyOf(nativeBuildInputs);
        buildInputs = List.copyOf(buildInputs);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        siblings = List.copyOf(siblings);
        scripts = Collections.unmodifiableSortedMap(new TreeMap<>(scripts));
        binaries = List.copyOf(binaries);
    }
}
