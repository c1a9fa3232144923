package dev.ocnix.report;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.model.PackageId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a run tells machines.
 *
 * @param repository the source in words; empty for a local project
 * @param revision as the user pinned it
 * @param commit what it means, once that is known
 * @param dependencies how many packages the tree fetches
 * @param written paths in the tree that are new or changed; likewise {@code deleted}
 * @param scripts of packages; sorted
 * @param problems one sentence each; empty unless the status is {@link Status#ERROR}
 * @param mending the command that makes the tree what its pin gives, where it is not
 * @param difference from the tree before this run to the one that the pin gives; empty if there was none, or if that is not known
 * @param inventory what the tree fetches; empty of a run that came to nothing
 */
public record Report(
        Status status,
        Optional<String> repository,
        Optional<String> revision,
        Optional<String> commit,
        int dependencies,
        List<String> written,
        List<String> deleted,
        List<AddonHint> addons,
        List<LifecycleScripts> scripts,
        List<PackageId> unverified,
        List<String> problems,
        Optional<String> mending,
        Optional<TreeDifference> difference,
        Optional<Inventory> inventory) {
    /** How a run ended. */
    public enum Status {
        OK,
        DRIFT,
        ERROR,
        /** There was no revision to move the pin to. */
        UNMOVED;

        /** The term in files. */
        public String term() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Report {
        written = List.copyOf(written);
        deleted = List.copyOf(deleted);
        addons = List.copyOf(addons);
        scripts = List.copyOf(scripts);
        unverified = List.copyOf(unverified);
        problems = List.copyOf(problems);
    }

    /** Of a run that came to nothing. */
    public static Report failed(Optional<String> repository, Optional<String> revision, List<String> problems) {
        return without(Status.ERROR, repository, revision, problems);
    }

    /** Of a run that had nothing to do. */
    public static Report unmoved(Optional<String> repository, Optional<String> revision) {
        return without(Status.UNMOVED, repository, revision, List.of());
    }

    private static Report without(
            Status status, Optional<String> repository, Optional<String> revision, List<String> problems) {
        return new Report(
                status,
                repository,
                revision,
                Optional.empty(),
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                problems,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The problems that are no changes of packages, which stand elsewhere. */
    public List<String> problemsBesideChanges() {
        Set<String> changes = difference
                .<Set<String>>map(found -> new HashSet<>(DifferenceText.lines(found)))
                .orElseGet(Set::of);
        return problems.stream().filter(problem -> !changes.contains(problem)).toList();
    }
}
