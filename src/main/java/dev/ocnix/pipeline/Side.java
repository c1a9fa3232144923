package dev.ocnix.pipeline;

import dev.ocnix.model.Lockfile;
import dev.ocnix.model.Registries;
import dev.ocnix.report.SnapshotPackage;
import dev.ocnix.report.TreeSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One side of a comparison.
 *
 * @param snapshot what is known of it at first
 * @param locked its lockfile, unless it is a tree; {@code registries} are those that it is locked to
 */
record Side(TreeSnapshot snapshot, Optional<Lockfile> locked, Registries registries) {
    /** The names of packages that are not, with the same hash, on the other side, too. */
    Set<String> namesBeyond(Side other) {
        Set<String> names = new TreeSet<>();
        for (Map.Entry<?, SnapshotPackage> one : snapshot.packages().entrySet()) {
            SnapshotPackage there = other.snapshot.packages().get(one.getValue().id());
            if (there == null || !there.content().equals(one.getValue().content())) {
                names.add(one.getValue().id().name());
            }
        }
        return names;
    }
}
