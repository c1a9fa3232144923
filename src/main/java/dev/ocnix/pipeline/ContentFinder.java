package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.Facts;
import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.source.Checkouts;
import dev.ocnix.fetch.tarball.MissingTarballs;
import dev.ocnix.fetch.tarball.Prefetcher;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.layout.OptionalPackages;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.Registries;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.TarballFacts;
import dev.ocnix.model.UserInfo;
import dev.ocnix.nix.DependencySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out what each package of a lockfile contains, and where the tree fetches it from. */
final class ContentFinder {
    private static final String UNVERIFIED = "its hash is written as the lockfile has it, unverified";

    /** As nixpkgs' own placeholder; stands where nobody fetches. */
    private static final Sri NO_HASH = Sri.of(HashAlgorithm.SHA512, new byte[HashAlgorithm.SHA512.length()]);

    private final ConversionRequest request;
    private final TarballAddresses addresses;
    private final Http http;
    private final FactsCache cache;
    private final PatchChecks patches;
    private final PackageVisitor.Factory visitors;
    private final Listener listener;

    /**
     * @param configuredHosts {@code host:port} of the configured registries and mirrors
     * @param patches are tried on what is looked into
     * @param visitors look into each package for native parts
     */
    ContentFinder(
            ConversionRequest request,
            Registries registries,
            Set<String> configuredHosts,
            Http http,
            FactsCache cache,
            PatchChecks patches,
            PackageVisitor.Factory visitors,
            Listener listener) {
        this.request = request;
        this.addresses = new TarballAddresses(registries, request.registryMirror(), configuredHosts);
        this.http = http;
        this.cache = cache;
        this.patches = patches;
        this.visitors = patches.watching(visitors);
        this.listener = listener;
    }

    /**
     * @param packages what is wanted
     * @param optional what a tree can do without
     * @param previous the tree on disk, as far as it is one of this lockfile
     * @param lockfileFolder of the lockfile in the source: empty, or with a trailing slash
     * @throws OcnixException with a problem for each package that could not be had or is not what the lockfile records
     */
    PackageContents find(
            Lockfile lockfile,
            List<LockedPackage> packages,
            OptionalPackages optional,
            PreviousTree previous,
            SourceFiles files,
            String lockfileFolder)
            throws OcnixException {
        refuseBadAddresses(packages);
        Problems problems = new Problems();
        TarballContents.Outcome tarballs = tarballs(packages, optional, previous);
        problems.addAll(tarballs.problems());
        CheckoutContents.Outcome checkouts = new CheckoutContents(
                        // whatever else may be believed, this chooses what is built
                        request.prefetch() == PrefetchMode.NONE ? previous.facts() : Facts.none(),
                        previous.leftOut()::contains,
                        cache,
                        request.prefetch(),
                        this::mustSee,
                        checkouts())
                .find(packages, optional);
        problems.addAll(checkouts.problems());
        LocalContents.Outcome locals = new LocalContents(
                        lockfile,
                        files,
                        lockfileFolder,
                        request.source() instanceof SourceChoice.Pinned,
                        visitors,
                        cache,
                        this::mustSee,
                        listener)
                .find(packages);
        problems.addAll(locals.problems());
        SortedMap<PackageId, DependencySource> sources = new TreeMap<>(checkouts.sources());
        sources.putAll(locals.sources());
        sources.putAll(tarballSources(packages, tarballs));
        problems.raise();
        addresses.foreign(packages).ifPresent(listener::warn);
        tarballs.news().forEach(news -> listener.warn(news.sentence()));
        checkouts.news().ifPresent(news -> listener.warn(news.sentence()));
        Integrities.weak(packages).ifPresent(listener::warn);
        Integrities.notApplicable(packages).ifPresent(listener::info);
        patches.raise();
        MissingTarballs missing = new MissingTarballs();
        tarballs.unseen().forEach((id, failure) -> missing.add(id, failure, UNVERIFIED));
        missing.problems().forEach(problem -> listener.warn(problem.sentence()));
        warnOfPlainHttp(sources);
        return contents(packages, sources, tarballs, checkouts, locals);
    }

    /** What is known of a package does not say whether its patch applies; offline, the build will tell. */
    private boolean mustSee(PackageId id) {
        return !request.offline() && patches.isOpen(id);
    }

    private Checkouts checkouts() {
        return new Checkouts(ProjectSource.sources(http), request.githubMirror(), visitors, listener::warn);
    }

    private TarballContents.Outcome tarballs(
            List<LockedPackage> packages, OptionalPackages optional, PreviousTree previous) throws OcnixException {
        Prefetcher prefetcher = new Prefetcher(http, visitors, new DownloadListener(cache, listener));
        List<LockedPackage> tarballs =
                packages.stream().filter(TarballAddresses::isTarball).toList();
        try {
            return new TarballContents(
                            previous,
                            request.believesTree(),
                            cache,
                            addresses,
                            request.prefetch(),
                            this::mustSee,
                            request.failOnUnverified(),
                            listener)
                    .find(tarballs, optional, prefetcher);
        } finally {
            listener.progressOver();
        }
    }

    /** Before anything is downloaded. */
    private void refuseBadAddresses(List<LockedPackage> packages) throws OcnixException {
        Problems problems = new Problems();
        for (LockedPackage locked : packages) {
            try {
                refuseBadAddress(locked);
            } catch (OcnixException e) {
                problems.add(e);
            }
        }
        problems.raise();
    }

    private void refuseBadAddress(LockedPackage locked) throws OcnixException {
        if (UserInfo.isIn(locked.id().resolution())) {
            throw OcnixException.input("The address of " + locked.id() + " (" + locked.place()
                    + ") carries user-info; leave it out of package.json, put credentials into a <server> of settings.xml,"
                    + " and run bun install.");
        }
        if (TarballAddresses.isTarball(locked)) {
            addresses.written(locked);
        } else if (locked.resolution() instanceof Resolution.Git git) {
            Checkouts.check(locked.id(), git);
        }
    }

    /** Where each tarball comes from; its hash is the one we computed, else the lockfile's. */
    private SortedMap<PackageId, DependencySource> tarballSources(
            List<LockedPackage> packages, TarballContents.Outcome tarballs) throws OcnixException {
        SortedMap<PackageId, DependencySource> sources = new TreeMap<>();
        for (LockedPackage tarball : packages) {
            Optional<Sri> hash = Optional.ofNullable(tarballs.seen().get(tarball.id()))
                    .map(TarballFacts::sha512)
                    .or(() -> tarball.integrity().filter(Sri::isSingle))
                    .or(() -> tarballs.gone().contains(tarball.id()) ? Optional.of(NO_HASH) : Optional.empty());
            if (TarballAddresses.isTarball(tarball) && hash.isPresent()) {
                sources.put(tarball.id(), new DependencySource.Tarball(addresses.written(tarball), hash.get()));
            }
        }
        return sources;
    }

    private void warnOfPlainHttp(SortedMap<PackageId, DependencySource> sources) {
        sources.forEach((id, source) -> {
            if (source instanceof DependencySource.Tarball tarball
                    && tarball.url().isPlainHttp()) {
                listener.warn("The tarball of " + id + " travels over plain http, guarded by its hash alone;"
                        + " lock it from an https URL if there is one.");
            }
        });
    }

    private PackageContents contents(
            List<LockedPackage> packages,
            SortedMap<PackageId, DependencySource> sources,
            TarballContents.Outcome tarballs,
            CheckoutContents.Outcome checkouts,
            LocalContents.Outcome locals) {
        SortedMap<PackageId, PackageManifest> manifests = new TreeMap<>(locals.manifests());
        SortedMap<PackageId, AddonFacts> addons = new TreeMap<>(locals.addons());
        for (Map.Entry<PackageId, TarballFacts> entry : tarballs.seen().entrySet()) {
            manifests.put(entry.getKey(), entry.getValue().manifest());
            addons.put(entry.getKey(), entry.getValue().addon());
        }
        for (Map.Entry<PackageId, CheckoutFacts> entry : checkouts.seen().entrySet()) {
            manifests.put(entry.getKey(), entry.getValue().manifest());
            addons.put(entry.getKey(), entry.getValue().addon());
        }
        SortedSet<PackageId> gone = new TreeSet<>(tarballs.gone());
        gone.addAll(checkouts.gone().keySet());
        return new PackageContents(
                sources,
                manifests,
                addons,
                facts(packages, tarballs, checkouts),
                List.copyOf(tarballs.unseen().keySet()),
                gone);
    }

    private Facts facts(
            List<LockedPackage> packages, TarballContents.Outcome tarballs, CheckoutContents.Outcome checkouts) {
        SortedMap<Sri, TarballFacts> bySha512 = new TreeMap<>();
        SortedMap<String, Sri> aliases = new TreeMap<>();
        for (LockedPackage tarball : packages) {
            Optional<TarballFacts> facts = Optional.ofNullable(tarballs.seen().get(tarball.id()));
            if (facts.isPresent()) {
                Sri sha512 = facts.get().sha512();
                bySha512.put(sha512, facts.get());
                if (!tarball.integrity().filter(sri -> sri.accepts(sha512)).isPresent()) {
                    aliases.put(Facts.key(tarball.integrity(), addresses.url(tarball)), sha512);
                }
            }
        }
        return Facts.of(bySha512, aliases, checkouts.byKey());
    }
}
