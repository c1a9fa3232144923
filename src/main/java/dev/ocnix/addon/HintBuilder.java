package dev.ocnix.addon;

import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.Resolution;
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
 * brings its sources, or where it brings them and no binary for the system; everywhere else its binaries are taken. The name of a package
 * only adds what {@link PackageTable} knows of it.
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
    private final PackageTable table = PackageTable.load();

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
        Optional<PackageTable.Entry> known = known(locked, manifest);
        boolean canCompile = canCompile(facts);
        List<AddonKind> kinds = kinds(facts, children);
        return Optional.of(new AddonHint(
                locked.id(),
                kinds,
                facts.evidence(),
                systems(locked, facts, children),
                canCompile ? tools(facts, known) : List.of(),
                List.copyOf(libraries(facts, canCompile, facts.gyp().linux(), known)),
                canCompile ? environment(facts, known) : new TreeMap<>(),
                canCompile ? siblings(locked) : List.of(),
                new InstallScripts(manifest.scripts()).all(),
                facts.binaries(),
                advice(locked, manifest, facts, kinds, known)));
    }

    /** An alias hides the name; the tarball's own name is what the table has. */
    private Optional<PackageTable.Entry> known(LockedPackage locked, PackageManifest manifest) {
        String version = locked.resolution() instanceof Resolution.Npm npm
                ? npm.version()
                : manifest.version().orElse("");
        return table.find(manifest.name().orElse(locked.id().name()), version);
    }

    private BuildAdvice advice(
            LockedPackage locked,
            PackageManifest manifest,
            AddonFacts facts,
            List<AddonKind> kinds,
            Optional<PackageTable.Entry> known) {
        boolean canCompile = canCompile(facts);
        SortedMap<String, String> scripts = new InstallScripts(manifest.scripts()).all();
        Optional<BuildSteps> steps = canCompile ? Optional.of(new BuildSteps(facts, scripts)) : Optional.empty();
        SortedSet<String> unknown = new TreeSet<>(canCompile ? facts.gyp().unknown() : List.of());
        unknownLibraries(facts).forEach(library -> unknown.add("the library " + library));
        SortedSet<String> darwin = libraries(facts, canCompile, facts.gyp().darwin(), known);
        boolean isSame = darwin.equals(libraries(facts, canCompile, facts.gyp().linux(), known));
        return new BuildAdvice(
                facts.gyp().directory(),
                steps.map(BuildSteps::build).orElse(List.of()),
                steps.map(BuildSteps::install).orElse(List.of()),
                isSame ? Optional.empty() : Optional.of(List.copyOf(darwin)),
                facts.foreign(),
                LoadCheck.of(locked, kinds, facts),
                known.flatMap(PackageTable.Entry::instead),
                skip(facts, known),
                known.map(PackageTable.Entry::paths).orElse(List.of()),
                List.copyOf(unknown),
                known.filter(PackageTable.Entry::optional).isPresent());
    }

    /** What the table says, else what the scripts themselves look at. */
    private static SortedMap<String, String> skip(AddonFacts facts, Optional<PackageTable.Entry> known) {
        SortedMap<String, String> skip = new TreeMap<>();
        known.ifPresent(entry -> skip.putAll(entry.skip()));
        if (skip.isEmpty()) {
            facts.skipVariables().stream()
                    .filter(name -> name.contains("DOWNLOAD") || name.contains("INSTALL"))
                    .forEach(name -> skip.put(name, "1"));
        }
        return skip;
    }

    /** What {@code binding.gyp} links that no entry of the plugin's table explains: the user must add it to the build. */
    public List<String> unknownLibraries(AddonFacts facts) {
        return canCompile(facts) ? libraries.unknown(facts.gyp().linux()) : List.of();
    }

    private static boolean canCompile(AddonFacts facts) {
        return facts.gyp().path().isPresent()
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
        boolean isParent = facts.binaries().isEmpty();
        boolean isOther = isParent && !ofChildren.isEmpty() && !ofChildren.contains(AddonKind.NAPI_PLATFORM);
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
        boolean isBundled = !facts.binaries().isEmpty();
        return !isBundled && facts.kinds().stream().anyMatch(AddonKind::downloads) ? Outcome.DOWNLOAD : Outcome.NONE;
    }

    private static List<String> tools(AddonFacts facts, Optional<PackageTable.Entry> known) {
        SortedSet<String> tools = new TreeSet<>();
        if (facts.kinds().contains(AddonKind.CMAKE)) {
            tools.addAll(List.of("cmake", "ninja"));
        }
        if (facts.gyp().path().isPresent() || facts.kinds().contains(AddonKind.GYP_SCRIPT)) {
            tools.add("python3");
        }
        if (facts.gyp().linux().stream().anyMatch(LibraryMap::isModule)) {
            tools.add("pkg-config");
        }
        known.ifPresent(entry -> tools.addAll(entry.tools()));
        return List.copyOf(tools);
    }

    private SortedSet<String> libraries(
            AddonFacts facts, boolean canCompile, List<String> gyp, Optional<PackageTable.Entry> known) {
        SortedSet<String> needed = new TreeSet<>();
        if (canCompile) {
            needed.addAll(libraries.forCompile(gyp));
        }
        known.ifPresent(entry -> needed.addAll(entry.libraries()));
        for (BinaryFile file : facts.binaries()) {
            if (NixSystem.USUAL.stream().anyMatch(system -> system.isLinux() && system.runs(file))) {
                file.needed().forEach(name -> needed.addAll(libraries.forSoname(name)));
            }
        }
        return needed;
    }

    private static SortedMap<String, String> environment(AddonFacts facts, Optional<PackageTable.Entry> known) {
        SortedMap<String, String> environment = new TreeMap<>();
        if (facts.kinds().stream().anyMatch(FORCED::contains)) {
            environment.put("npm_config_build_from_source", "true");
        }
        known.ifPresent(entry -> environment.putAll(entry.force()));
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
