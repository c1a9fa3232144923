package dev.ocnix.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is not the same in two snapshots.
 *
 * @param before what is compared, and {@code after} with what: their {@link TreeSnapshot#name names}
 * @param fromRevision of before; likewise {@code toRevision} of after
 * @param fromCommit of before; likewise {@code toCommit} of after
 * @param changes by kind, then name
 * @param alarms the most urgent kind first, then by subject
 */
public record TreeDifference(
        String before,
        String after,
        Optional<String> fromRevision,
        Optional<String> toRevision,
        Optional<String> fromCommit,
        Optional<String> toCommit,
        List<PackageChange> changes,
        List<Alarm> alarms) {
    public TreeDifference {
        changes = List.copyOf(changes);
        alarms = List.copyOf(alarms);
    }

    /** Compares two snapshots. */
    public static TreeDifference between(TreeSnapshot before, TreeSnapshot after) {
        return new TreeDifference(
                before.name(),
                after.name(),
                before.revision(),
                after.revision(),
                before.commit(),
                after.commit(),
                new PackageChanges(before, after).all(),
                new Alarms(before, after).all());
    }

    /** Whether the packages are the same and nothing is alarming. */
    public boolean isEmpty() {
        return changes.isEmpty() && alarms.isEmpty();
    }

    /** How many changes of each kind there are; kinds without any are left out. */
    public Map<PackageChange.Kind, Integer> counts() {
        Map<PackageChange.Kind, Integer> counts = new TreeMap<>();
        changes.forEach(change -> counts.merge(change.kind(), 1, Integer::sum));
        return counts;
    }
}
