package dev.ocnix.addon;

import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageManifest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Turns evidence into what a Nix build does. By default a package is compiled where its main kind is one of node-gyp's and it
 * brings its sources, or where it brings them and no binary for the system; everywhere else its binaries are taken. Names of npm packages play no part.
 */
public final class HintBuilder {
    private static final Set<AddonKind> COMPILES = EnumSet.of(
            AddonKind.GYP_IMPLICIT,
            AddonKind.GYP_SCRIPT,
            AddonKind.PREBUILDIFY,
            AddonKind.PREBUILD_INSTALL,
            AddonKind.NODE_PRE_GYP,
            AddonKind.INSTALL_FROM_CACHE);
    private static final Set<AddonKind> FORCED =
            EnumSet.of(AddonKind.PREBUILDIFY, AddonKind.PREBUILD_INSTALL, AddonKind.NODE_PRE_GYP, AddonKind.GYP_SCRIPT);

    private final LibraryMap libraries = LibraryMap.load();

    /**
     * The hint for one package.
     *
     * @param children its optional dependencies, as resolved
     * @return empty if it has neither native parts nor install scripts
     */
    public Optional<AddonHint> build(
            LockedPackage locked, PackageManifest manifest, AddonFacts facts, List<PlatformChild> children) {
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        boolean canCompile = canCompile(facts);
        return Optional.of(new AddonHint(
                locked.id(),
                kinds(facts, children),
                facts.evidence(),
                systems(locked, facts, children),
                canCompile ? tools(facts) : List.of(),
                List.copyOf(libraries(facts, canCompile)),
                canCompile ? environment(facts) : new TreeMap<>(),
                canCompile ? siblings(locked) : List.of(),
                new InstallScripts(manifest.scripts()).all(),
                facts.binaries()));
    }

    /** What {@code binding.gyp} links that no entry of the plugin's table explains: the user must add it to the build. */
    public List<String> unknownLibraries(AddonFacts facts) {
        return canCompile(facts) ? libraries.unknown(facts.gypLibraries()) : List.of();
    }

    private static boolean canCompile(AddonFacts facts) {
        return GypFile.isIn(facts)
                || facts.kinds().contains(AddonKind.GYP_SCRIPT)
                || facts.kinds().contains(AddonKind.CMAKE);
    }

    /** Only its children show whether a parent's native part is an addon, a program or a library. */
    private static List<AddonKind> kinds(AddonFacts facts, List<PlatformChild> children) {
        Set<AddonKind> ofChildren = children.stream()
                .filter(PlatformChild::isLimited)
                .flatMap(child -> child.facts().stream())
                .flatMap(known -> known.kinds().stream().limit(1))
                .collect(Collectors.toSet());
        boolean isOther = !ofChildren.isEmpty() && !ofChildren.contains(AddonKind.NAPI_PLATFORM);
        if (!isOther) {
            return facts.kinds();
        }
        AddonKind real = ofChildren.contains(AddonKind.EXE_PLATFORM) ? AddonKind.EXE_PLATFORM : AddonKind.DYLIB_FFI;
        boolean isKnown = ofChildren.contains(real);
        return facts.kinds().stream()
                .map(kind -> isKnown && kind == AddonKind.NAPI_PLATFORM ? real : kind)
                .distinct()
                .toList();
    }

    private static SortedMap<String, Outcome> systems(
            LockedPackage locked, AddonFacts facts, List<PlatformChild> children) {
        SortedMap<String, Outcome> systems = new TreeMap<>();
        for (NixSystem system : NixSystem.USUAL) {
            systems.put(system.name(), system.admits(locked) ? outcome(system, facts, children) : Outcome.NONE);
        }
        return systems;
    }

    private static Outcome outcome(NixSystem system, AddonFacts facts, List<PlatformChild> children) {
        AddonKind main = facts.kinds().get(0);
        boolean hasSources = canCompile(facts);
        if (hasSources && (COMPILES.contains(main) || main == AddonKind.CMAKE)) {
            return Outcome.COMPILE;
        }
        if (facts.binaries().stream().anyMatch(system::runs)) {
            return Outcome.PREBUILT;
        }
        if (children.stream().anyMatch(child -> child.serves(system))) {
            return Outcome.CHILD_PACKAGE;
        }
        if (hasSources) {
            return Outcome.COMPILE;
        }
        return facts.kinds().stream().anyMatch(AddonKind::downloads) ? Outcome.DOWNLOAD : Outcome.NONE;
    }

    private static List<String> tools(AddonFacts facts) {
        List<String> tools = new ArrayList<>();
        if (facts.kinds().contains(AddonKind.CMAKE)) {
            tools.addAll(List.of("cmake", "ninja"));
        }
        if (facts.gypLibraries().stream().anyMatch(library -> !library.startsWith("-l"))) {
            tools.add("pkg-config");
        }
        tools.add("python3");
        return tools;
    }

    private SortedSet<String> libraries(AddonFacts facts, boolean canCompile) {
        SortedSet<String> needed = new TreeSet<>();
        if (canCompile) {
            needed.addAll(libraries.forCompile(facts.gypLibraries()));
        }
        for (BinaryFile file : facts.binaries()) {
            if (NixSystem.USUAL.stream().anyMatch(system -> system.isLinux() && system.runs(file))) {
                file.needed().forEach(name -> needed.addAll(libraries.forSoname(name)));
            }
        }
        return needed;
    }

    private static SortedMap<String, String> environment(AddonFacts facts) {
        SortedMap<String, String> environment = new TreeMap<>();
        if (facts.kinds().stream().anyMatch(FORCED::contains)) {
            environment.put("npm_config_build_from_source", "true");
        }
        return environment;
    }

    private List<String> siblings(LockedPackage locked) {
        return locked.dependencies().stream()
                .filter(edge -> edge.kind() != DependencyKind.DEV)
                .map(Dependency::alias)
                .filter(libraries.headers()::contains)
                .distinct()
                .sorted()
                .toList();
    }
}
