package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.Facts;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.SourcePin;
import dev.ocnix.model.TarballFacts;
import dev.ocnix.nix.DependencySource;
import dev.ocnix.nix.TreeDependencies;
import dev.ocnix.nix.TreeInput;
import dev.ocnix.nix.TreeManifest;
import dev.ocnix.nix.TreeSource;
import dev.ocnix.report.SnapshotPackage;
import dev.ocnix.report.TreeSnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes snapshots of trees: of one that is about to be written, and of one on disk, from what both say alike. */
final class Snapshots {
    private final Facts facts;
    private final ScriptTexts texts;
    private final Map<Sri, String> recorded = new HashMap<>();
    private final Map<Sri, Map.Entry<String, CheckoutFacts>> checkouts = new HashMap<>();

    private Snapshots(Facts facts, ScriptTexts texts) {
        this.facts = facts;
        this.texts = texts;
        facts.aliases().forEach((key, sha512) -> recorded.put(sha512, key));
        facts.checkouts()
                .entrySet()
                .forEach(entry -> checkouts.put(entry.getValue().narHash(), entry));
    }

    /**
     * Of a tree as it is made.
     *
     * @param facts what its {@code facts.json} says
     */
    static TreeSnapshot of(TreeInput input, Facts facts, ScriptTexts texts) {
        return of(input, new Snapshots(facts, texts).packages(input.sources()));
    }

    /** Of a tree as it is made, of which only the pin counts. */
    static TreeSnapshot withoutPackages(TreeInput input) {
        return of(input, new TreeMap<>());
    }

    private static TreeSnapshot of(TreeInput input, SortedMap<PackageId, SnapshotPackage> packages) {
        Optional<SourcePin> pin =
                input.source() instanceof TreeSource.Pinned pinned ? Optional.of(pinned.pin()) : Optional.empty();
        return new TreeSnapshot(
                pin.map(SourcePin::revision).orElse(input.lockfilePath()),
                pin.map(SourcePin::revision),
                pin.map(SourcePin::commit),
                Optional.of(input.lockfileSha256()),
                packages);
    }

    /**
     * Of a tree on disk.
     *
     * @throws OcnixException if its {@code dependencies.nix} is missing, or is not as we write it
     */
    static TreeSnapshot of(Path folder, TreeManifest manifest, Facts facts, ScriptTexts texts) throws OcnixException {
        return of(folder, manifest, new Snapshots(facts, texts).packages(sources(folder)));
    }

    /** Of a tree on disk, of which only the pin counts. */
    static TreeSnapshot withoutPackages(Path folder, TreeManifest manifest) {
        return of(folder, manifest, new TreeMap<>());
    }

    private static TreeSnapshot of(Path folder, TreeManifest manifest, SortedMap<PackageId, SnapshotPackage> packages) {
        return new TreeSnapshot(
                manifest.revision().orElseGet(() -> String.valueOf(folder.getFileName())),
                manifest.revision(),
                manifest.commit(),
                manifest.lockfileSha256(),
                packages);
    }

    private static SortedMap<PackageId, DependencySource> sources(Path folder) throws OcnixException {
        Path file = folder.resolve(TreeDependencies.FILE_NAME);
        byte[] content = PreviousTree.read(file)
                .orElseThrow(() -> OcnixException.input(file + " is missing; run mvn ocnix:generate."));
        return TreeDependencies.read(new String(content, StandardCharsets.UTF_8), file.toString());
    }

    private SortedMap<PackageId, SnapshotPackage> packages(SortedMap<PackageId, DependencySource> sources) {
        SortedMap<PackageId, SnapshotPackage> packages = new TreeMap<>();
        sources.forEach((id, source) -> packages.put(id, of(id, source)));
        return packages;
    }

    private SnapshotPackage of(PackageId id, DependencySource source) {
        if (source instanceof DependencySource.Tarball tarball) {
            boolean isUrl = id.resolution().contains("://");
            return tarball(id, isUrl ? "remote-tarball" : SnapshotPackage.NPM, tarball);
        }
        if (source instanceof DependencySource.GitHub from) {
            String url = from.baseUrl() + "/" + from.owner() + "/" + from.repo();
            return checkout(id, "github", url, from.narHash());
        }
        if (source instanceof DependencySource.Git from) {
            return checkout(id, "git", from.url(), from.narHash());
        }
        DependencySource.FromSource from = (DependencySource.FromSource) source;
        return known(
                id,
                from.folder() ? "folder" : "local-tarball",
                from.path(),
                Optional.empty(),
                from.hash(),
                Optional.empty(),
                Optional.empty());
    }

    private SnapshotPackage tarball(PackageId id, String kind, DependencySource.Tarball tarball) {
        Sri hash = tarball.hash();
        Optional<TarballFacts> seen = Optional.ofNullable(facts.tarballs().get(hash));
        // a hash that we computed has an alias to what the lockfile has in its place
        Optional<Sri> lockfile =
                Optional.ofNullable(recorded.get(hash)).map(Sri::parse).orElse(Optional.of(hash));
        return known(
                id,
                kind,
                tarball.url().text(),
                lockfile,
                Optional.of(hash),
                seen.map(known -> scripts(hash.toString())),
                seen.map(TarballFacts::addon));
    }

    private SnapshotPackage checkout(PackageId id, String kind, String url, Sri narHash) {
        Optional<Map.Entry<String, CheckoutFacts>> seen = Optional.ofNullable(checkouts.get(narHash));
        return known(
                id,
                kind,
                url,
                Optional.empty(),
                Optional.of(narHash),
                seen.map(known -> scripts(known.getKey())),
                seen.map(known -> known.getValue().addon()));
    }

    private SortedMap<String, SnapshotPackage.Script> scripts(String key) {
        return texts.scripts(facts.scripts().getOrDefault(key, new TreeMap<>()));
    }

    private static SnapshotPackage known(
            PackageId id,
            String kind,
            String location,
            Optional<Sri> recorded,
            Optional<Sri> content,
            Optional<SortedMap<String, SnapshotPackage.Script>> scripts,
            Optional<AddonFacts> addon) {
        return new SnapshotPackage(
                id,
                kind,
                Optional.of(location),
                recorded,
                content,
                scripts.map(seen -> !seen.isEmpty()),
                scripts.orElseGet(TreeMap::new),
                addon.map(AddonFacts::kinds));
    }
}
