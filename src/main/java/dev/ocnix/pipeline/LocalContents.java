package dev.ocnix.pipeline;

import dev.ocnix.fetch.ManifestReader;
import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.fetch.tarball.TarballProblem;
import dev.ocnix.fetch.tarball.TarballReader;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.TarballFacts;
import dev.ocnix.model.Words;
import dev.ocnix.nix.DependencySource;
import dev.ocnix.project.part.FolderParts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds out what is in the tarballs and folders of the project itself. */
final class LocalContents {
    private static final int MAX_TARBALL_BYTES = 512 << 20;

    private final Fetchables fetchables;
    private final SourceFiles files;
    private final String lockfileFolder;
    private final boolean pinned;
    private final FolderParts folders;
    private final Predicate<PackageId> mustSee;
    private final TarballReader tarballs;

    /**
     * @param pinned whether the source is, so that its tarballs and folders never change
     * @param mustSee which packages are looked into although they are known
     */
    LocalContents(
            Lockfile lockfile,
            SourceFiles files,
            String lockfileFolder,
            boolean pinned,
            PackageVisitor.Factory visitors,
            FactsCache cache,
            Predicate<PackageId> mustSee,
            Listener listener) {
        this.fetchables = new Fetchables(lockfile);
        this.files = files;
        this.lockfileFolder = lockfileFolder;
        this.pinned = pinned;
        this.folders = new FolderParts(files, visitors, cache, pinned);
        this.mustSee = mustSee;
        this.tarballs = new TarballReader(visitors, listener::warn);
    }

    /** What came out, with a sentence for each package that is missing or broken. */
    record Outcome(
            SortedMap<PackageId, DependencySource> sources,
            SortedMap<PackageId, PackageManifest> manifests,
            SortedMap<PackageId, AddonFacts> addons,
            Problems problems) {}

    Outcome find(List<LockedPackage> packages) throws OcnixException {
        Outcome outcome = new Outcome(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new Problems());
        for (LockedPackage locked : packages) {
            if (locked.resolution() instanceof Resolution.LocalTarball tarball) {
                tarball(locked, tarball, outcome);
            } else if (locked.resolution() instanceof Resolution.Folder folder) {
                folder(locked, folder, outcome);
            }
        }
        return outcome;
    }

    private void tarball(LockedPackage locked, Resolution.LocalTarball tarball, Outcome outcome) throws OcnixException {
        Optional<String> path = fetchables.pathInSource(locked.id(), tarball, lockfileFolder);
        Optional<byte[]> content = path.isPresent() ? files.read(path.get(), MAX_TARBALL_BYTES) : Optional.empty();
        if (content.isEmpty()) {
            outcome.problems().input(missing(locked, "tarball " + path.orElse(tarball.path())));
            return;
        }
        try {
            TarballFacts facts = tarballs.read(
                    locked.id(), path.orElseThrow(), locked.integrity(), new ByteArrayInputStream(content.get()));
            Optional<Sri> hash = Optional.of(facts.sha512()).filter(known -> pinned);
            outcome.sources().put(locked.id(), new DependencySource.FromSource(path.orElseThrow(), hash, false));
            outcome.manifests().put(locked.id(), facts.manifest());
            outcome.addons().put(locked.id(), facts.addon());
        } catch (TarballProblem e) {
            outcome.problems().add(e);
        } catch (IOException e) {
            outcome.problems()
                    .input("The tarball " + path.orElseThrow() + " of the source, for " + locked.id() + ", is damaged ("
                            + Words.reason(e) + "); pack it again.");
        }
    }

    private void folder(LockedPackage locked, Resolution.Folder folder, Outcome outcome) throws OcnixException {
        Optional<String> path = Fetchables.pathInSource(folder, lockfileFolder);
        Optional<Sri> hash = path.isPresent() && pinned ? files.narHash(path.get()) : Optional.empty();
        if (path.isEmpty() || (pinned ? hash.isEmpty() : files.list(path.get()).isEmpty())) {
            outcome.problems().input(missing(locked, "folder " + folder.path()));
            return;
        }
        outcome.sources().put(locked.id(), new DependencySource.FromSource(path.get(), hash, true));
        Optional<PackageManifest> manifest = files.read(
                        path.get().isEmpty() ? "package.json" : path.get() + "/package.json", ManifestReader.MAX_BYTES)
                .flatMap(ManifestReader::read);
        manifest.ifPresent(known -> outcome.manifests().put(locked.id(), known));
        // Bun copies no node_modules
        AddonFacts facts = folders.in(
                locked.id(),
                path.get(),
                manifest.orElseGet(PackageManifest::empty),
                file -> !file.startsWith("node_modules/") && !file.contains("/node_modules/"),
                "copied",
                mustSee.test(locked.id()));
        outcome.addons().put(locked.id(), facts);
    }

    private static String missing(LockedPackage locked, String what) {
        return "The source has no " + what + ", which the lockfile names for " + locked.id() + " (" + locked.place()
                + "); commit it, or drop the dependency and run bun install.";
    }
}
