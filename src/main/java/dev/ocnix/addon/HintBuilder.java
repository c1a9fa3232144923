package dev.ocnix.addon;

import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.Constraint;
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
        PlatformFamily family = PlatformFamily.of(locked, facts, children);
        List<AddonKind> kinds = family.kinds();
        SortedMap<String, Outcome> systems = systems(locked, facts, family);
        return Optional.of(new AddonHint(
                locked.id(),
                kinds,
                facts.evidence(),
                systems,
                canCompile ? tools(facts, known) : List.of(),
                List.copyOf(linuxLibraries(facts, known)),
                canCompile ? environment(facts, known) : new TreeMap<>(),
                canCompile ? siblings(locked) : List.of(),
                new InstallScripts(manifest.scripts()).all(),
                facts.binaries(),
                advice(locked, manifest, facts, family, known, systems)));
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
            PlatformFamily family,
            Optional<PackageTable.Entry> known,
            SortedMap<String, Outcome> systems) {
        boolean canCompile = canCompile(facts);
        SortedMap<String, String> scripts = new InstallScripts(manifest.scripts()).all();
        Optional<BuildSteps> steps = canCompile ? Optional.of(new BuildSteps(facts, scripts)) : Optional.empty();
        SortedSet<String> unknown = new TreeSet<>(canCompile ? facts.buildFile().unknown() : List.of());
        unknownLibraries(facts).forEach(asked -> unknown.add(describe(asked)));
        family.missing().forEach(name -> unknown.add("the package " + name + ", which the lockfile lacks"));
        SortedSet<String> darwin = darwinLibraries(facts, known);
        boolean isSame = darwin.equals(linuxLibraries(facts, known));
        return new BuildAdvice(
                facts.gyp().directory(),
                steps.map(BuildSteps::build).orElse(List.of()),
                steps.map(BuildSteps::install).orElse(List.of()),
                isSame ? Optional.empty() : Optional.of(List.copyOf(darwin)),
                facts.foreign(),
                LoadCheck.of(locked, family.kinds(), facts),
                known.flatMap(PackageTable.Entry::instead),
                skip(facts, known),
                known.map(PackageTable.Entry::paths).orElse(List.of()),
                List.copyOf(unknown),
                known.filter(PackageTable.Entry::optional).isPresent(),
                isEssential(locked, facts, systems));
    }

    /** Where a compile makes it, or the lockfile's own limits keep it away, nobody misses it. */
    private static boolean isEssential(LockedPackage locked, AddonFacts facts, SortedMap<String, Outcome> systems) {
        boolean isLimited = locked.os() instanceof Constraint.Only || locked.cpu() instanceof Constraint.Only;
        return facts.isEssential()
                && !isLimited
                && !systems.containsValue(Outcome.COMPILE)
                && systems.values().stream().anyMatch(outcome -> outcome != Outcome.NONE);
    }

    /** Packages for single platforms that should bring its native part and that the lockfile lacks. */
    public List<String> missingChildren(LockedPackage locked, AddonFacts facts, List<PlatformChild> children) {
        return PlatformFamily.of(locked, facts, children).missing();
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

    private static String describe(String asked) {
        return asked.startsWith("-I") ? "the headers in " + asked.substring(2) : "the library " + asked;
    }

    /** What a compile asks for that no entry of the plugin's table explains: the user must add it to the build. */
    public List<String> unknownLibraries(AddonFacts facts) {
        return canCompile(facts) ? libraries.unknown(facts.buildFile().linux()) : List.of();
    }

    private static boolean canCompile(AddonFacts facts) {
        return facts.gyp().path().isPresent()
                || facts.kinds().contains(AddonKind.GYP_SCRIPT)
                || facts.kinds().contains(AddonKind.CMAKE);
    }

    private static SortedMap<String, Outcome> systems(LockedPackage locked, AddonFacts facts, PlatformFamily family) {
        SortedMap<String, Outcome> systems = new TreeMap<>();
        for (NixSystem system : NixSystem.USUAL) {
            systems.put(system.name(), system.admits(locked) ? outcome(system, facts, family) : Outcome.NONE);
        }
        return systems;
    }

    private static Outcome outcome(NixSystem system, AddonFacts facts, PlatformFamily family) {
        AddonKind main = facts.kinds().get(0);
        boolean hasSources = canCompile(facts);
        boolean hasBinary = facts.binaries().stream().anyMatch(system::runs);
        boolean isOffline = !CmakeFile.fetches(facts.buildFile());
        if (hasSources && (COMPILES.contains(main) || main == AddonKind.CMAKE) && (isOffline || !hasBinary)) {
            return Outcome.COMPILE;
        }
        if (hasBinary) {
            return Outcome.PREBUILT;
        }
        if (family.serves(system)) {
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
        boolean isGyp = facts.gyp().path().isPresent() || facts.kinds().contains(AddonKind.GYP_SCRIPT);
        if (isGyp && !facts.isCmake()) {
            tools.add("python3");
        }
        if (facts.buildFile().linux().stream().anyMatch(LibraryMap::isModule)) {
            tools.add("pkg-config");
        }
        known.ifPresent(entry -> tools.addAll(entry.tools()));
        return List.copyOf(tools);
    }

    private SortedSet<String> linuxLibraries(AddonFacts facts, Optional<PackageTable.Entry> known) {
        SortedSet<String> needed = new TreeSet<>();
        if (canCompile(facts)) {
            needed.addAll(libraries.forCompile(facts.buildFile().linux()));
        }
        known.ifPresent(entry -> needed.addAll(entry.linux()));
        for (BinaryFile file : facts.binaries()) {
            if (NixSystem.USUAL.stream().anyMatch(system -> system.isLinux() && system.runs(file))) {
                file.needed().forEach(name -> needed.addAll(libraries.forSoname(name)));
            }
        }
        return needed;
    }

    /** Without what nixpkgs has for Linux alone: one such name, and no tree with this package could be evaluated on macOS. */
    private SortedSet<String> darwinLibraries(AddonFacts facts, Optional<PackageTable.Entry> known) {
        SortedSet<String> needed = new TreeSet<>();
        if (canCompile(facts)) {
            needed.addAll(libraries.forCompile(facts.buildFile().darwin()));
        }
        known.ifPresent(entry -> needed.addAll(entry.darwin()));
        needed.removeAll(libraries.linuxOnly());
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
