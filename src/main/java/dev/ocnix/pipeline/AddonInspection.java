package dev.ocnix.pipeline;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.addon.AddonScanner;
import dev.ocnix.fetch.cache.CacheDirectory;
import dev.ocnix.fetch.cache.Facts;
import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.fetch.tarball.MissingTarballs;
import dev.ocnix.fetch.tarball.Prefetcher;
import dev.ocnix.layout.Layout;
import dev.ocnix.layout.OptionalPackages;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.Registries;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.TarballFacts;
import dev.ocnix.report.inspect.AddonPrint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks into single packages of a lockfile for native parts. What a generated tree or the cache knows of their tarballs is not
 * downloaded again; the packages for single platforms that they depend on count as far as they are known.
 */
final class AddonInspection {
    private final AddonQuestion question;
    private final HttpSettings settings;
    private final Listener listener;

    AddonInspection(AddonQuestion question, HttpSettings settings, Listener listener) {
        this.question = question;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Explains what the question asks for.
     *
     * @param beside the files that stand with the lockfile, which may name registries
     * @throws OcnixException if there is no such package, or its content cannot be had
     */
    List<AddonPrint.Subject> explain(Lockfile lockfile, SourceFiles beside) throws OcnixException {
        List<LockedPackage> wanted = new AddonSearch(lockfile).find(question.wanted());
        List<LockedPackage> tarballs =
                wanted.stream().filter(TarballAddresses::isTarball).toList();
        if (tarballs.isEmpty()) {
            LockedPackage first = wanted.get(0);
            throw OcnixException.input(
                    first.id() + " is of the kind " + first.resolution().kind()
                            + ", and only tarballs are looked into here; run ocnix:generate and see native-addons.nix.");
        }
        Registries registries = RegistryRules.of(
                question.registry(),
                question.scopedRegistries(),
                beside,
                "",
                Bunfig.of(beside, "", listener),
                listener);
        TarballAddresses addresses =
                new TarballAddresses(registries, question.registryMirror(), settings.trustedHosts());
        CacheDirectory.require(question.cacheDirectory());
        try (Http http = new Http(settings);
                FactsCache cache = new FactsCache(question.cacheDirectory(), listener::warn)) {
            PreviousTree previous = PreviousTree.in(question.tree(), true);
            SortedMap<PackageId, TarballFacts> seen =
                    known(children(lockfile, tarballs), previous.facts(), cache, addresses);
            seen.putAll(look(tarballs, previous, cache, addresses, http));
            return subjects(lockfile, tarballs, seen);
        }
    }

    private static List<LockedPackage> children(Lockfile lockfile, List<LockedPackage> parents) {
        Set<String> names = parents.stream()
                .flatMap(parent -> parent.dependencies().stream())
                .filter(edge -> edge.kind() == DependencyKind.OPTIONAL)
                .map(Dependency::alias)
                .collect(Collectors.toSet());
        return lockfile.packages().values().stream()
                .filter(locked -> names.contains(locked.id().name()))
                .filter(TarballAddresses::isTarball)
                .toList();
    }

    private static SortedMap<PackageId, TarballFacts> known(
            List<LockedPackage> packages, Facts previous, FactsCache cache, TarballAddresses addresses) {
        SortedMap<PackageId, TarballFacts> known = new TreeMap<>();
        for (LockedPackage locked : packages) {
            locked.integrity()
                    .flatMap(cache::find)
                    .or(() -> previous.find(locked.integrity(), addresses.url(locked))
                            .filter(previous::isWhole))
                    .ifPresent(facts -> known.put(locked.id(), facts));
        }
        return known;
    }

    private SortedMap<PackageId, TarballFacts> look(
            List<LockedPackage> tarballs,
            PreviousTree previous,
            FactsCache cache,
            TarballAddresses addresses,
            Http http)
            throws OcnixException {
        Prefetcher prefetcher = new Prefetcher(http, new AddonScanner(), new DownloadListener(cache, listener));
        TarballContents.Outcome outcome = new TarballContents(
                        previous, true, cache, addresses, PrefetchMode.ALL, id -> false, false, listener)
                .find(tarballs, OptionalPackages.none(), prefetcher);
        MissingTarballs missing = new MissingTarballs();
        outcome.unseen().forEach((id, failure) -> missing.add(id, failure, ""));
        missing.problems().forEach(outcome.problems()::outside);
        outcome.problems().raise();
        return outcome.seen();
    }

    private List<AddonPrint.Subject> subjects(
            Lockfile lockfile, List<LockedPackage> tarballs, SortedMap<PackageId, TarballFacts> seen)
            throws OcnixException {
        SortedMap<PackageId, PackageManifest> manifests = new TreeMap<>();
        SortedMap<PackageId, AddonFacts> addons = new TreeMap<>();
        seen.forEach((id, facts) -> {
            manifests.put(id, facts.manifest());
            addons.put(id, facts.addon());
        });
        PackageContents contents =
                new PackageContents(new TreeMap<>(), manifests, addons, Facts.none(), List.of(), new TreeSet<>());
        Map<PackageId, AddonHint> hints = new Hints(lockfile, Layout.of(lockfile), contents, listener)
                .all().stream().collect(Collectors.toMap(AddonHint::id, Function.identity()));
        return tarballs.stream()
                .map(tarball -> new AddonPrint.Subject(tarball.id(), Optional.ofNullable(hints.get(tarball.id()))))
                .toList();
    }
}
