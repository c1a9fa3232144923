package dev.ocnix.pipeline;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.nix.DependencySource;
import dev.ocnix.report.SnapshotPackage;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes a snapshot of what a lockfile says, and of what is known of some of its packages besides. */
final class LockfileSnapshot {
    private final TarballAddresses addresses;
    private final Optional<PackageContents> contents;

    /** @param contents of the packages that were looked into */
    LockfileSnapshot(TarballAddresses addresses, Optional<PackageContents> contents) {
        this.addresses = addresses;
        this.contents = contents;
    }

    /** Every package that a tree would fetch. */
    SortedMap<PackageId, SnapshotPackage> packages(Lockfile lockfile) {
        SortedMap<PackageId, SnapshotPackage> packages = new TreeMap<>();
        for (LockedPackage locked : new Fetchables(lockfile).packages()) {
            packages.put(locked.id(), of(locked));
        }
        return packages;
    }

    private SnapshotPackage of(LockedPackage locked) {
        Optional<PackageManifest> manifest =
                contents.flatMap(seen -> Optional.ofNullable(seen.manifests().get(locked.id())));
        SortedMap<String, SnapshotPackage.Script> scripts =
                manifest.map(ScriptTexts::scripts).orElseGet(TreeMap::new);
        boolean isTarball = TarballAddresses.isTarball(locked);
        return new SnapshotPackage(
                locked.id(),
                locked.resolution().kind(),
                Optional.of(location(locked)),
                isTarball ? locked.integrity() : Optional.empty(),
                isTarball ? content(locked) : Optional.empty(),
                manifest.map(seen -> !scripts.isEmpty()).or(locked::installScript),
                scripts,
                contents.flatMap(seen -> Optional.ofNullable(seen.addons().get(locked.id())))
                        .map(AddonFacts::kinds));
    }

    /** A sha512, like in a tree. */
    private Optional<Sri> content(LockedPackage locked) {
        Optional<Sri> recorded = locked.integrity().filter(sri -> sri.algorithm() == HashAlgorithm.SHA512);
        return recorded.or(() -> contents.flatMap(
                        seen -> Optional.ofNullable(seen.sources().get(locked.id())))
                .flatMap(source -> source instanceof DependencySource.Tarball tarball
                        ? Optional.of(tarball.hash())
                        : Optional.empty()));
    }

    private String location(LockedPackage locked) {
        Resolution resolution = locked.resolution();
        if (resolution instanceof Resolution.GitHub gitHub) {
            return SourceIdentity.GitHub.PUBLIC_HOST + "/" + gitHub.owner() + "/" + gitHub.repo();
        }
        if (resolution instanceof Resolution.Git git) {
            return git.url();
        }
        if (resolution instanceof Resolution.LocalTarball tarball) {
            return tarball.path();
        }
        if (resolution instanceof Resolution.Folder folder) {
            return folder.path();
        }
        try {
            return addresses.written(locked).text();
        } catch (OcnixException e) {
            // no tree would hold it, which is no reason not to compare
            return addresses.url(locked);
        }
    }
}
