package dev.ocnix.addon;

import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The packages for single platforms that bring the native part of another one, as far as the lockfile has them. */
final class PlatformFamily {
    private static final Set<AddonKind> OF_PARENTS = Set.of(AddonKind.NAPI_PLATFORM, AddonKind.EXE_PLATFORM);

    private final AddonFacts facts;
    private final List<PlatformChild> children;
    /** By their names alone; empty if these follow no scheme that we know. */
    private final List<String> names;

    private PlatformFamily(AddonFacts facts, List<PlatformChild> children, List<String> names) {
        this.facts = facts;
        this.children = children;
        this.names = names;
    }

    /**
     * The family of a package.
     *
     * @param optional its optional dependencies, as resolved; those that belong to no family do not count
     */
    static PlatformFamily of(LockedPackage parent, AddonFacts facts, List<PlatformChild> optional) {
        if (facts.kinds().stream().noneMatch(OF_PARENTS::contains)) {
            return new PlatformFamily(facts, List.of(), List.of());
        }
        SortedSet<String> all = new TreeSet<>();
        parent.dependencies().stream()
                .filter(edge -> edge.kind() == DependencyKind.OPTIONAL)
                .map(Dependency::alias)
                .forEach(all::add);
        optional.forEach(child -> all.add(child.locked().id().name()));
        List<String> names = PlatformNames.family(all);
        List<PlatformChild> children = optional.stream()
                .filter(PlatformChild::isLimited)
                .filter(child ->
                        names.isEmpty() || names.contains(child.locked().id().name()) || isSibling(child))
                .toList();
        return new PlatformFamily(facts, children, names);
    }

    /** A member of the family in other words than the most; one that is no program for a single system by its name alone. */
    private static boolean isSibling(PlatformChild child) {
        return PlatformNames.namesSystem(child.locked().id().name());
    }

    boolean serves(NixSystem system) {
        return children.stream().anyMatch(child -> child.serves(system));
    }

    /** The members for one of Nix's usual systems that the lockfile lacks, where nothing else serves that system. */
    List<String> missing() {
        Set<String> present =
                children.stream().map(child -> child.locked().id().name()).collect(Collectors.toSet());
        return names.stream()
                .filter(name -> !present.contains(name))
                .filter(name -> NixSystem.USUAL.stream()
                        .anyMatch(system -> PlatformNames.isFor(name, system) && !serves(system)))
                .toList();
    }

    /** Only its children show whether a parent's native part is an addon, a program or a library. */
    List<AddonKind> kinds() {
        Set<AddonKind> shown = children.stream()
                .flatMap(child -> child.facts().stream())
                .flatMap(known -> known.kinds().stream().limit(1))
                .collect(Collectors.toSet());
        Optional<AddonKind> real =
                List.of(AddonKind.NAPI_PLATFORM, AddonKind.EXE_PLATFORM, AddonKind.DYLIB_FFI).stream()
                        .filter(shown::contains)
                        .findFirst();
        return facts.binaries().isEmpty() && real.isPresent()
                ? facts.kinds().stream()
                        .map(kind -> OF_PARENTS.contains(kind) ? real.get() : kind)
                        .distinct()
                        .toList()
                : facts.kinds();
    }
}
