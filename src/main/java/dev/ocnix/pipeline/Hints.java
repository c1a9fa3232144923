package dev.ocnix.pipeline;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.addon.HintBuilder;
import dev.ocnix.addon.Outcome;
import dev.ocnix.addon.PlatformChild;
import dev.ocnix.layout.Layout;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a build must do for each package with native parts, in the light of the packages that its lockfile gives it. */
final class Hints {
    private static final int SHOWN = 10;

    private final Lockfile lockfile;
    private final PackageContents contents;
    private final Listener listener;
    private final Layout layout;
    private final Map<PackageId, Layout.Node> nodes = new TreeMap<>();

    Hints(Lockfile lockfile, Layout layout, PackageContents contents, Listener listener) {
        this.listener = listener;
        this.lockfile = lockfile;
        this.contents = contents;
        this.layout = layout;
        layout.nodes().values().forEach(node -> nodes.putIfAbsent(node.id(), node));
    }

    /** Sorted by package; those without native parts and install scripts are left out. */
    List<AddonHint> all() {
        HintBuilder builder = new HintBuilder();
        SortedMap<PackageId, AddonFacts> addons = contents.addons();
        List<AddonHint> hints = new ArrayList<>();
        for (Map.Entry<PackageId, AddonFacts> addon : addons.entrySet()) {
            LockedPackage locked = lockfile.packages().get(addon.getKey());
            Optional<PackageManifest> manifest =
                    Optional.ofNullable(contents.manifests().get(addon.getKey()));
            if (locked != null && !addon.getValue().isEmpty()) {
                List<PlatformChild> children = children(locked);
                warn(locked, builder.unknownLibraries(addon.getValue()));
                warnOfMissing(locked, builder.missingChildren(locked, addon.getValue(), children));
                builder.build(locked, manifest.orElseGet(PackageManifest::empty), addon.getValue(), children)
                        .ifPresent(hints::add);
            }
        }
        warnOfGaps(hints);
        return hints;
    }

    private void warnOfMissing(LockedPackage locked, List<String> missing) {
        if (!missing.isEmpty()) {
            listener.warn(
                    locked.id() + " has its native part in packages for single platforms, of which the lockfile lacks "
                            + Words.few(missing, SHOWN) + "; run 'bun update "
                            + locked.id().name()
                            + "' so that it names them, or put the native part in place with overrides.");
        }
    }

    /** Native files for some systems say nothing of the others, unless the package cannot do without. */
    private void warnOfGaps(List<AddonHint> hints) {
        List<String> helpers = new ArrayList<>();
        List<String> limits = new ArrayList<>();
        for (AddonHint hint : hints) {
            List<String> served = hint.systems().entrySet().stream()
                    .filter(system -> system.getValue() != Outcome.NONE)
                    .map(Map.Entry::getKey)
                    .toList();
            LockedPackage locked = lockfile.packages().get(hint.id());
            boolean hasGap = !served.isEmpty()
                    && served.size() < hint.systems().size()
                    && locked != null
                    && locked.os() instanceof Constraint.Unrestricted
                    && locked.cpu() instanceof Constraint.Unrestricted;
            if (hasGap) {
                (hint.advice().essential() ? limits : helpers).add(hint.id() + " (" + String.join(", ", served) + ")");
            }
        }
        if (!limits.isEmpty()) {
            listener.warn("What needs these packages runs only where they have a native part: "
                    + Words.few(limits, SHOWN) + "; for another system put one in place with overrides.");
        }
        if (!helpers.isEmpty()) {
            listener.warn(
                    "These packages have native files for some systems only and are taken to work elsewhere without: "
                            + Words.few(helpers, SHOWN) + "; try on those systems what uses them.");
        }
    }

    private void warn(LockedPackage locked, List<String> unknownLibraries) {
        if (!unknownLibraries.isEmpty()) {
            listener.warn(
                    locked.id() + " asks for " + String.join(", ", unknownLibraries)
                            + ", which no package of nixpkgs is known for; if it is to be compiled, add the library with overrides.");
        }
    }

    private List<PlatformChild> children(LockedPackage parent) {
        Set<String> optional = parent.dependencies().stream()
                .filter(dependency -> dependency.kind() == DependencyKind.OPTIONAL)
                .map(Dependency::alias)
                .collect(Collectors.toSet());
        Layout.Node node = nodes.get(parent.id());
        return node == null
                ? List.of()
                : node.edges().stream()
                        .filter(key -> optional.contains(key.installedName()))
                        .flatMap(key -> child(key).stream())
                        .toList();
    }

    private Optional<PlatformChild> child(PlacementKey key) {
        return Optional.ofNullable(layout.nodes().get(key))
                .flatMap(node -> Optional.ofNullable(lockfile.packages().get(node.id())))
                .map(locked -> new PlatformChild(
                        locked, Optional.ofNullable(contents.addons().get(locked.id()))));
    }
}
