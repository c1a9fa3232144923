package dev.ocnix.model;

import java.util.List;

/**
 * What a tarball shows of native parts; all of it follows from the tarball alone.
 *
 * @param kinds main one first; empty if the package has no native part and no install script
 * @param binaries sorted by path
 * @param gypLibraries what {@code binding.gyp} links or asks pkg-config for on Linux, as written there, sorted
 */
public record AddonFacts(
        List<AddonKind> kinds, List<Evidence> evidence, List<BinaryFile> binaries, List<String> gypLibraries) {
    private static final AddonFacts NOTHING = new AddonFacts(List.of(), List.of(), List.of(), List.of());

    public AddonFacts {
        kinds = List.copyOf(kinds);
        evidence = List.copyOf(evidence);
        binaries = List.copyOf(binaries);
        gypLibraries = List.copyOf(gypLibraries);
    }

    /** A package without native parts. */
    public static AddonFacts nothing() {
        return NOTHING;
    }

    public boolean isEmpty() {
        return kinds.isEmpty();
    }
}
