package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.fetch.http.HttpFailure;
import dev.ocnix.fetch.tarball.MissingTarballs;
import dev.ocnix.fetch.tarball.Prefetcher;
import dev.ocnix.fetch.tarball.TarballRequest;
import dev.ocnix.fetch.tarball.TarballResult;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.layout.OptionalPackages;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Problem;
import dev.ocnix.model.TarballFacts;
import dev.ocnix.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Finds out what is in each tarball: from the cache, where it is believed from the tree's own facts, else by downloading it. */
final class TarballContents {
    private static final Set<Integer> GONE = Set.of(404, 410);
    private static final int SHOWN = 10;

    private final PreviousTree previous;
    private final boolean believesTree;
    private final SortedSet<PackageId> believed = new TreeSet<>();
    private final List<String> believedGone = new ArrayList<>();
    private final FactsCache cache;
    private final TarballAddresses addresses;
    private final PrefetchMode mode;
    private final Predicate<PackageId> mustSee;
    private final boolean failOnUnverified;
    private final Listener listener;

    /**
     * @param believesTree whether what the tree says of its packages counts
     * @param mustSee which packages are looked into although they or their hashes are known, unless nothing is downloaded
     */
    TarballContents(
            PreviousTree previous,
            boolean believesTree,
            FactsCache cache,
            TarballAddresses addresses,
            PrefetchMode mode,
            Predicate<PackageId> mustSee,
            boolean failOnUnverified,
            Listener listener) {
        this.previous = previous;
        this.believesTree = believesTree;
        this.cache = cache;
        this.addresses = addresses;
        this.mode = mode;
        this.mustSee = mustSee;
        this.failOnUnverified = failOnUnverified;
        this.listener = listener;
    }

    /**
     * What came out.
     *
     * @param seen by package
     * @param unseen packages whose lockfile hash stands alone, with why; empty where nobody asked for more
     * @param gone packages that the tree does without, since their registry no longer has them
     * @param news sentences about those of them that nobody knew of
     * @param problems about the others
     */
    record Outcome(
            SortedMap<PackageId, TarballFacts> seen,
            SortedMap<PackageId, HttpFailure> unseen,
            SortedSet<PackageId> gone,
            List<Problem> news,
            Problems problems) {}

    /**
     * Finds out, downloading what {@link PrefetchMode} asks for.
     *
     * @param optional what a tree can do without
     */
    Outcome find(List<LockedPackage> tarballs, OptionalPackages optional, Prefetcher prefetcher) throws OcnixException {
        Outcome outcome =
                new Outcome(new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), new ArrayList<>(), new Problems());
        List<LockedPackage> wanted = new ArrayList<>();
        for (LockedPackage tarball : tarballs) {
            if (optional.ids().contains(tarball.id()) && isKnownGone(tarball)) {
                outcome.gone().add(tarball.id());
                continue;
            }
            Optional<TarballFacts> known = known(tarball);
            if (known.isPresent()) {
                outcome.seen().put(tarball.id(), known.get());
            } else if (isDownloaded(tarball) || (mode == PrefetchMode.MISSING && hasScripts(tarball))) {
                wanted.add(tarball);
            } else if (!isPinned(tarball.integrity())) {
                outcome.problems()
                        .input(tarball.id()
                                + (isStrong(tarball.integrity())
                                        ? " has several hashes in the lockfile ("
                                        : " has no strong hash in the lockfile (")
                                + tarball.place() + ") and ocnix.prefetch is none; set it to missing or all.");
            } else if (hasScripts(tarball)) {
                outcome.problems()
                        .input(tarball.id() + " (" + tarball.place()
                                + ") has install scripts, which no tree holds, this machine has not seen them, and"
                                + " ocnix.prefetch is none; set it to missing or all.");
            }
        }
        download(wanted, optional, prefetcher, outcome);
        tellOfBelieved();
        return outcome;
    }

    private void tellOfBelieved() {
        if (!believed.isEmpty()) {
            String known = believed.size() == 1 ? "one tarball contains" : believed.size() + " tarballs contain";
            listener.info("What " + known + " was not looked at, but is taken from the tree's own facts.json.");
        }
        if (!believedGone.isEmpty()) {
            listener.info("That nobody has " + Words.few(believedGone, SHOWN)
                    + " any more was not asked, but is taken from the tree's own ocnix.json.");
        }
    }

    /** What the tree leaves out as gone was gone for this machine as well, or the tree is believed. */
    private boolean isKnownGone(LockedPackage tarball) {
        if (!previous.leftOut().contains(tarball.id())) {
            return false;
        }
        if (cache.wasGone(addresses.url(tarball))) {
            return true;
        }
        if (believesTree) {
            believedGone.add(tarball.id().toString());
        }
        return believesTree;
    }

    /**
     * This machine's own knowledge goes first. What the tree knows counts, where it is believed at all, for hashes that leave no
     * choice of content, and of packages without scripts, since no tree holds those. Of what has no hash, the tree knows which
     * content was seen, which counts if this machine saw it, too.
     */
    private Optional<TarballFacts> known(LockedPackage tarball) throws OcnixException {
        if (isDownloaded(tarball) && mustSee.test(tarball.id())) {
            return Optional.empty();
        }
        if (believesTree
                && isSettled(tarball)
                && !isDownloaded(tarball)
                && told(tarball).isEmpty()) {
            return Optional.empty();
        }
        Optional<TarballFacts> cached = content(tarball).flatMap(cache::find);
        if (cached.isPresent()) {
            listener.debug(tarball.id() + ": known from the cache");
            return cached;
        }
        Optional<TarballFacts> told =
                believesTree && isSettled(tarball) && !hasScripts(tarball) ? told(tarball) : Optional.empty();
        told.ifPresent(facts -> {
            listener.debug(tarball.id() + ": known from facts.json");
            believed.add(tarball.id());
        });
        return told;
    }

    /** What the tree says of it. */
    private Optional<TarballFacts> told(LockedPackage tarball) throws OcnixException {
        return previous.facts().find(tarball.integrity(), addresses.url(tarball));
    }

    /** The hash by which this machine may know it. */
    private Optional<Sri> content(LockedPackage tarball) throws OcnixException {
        if (tarball.integrity().isPresent()) {
            return tarball.integrity();
        }
        String url = addresses.url(tarball);
        return previous.facts()
                .sha512(Optional.empty(), url)
                .filter(sha512 -> mode == PrefetchMode.NONE || cache.wasServed(sha512, url));
    }

    /** Whether its hash leaves no choice of content, or nobody but the tree may say which it is. */
    private boolean isSettled(LockedPackage tarball) {
        return tarball.integrity()
                .map(sri -> sri.algorithm() == HashAlgorithm.SHA512)
                .orElse(mode == PrefetchMode.NONE);
    }

    /** Whether the tree or the lockfile says that an installer runs something of it. */
    private boolean hasScripts(LockedPackage tarball) throws OcnixException {
        Optional<TarballFacts> told = believesTree ? told(tarball) : Optional.empty();
        return told.isPresent()
                && (!previous.facts().isWhole(told.get())
                        || tarball.installScript().orElse(false));
    }

    private boolean isDownloaded(LockedPackage tarball) {
        return switch (mode) {
            case ALL -> true;
            case MISSING -> !isPinned(tarball.integrity()) || mustSee.test(tarball.id());
            case NONE -> false;
        };
    }

    /** Whether the lockfile's hash is enough to know the content by. */
    static boolean isPinned(Optional<Sri> integrity) {
        return isStrong(integrity) && integrity.filter(Sri::isSingle).isPresent();
    }

    /** Whether it is enough to check the content by. */
    static boolean isStrong(Optional<Sri> integrity) {
        return integrity.filter(Sri::isStrong).isPresent();
    }

    private void download(List<LockedPackage> wanted, OptionalPackages optional, Prefetcher prefetcher, Outcome outcome)
            throws OcnixException {
        List<TarballRequest> requests = new ArrayList<>();
        for (LockedPackage tarball : wanted) {
            requests.add(addresses.request(tarball));
        }
        SortedMap<PackageId, TarballResult> results = prefetcher.fetch(requests);
        MissingTarballs missing = new MissingTarballs();
        SortedMap<PackageId, HttpFailure> gone = new TreeMap<>();
        for (LockedPackage tarball : wanted) {
            PackageId id = tarball.id();
            TarballResult result = results.get(id);
            if (result instanceof TarballResult.Fetched fetched) {
                outcome.seen().put(id, fetched.facts());
                if (tarball.integrity().isEmpty()) {
                    cache.putServed(fetched.facts().sha512(), addresses.url(tarball));
                }
            } else if (result instanceof TarballResult.Wrong wrong) {
                outcome.problems().input(wrong.problem());
            } else if (result instanceof TarballResult.Unavailable unavailable) {
                HttpFailure failure = unavailable.failure();
                if (isGone(failure) && optional.ids().contains(id)) {
                    cache.putGone(addresses.url(tarball));
                    gone.put(id, failure);
                } else if (failOnUnverified || !isPinned(tarball.integrity())) {
                    missing.add(id, failure, advice(tarball, failure));
                } else {
                    outcome.unseen().put(id, failure);
                }
            }
        }
        missing.problems().forEach(outcome.problems()::outside);
        outcome.gone().addAll(gone.keySet());
        gone.keySet().removeAll(previous.leftOut());
        leftOut(gone).ifPresent(outcome.news()::add);
    }

    private static boolean isGone(HttpFailure failure) {
        return GONE.contains(failure.status().orElse(0));
    }

    /** What could be done beside what the failure itself advises. */
    private String advice(LockedPackage tarball, HttpFailure failure) throws OcnixException {
        List<String> advice = new ArrayList<>();
        addresses.advice(tarball).ifPresent(advice::add);
        if (isGone(failure)) {
            advice.add(
                    "or, if the application can do without it, name it in the leaveOut of a profile (ocnix.profile)");
        }
        Optional<TarballFacts> told = told(tarball);
        if (told.isPresent() && previous.facts().isWhole(told.get())) {
            advice.add(
                    "or, if nobody but you writes the tree, set ocnix.facts to trust, and its facts.json is believed");
        }
        if (isPinned(tarball.integrity())) {
            advice.add("or set ocnix.failOnUnverified to false, and the lockfile's hash is written for it unseen");
        }
        return String.join("; ", advice);
    }

    private static Optional<Problem> leftOut(SortedMap<PackageId, HttpFailure> gone) {
        List<String> names = new ArrayList<>();
        gone.forEach((id, failure) -> names.add(
                id + " (" + failure.url() + " answered " + failure.status().orElse(0) + ")"));
        return GonePackages.news(names);
    }
}
