package dev.ocnix.pipeline;

import dev.ocnix.hash.Sri;
import dev.ocnix.layout.Layout;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.TarballFacts;
import dev.ocnix.nix.DependencySource;
import dev.ocnix.nix.PlatformLimits;
import dev.ocnix.nix.TreeInput;
import dev.ocnix.report.FetchedPackage;
import dev.ocnix.report.HashStatus;
import dev.ocnix.report.Inventory;
import dev.ocnix.report.Origin;
import dev.ocnix.report.SignatureStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a tree fetches, put together for its reports. */
final class Inventories {
    private static final PlatformLimits EVERYWHERE =
            new PlatformLimits(Optional.empty(), Optional.empty(), Optional.empty());

    private final TreeInput input;
    private final PackageContents contents;
    private final SortedMap<PackageId, SignatureStatus> signatures;
    private final Set<PackageId> unverified;
    private final Map<PackageId, SortedSet<PackageId>> edges = new HashMap<>();

    private Inventories(TreeInput input, PackageContents contents, SortedMap<PackageId, SignatureStatus> signatures) {
        this.input = input;
        this.contents = contents;
        this.signatures = signatures;
        this.unverified = new HashSet<>(contents.unverified());
        Layout layout = input.layout();
        for (Layout.Node node : layout.nodes().values()) {
            edges.computeIfAbsent(node.id(), id -> new TreeSet<>())
                    .addAll(fetched(Stream.concat(node.edges().stream(), node.peerEdges().stream()))
                            .toList());
        }
    }

    static Inventory of(TreeInput input, PackageContents contents, SortedMap<PackageId, SignatureStatus> signatures) {
        return new Inventories(input, contents, signatures).inventory();
    }

    private Inventory inventory() {
        List<FetchedPackage> packages = input.sources().entrySet().stream()
                .filter(entry -> !contents.gone().contains(entry.getKey()))
                .flatMap(
                        entry -> Optional.ofNullable(input.lockfile().packages().get(entry.getKey()))
                                .map(locked -> fetched(locked, entry.getValue()))
                                .stream())
                .toList();
        SortedSet<PackageId> direct = input.layout().members().values().stream()
                .flatMap(member ->
                        fetched(Stream.of(member.dependencies(), member.optionalPeers(), member.devDependencies())
                                .flatMap(List::stream)))
                .collect(Collectors.toCollection(TreeSet::new));
        Optional<String> version = Optional.of(input.application().version()).filter(text -> !text.equals("0"));
        return new Inventory(
                input.application().name(),
                version,
                input.application().meta().license(),
                packages,
                List.copyOf(direct),
                input.hints(),
                input.leftOut());
    }

    /** What of some places is fetched; links, members and what comes inside of others is not. */
    private Stream<PackageId> fetched(Stream<PlacementKey> places) {
        return places.flatMap(
                        place -> Optional.ofNullable(input.layout().nodes().get(place)).stream())
                .map(Layout.Node::id)
                .filter(id ->
                        input.sources().containsKey(id) && !contents.gone().contains(id));
    }

    private FetchedPackage fetched(LockedPackage locked, DependencySource source) {
        PackageId id = locked.id();
        Optional<PackageManifest> manifest =
                Optional.ofNullable(contents.manifests().get(id));
        PlatformLimits limits = input.platforms().getOrDefault(id, EVERYWHERE);
        Optional<String> version = locked.resolution() instanceof Resolution.Npm npm
                ? Optional.of(npm.version())
                : manifest.flatMap(PackageManifest::version).flatMap(Metas::line);
        return new FetchedPackage(
                id,
                locked.resolution().kind(),
                origin(locked, source),
                version,
                hash(source),
                isNar(source),
                status(locked, source),
                Optional.ofNullable(signatures.get(id)),
                size(source),
                manifest.flatMap(PackageManifest::license).flatMap(Metas::line),
                limits.os(),
                limits.cpu(),
                limits.libc(),
                List.copyOf(edges.getOrDefault(id, new TreeSet<>())));
    }

    private static Origin origin(LockedPackage locked, DependencySource source) {
        if (source instanceof DependencySource.Tarball tarball) {
            return locked.resolution() instanceof Resolution.Npm
                    ? new Origin.Registry(tarball.url().text())
                    : new Origin.Url(tarball.url().text());
        }
        if (source instanceof DependencySource.GitHub github) {
            return new Origin.GitHub(github.baseUrl(), github.owner(), github.repo(), github.commit());
        }
        if (source instanceof DependencySource.Git git) {
            return new Origin.Git(git.url(), git.commit());
        }
        return new Origin.Source(((DependencySource.FromSource) source).path());
    }

    private static Optional<Sri> hash(DependencySource source) {
        if (source instanceof DependencySource.Tarball tarball) {
            return Optional.of(tarball.hash());
        }
        if (source instanceof DependencySource.GitHub github) {
            return Optional.of(github.narHash());
        }
        return source instanceof DependencySource.Git git
                ? Optional.of(git.narHash())
                : ((DependencySource.FromSource) source).hash();
    }

    private static boolean isNar(DependencySource source) {
        return source instanceof DependencySource.FromSource local
                ? local.folder()
                : !(source instanceof DependencySource.Tarball);
    }

    private HashStatus status(LockedPackage locked, DependencySource source) {
        if (unverified.contains(locked.id())) {
            return HashStatus.UNVERIFIED;
        }
        if (source instanceof DependencySource.Tarball && !contents.manifests().containsKey(locked.id())) {
            return HashStatus.RECORDED;
        }
        if (hash(source).isEmpty()) {
            return HashStatus.OWN;
        }
        boolean isChecked = !isNar(source) && TarballContents.isStrong(locked.integrity());
        return isChecked ? HashStatus.VERIFIED : HashStatus.COMPUTED;
    }

    private OptionalLong size(DependencySource source) {
        Optional<TarballFacts> known = source instanceof DependencySource.Tarball tarball
                ? Optional.ofNullable(contents.facts().tarballs().get(tarball.hash()))
                : Optional.empty();
        return known.map(facts -> OptionalLong.of(facts.size())).orElseGet(OptionalLong::empty);
    }
}
