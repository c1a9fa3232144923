package dev.ocnix.pipeline;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.addon.HintBuilder;
import dev.ocnix.addon.PlatformChild;
import dev.ocnix.layout.Layout;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PlacementKey;
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
    private final Lockfile lockfile;
    private final PackageContents contents;
    private final Listener listener;
    private final Map<PackageId, Layout.Node> nodes = new TreeMap<>();

    Hints(Lockfile lockfile, Layout layout, PackageContents contents, Listener listener) {
        this.listener = listener;
        this.lockfile = lockfile;
        this.contents = contents;
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
                warn(locked, builder.unknownLibraries(addon.getValue()));
                builder.build(locked, manifest.orElseGet(PackageManifest::empty), addon.getValue(), children(locked))
                        .ifPresent(hints::add);
            }
        }
        return hints;
    }

    private void warn(LockedPackage locked, List<String> unknownLibraries) {
        if (!unknownLibraries.isEmpty()) {
            listener.warn(
                    locked.id() + " links " + String.join(", ", unknownLibraries)
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
        return Optional.ofNullable(lockfile.placements().get(key))
                .flatMap(placement -> Optional.ofNullable(lockfile.packages().get(placement.id())))
                .map(locked -> new PlatformChild(
                        locked, Optional.ofNullable(contents.addons().get(locked.id()))));
    }
}
