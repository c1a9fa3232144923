package dev.ocnix.model;

import java.util.List;

/**
 * What a tarball shows of native parts; all of it follows from the tarball alone.
 *
 * @param kinds main one first; empty if the package has no native part and no install script
 * @param isEssential whether its own code cannot do without the native part, as far as it tells
 * @param binaries sorted by path
 * @param foreign folders whose native files are all for systems other than Linux and macOS, and other systems' debug symbols
 * @param skipVariables variables that seem to keep a script of the package from downloading
 */
public record AddonFacts(
        List<AddonKind> kinds,
        List<Evidence> evidence,
        boolean isEssential,
        List<BinaryFile> binaries,
        BuildFile gyp,
        BuildFile cmake,
        List<String> foreign,
        List<String> skipVariables) {
    private static final AddonFacts NOTHING = new AddonFacts(
            List.of(), List.of(), false, List.of(), BuildFile.none(), BuildFile.none(), List.of(), List.of());

    public AddonFacts {
        kinds = List.copyOf(kinds);
        evidence = List.copyOf(evidence);
        binaries = List.copyOf(binaries);
        foreign = List.copyOf(foreign);
        skipVariables = List.copyOf(skipVariables);
    }

    /** A package of which no more is known. */
    public static AddonFacts ofKinds(List<AddonKind> kinds) {
        return new AddonFacts(
                kinds, List.of(), false, List.of(), BuildFile.none(), BuildFile.none(), List.of(), List.of());
    }

    /** A package without native parts. */
    public static AddonFacts nothing() {
        return NOTHING;
    }

    /** Whether CMake compiles it; a {@code binding.gyp} beside may serve editors alone. */
    public boolean isCmake() {
        boolean callsGyp = kinds.contains(AddonKind.GYP_SCRIPT) || kinds.contains(AddonKind.GYP_IMPLICIT);
        return kinds.contains(AddonKind.CMAKE) && (gyp.path().isEmpty() || !callsGyp);
    }

    /** What it is compiled from. */
    public BuildFile buildFile() {
        return isCmake() ? cmake : gyp;
    }

    public boolean isEmpty() {
        return kinds.isEmpty();
    }
}
