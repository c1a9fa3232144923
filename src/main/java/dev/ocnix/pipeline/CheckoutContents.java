package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.Facts;
import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.fetch.source.Checkouts;
import dev.ocnix.fetch.source.GitUrl;
import dev.ocnix.fetch.source.GoneException;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.layout.OptionalPackages;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Problem;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Revisions;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.nix.DependencySource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds out what is in each git and GitHub dependency: from the cache, else by fetching it. What the tree says of it, where nobody
 * may fetch, counts for a package without scripts.
 */
final class CheckoutContents {
    /** Stands where nobody fetches. */
    private static final Sri NO_HASH = Sri.of(HashAlgorithm.SHA256, new byte[HashAlgorithm.SHA256.length()]);

    private final Facts previous;
    private final Predicate<PackageId> wasLeftOut;
    private final FactsCache cache;
    private final PrefetchMode mode;
    private final Predicate<PackageId> mustSee;
    private final Checkouts checkouts;

    /**
     * @param wasLeftOut what the tree on disk does without
     * @param mustSee which packages are looked into although they are known, unless nothing is fetched
     */
    CheckoutContents(
            Facts previous,
            Predicate<PackageId> wasLeftOut,
            FactsCache cache,
            PrefetchMode mode,
            Predicate<PackageId> mustSee,
            Checkouts checkouts) {
        this.previous = previous;
        this.wasLeftOut = wasLeftOut;
        this.cache = cache;
        this.mode = mode;
        this.mustSee = mustSee;
        this.checkouts = checkouts;
    }

    /**
     * What came out.
     *
     * @param byKey for {@code facts.json}
     * @param gone those that the tree does without, since nobody has them any more, by their address; empty where that was known
     * @param problems the others that could not be had
     */
    record Outcome(
            SortedMap<PackageId, DependencySource> sources,
            SortedMap<PackageId, CheckoutFacts> seen,
            SortedMap<String, CheckoutFacts> byKey,
            SortedMap<PackageId, String> gone,
            Problems problems) {
        /** A sentence about those that nobody knew to be gone. */
        Optional<Problem> news() {
            List<String> names = gone.entrySet().stream()
                    .filter(entry -> !entry.getValue().isEmpty())
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + " is not there)")
                    .toList();
            return GonePackages.news(names);
        }
    }

    /** @param optional what a tree can do without */
    Outcome find(List<LockedPackage> packages, OptionalPackages optional) {
        Outcome outcome =
                new Outcome(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new Problems());
        for (LockedPackage locked : packages) {
            if (locked.resolution() instanceof Resolution.GitHub || locked.resolution() instanceof Resolution.Git) {
                find(locked, optional.ids().contains(locked.id()), outcome);
            }
        }
        return outcome;
    }

    private void find(LockedPackage locked, boolean isOptional, Outcome outcome) {
        String key = key(locked.resolution());
        if (isOptional && wasLeftOut.test(locked.id()) && cache.wasGone(key)) {
            outcome.sources().put(locked.id(), gone(locked.resolution()));
            outcome.gone().put(locked.id(), "");
            return;
        }
        try {
            CheckoutFacts facts = facts(locked, key);
            outcome.sources().put(locked.id(), source(locked.resolution(), facts));
            outcome.seen().put(locked.id(), facts);
            outcome.byKey().put(key, facts);
        } catch (GoneException e) {
            if (isOptional) {
                cache.putGone(key);
                outcome.sources().put(locked.id(), gone(locked.resolution()));
                outcome.gone().put(locked.id(), wasLeftOut.test(locked.id()) ? "" : e.origin());
            } else {
                outcome.problems().add(e);
            }
        } catch (OcnixException e) {
            outcome.problems().add(e);
        }
    }

    private static DependencySource gone(Resolution resolution) {
        if (resolution instanceof Resolution.GitHub gitHub) {
            return new DependencySource.GitHub(
                    SourceIdentity.GitHub.PUBLIC_HOST,
                    gitHub.owner(),
                    gitHub.repo(),
                    gitHub.committish(),
                    NO_HASH,
                    false);
        }
        Resolution.Git git = (Resolution.Git) resolution;
        return new DependencySource.Git(GitUrl.written(git.url()), git.commit(), NO_HASH);
    }

    private CheckoutFacts facts(LockedPackage locked, String key) throws OcnixException {
        boolean isKnownEnough = mode == PrefetchMode.NONE || !mustSee.test(locked.id());
        String committish = key.substring(key.lastIndexOf('#') + 1);
        // a short id can mean another commit than the one that the tree says
        Optional<CheckoutFacts> told = Optional.ofNullable(previous.checkouts().get(key))
                .filter(facts -> isKnownEnough && Revisions.isCommit(committish) && isOf(locked.resolution(), facts));
        boolean isImmutable = Revisions.isCommit(committish) || Revisions.isShort(committish);
        Optional<CheckoutFacts> remembered = isImmutable && isKnownEnough
                ? cache.findCheckout(key).filter(facts -> isOf(locked.resolution(), facts))
                : Optional.empty();
        if (remembered.isPresent()) {
            return remembered.get();
        }
        if (told.isPresent() && previous.isWholeCheckout(key)) {
            return told.get();
        }
        if (mode == PrefetchMode.NONE) {
            throw OcnixException.input(locked.id() + " (" + locked.place() + ") "
                    + (told.isPresent()
                            ? "has install scripts, which no tree holds"
                            : "needs a hash of its checkout, which no lockfile has")
                    + ", and ocnix.prefetch is none; set it to missing or all.");
        }
        CheckoutFacts fetched = locked.resolution() instanceof Resolution.GitHub gitHub
                ? checkouts.fetch(locked.id(), gitHub)
                : checkouts.fetch(locked.id(), (Resolution.Git) locked.resolution());
        if (isImmutable) {
            cache.putCheckout(key, fetched);
        }
        return fetched;
    }

    /** What is remembered must not send the tree to another commit than the lockfile's. */
    private static boolean isOf(Resolution resolution, CheckoutFacts facts) {
        String committish = resolution instanceof Resolution.GitHub gitHub
                ? gitHub.committish()
                : ((Resolution.Git) resolution).commit();
        return !committish.isEmpty() && facts.commit().startsWith(committish.toLowerCase(Locale.ROOT));
    }

    private static DependencySource source(Resolution resolution, CheckoutFacts facts) throws OcnixException {
        if (resolution instanceof Resolution.GitHub gitHub) {
            return new DependencySource.GitHub(
                    SourceIdentity.GitHub.PUBLIC_HOST,
                    gitHub.owner(),
                    gitHub.repo(),
                    facts.commit(),
                    facts.narHash(),
                    facts.cloned());
        }
        return new DependencySource.Git(
                GitUrl.written(((Resolution.Git) resolution).url()), facts.commit(), facts.narHash());
    }

    private static String key(Resolution resolution) {
        if (resolution instanceof Resolution.GitHub gitHub) {
            return "github:" + gitHub.owner() + "/" + gitHub.repo() + "#" + gitHub.committish();
        }
        Resolution.Git git = (Resolution.Git) resolution;
        return "git+" + git.url() + "#" + git.commit();
    }
}
