package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.Facts;
import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.fetch.tarball.Prefetcher;
import dev.ocnix.fetch.tarball.TarballRequest;
import dev.ocnix.fetch.tarball.TarballResult;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.TarballFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds out what is in each tarball: from the tree's own facts, from the cache, else by downloading it. */
final class TarballContents {
    private final Facts previous;
    private final FactsCache cache;
    private final TarballAddresses addresses;
    private final PrefetchMode mode;
    private final Predicate<PackageId> mustSee;
    private final boolean failOnUnverified;
    private final Listener listener;

    /** @param mustSee which packages are looked into although they or their hashes are known, unless nothing is downloaded */
    TarballContents(
            Facts previous,
            FactsCache cache,
            TarballAddresses addresses,
            PrefetchMode mode,
            Predicate<PackageId> mustSee,
            boolean failOnUnverified,
            Listener listener) {
        this.previous = previous;
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
     * @param problems about the others
     */
    record Outcome(SortedMap<PackageId, TarballFacts> seen, SortedMap<PackageId, String> unseen, Problems problems) {}

    /** Finds out, downloading what {@link PrefetchMode} asks for. */
    Outcome find(List<LockedPackage> tarballs, Prefetcher prefetcher) throws OcnixException {
        Outcome outcome = new Outcome(new TreeMap<>(), new TreeMap<>(), new Problems());
        List<TarballRequest> wanted = new ArrayList<>();
        for (LockedPackage tarball : tarballs) {
            Optional<TarballFacts> known = known(tarball);
            if (known.isPresent()) {
                outcome.seen().put(tarball.id(), known.get());
            } else if (isDownloaded(tarball)) {
                wanted.add(addresses.request(tarball));
            } else if (!isPinned(tarball.integrity())) {
                outcome.problems()
                        .input(tarball.id() + " has no strong hash in the lockfile (" + tarball.place()
                                + ") and ocnix.prefetch is none; set it to missing or all.");
            }
        }
        download(wanted, prefetcher, outcome);
        return outcome;
    }

    /** What the tree knows counts in every mode; what only this machine knows counts where a download would. */
    private Optional<TarballFacts> known(LockedPackage tarball) {
        if (isDownloaded(tarball) && mustSee.test(tarball.id())) {
            return Optional.empty();
        }
        Optional<TarballFacts> ours = previous.find(tarball.integrity(), addresses.url(tarball));
        if (ours.isPresent() || !isDownloaded(tarball)) {
            ours.ifPresent(facts -> listener.debug(tarball.id() + ": known from facts.json"));
            return ours;
        }
        Optional<TarballFacts> cached = tarball.integrity().flatMap(cache::find);
        cached.ifPresent(facts -> listener.debug(tarball.id() + ": known from the cache"));
        return cached;
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
        return integrity.filter(Sri::isStrong).isPresent();
    }

    private static String withWayOut(String problem) {
        return Problems.continued(
                problem, "or set ocnix.failOnUnverified to false, and the lockfile's hash is written for it unseen.");
    }

    private void download(List<TarballRequest> wanted, Prefetcher prefetcher, Outcome outcome) throws OcnixException {
        for (Map.Entry<PackageId, TarballResult> entry :
                prefetcher.fetch(wanted).entrySet()) {
            if (entry.getValue() instanceof TarballResult.Fetched fetched) {
                outcome.seen().put(entry.getKey(), fetched.facts());
            } else if (entry.getValue() instanceof TarballResult.Wrong wrong) {
                outcome.problems().input(wrong.problem());
            } else if (entry.getValue() instanceof TarballResult.Unavailable missing) {
                outcome.unseen().put(entry.getKey(), missing.problem());
            }
        }
        for (TarballRequest request : wanted) {
            boolean isPinned = isPinned(request.integrity());
            if (failOnUnverified || !isPinned) {
                Optional.ofNullable(outcome.unseen().remove(request.id()))
                        .map(problem -> isPinned ? withWayOut(problem) : problem)
                        .ifPresent(outcome.problems()::outside);
            }
        }
    }
}
