package dev.ocnix.report;

import dev.ocnix.model.BunVersion;
import dev.ocnix.model.PackageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * Which package of one snapshot became which of another: the same id first, then the same name and major version, then the
 * same name, each in the order of versions.
 */
final class Matching {
    private static final Comparator<SnapshotPackage> BY_VERSION = Comparator.comparing(
                    (SnapshotPackage one) -> version(one).orElse(new BunVersion.Core(0, 0, 0, "")))
            .thenComparing(SnapshotPackage::id);

    /** A package before and after; one of both is there. */
    record Pair(Optional<SnapshotPackage> before, Optional<SnapshotPackage> after) {}

    private Matching() {}

    /** Pairs by name. */
    static List<Pair> of(TreeSnapshot before, TreeSnapshot after) {
        List<Pair> pairs = new ArrayList<>();
        Map<String, List<SnapshotPackage>> old = byName(before);
        Map<String, List<SnapshotPackage>> young = byName(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(young.keySet());
        for (String name : names) {
            pair(old.getOrDefault(name, new ArrayList<>()), young.getOrDefault(name, new ArrayList<>()), pairs);
        }
        return pairs;
    }

    /** The version of a package from a registry. */
    static Optional<BunVersion.Core> version(SnapshotPackage one) {
        return one.isFromRegistry()
                ? Optional.of(BunVersion.scan(one.id().resolution(), 0).lowest())
                : Optional.empty();
    }

    private static Map<String, List<SnapshotPackage>> byName(TreeSnapshot snapshot) {
        Map<String, List<SnapshotPackage>> byName = new TreeMap<>();
        for (Map.Entry<PackageId, SnapshotPackage> one : snapshot.packages().entrySet()) {
            byName.computeIfAbsent(one.getKey().name(), name -> new ArrayList<>())
                    .add(one.getValue());
        }
        byName.values().forEach(packages -> packages.sort(BY_VERSION));
        return byName;
    }

    private static void pair(List<SnapshotPackage> before, List<SnapshotPackage> after, List<Pair> pairs) {
        match(before, after, (one, other) -> one.id().equals(other.id()), pairs);
        match(before, after, Matching::hasSameMajor, pairs);
        match(before, after, (one, other) -> true, pairs);
        before.forEach(one -> pairs.add(new Pair(Optional.of(one), Optional.empty())));
        after.forEach(one -> pairs.add(new Pair(Optional.empty(), Optional.of(one))));
    }

    private static boolean hasSameMajor(SnapshotPackage one, SnapshotPackage other) {
        Optional<Long> major = version(one).map(BunVersion.Core::major);
        return major.isPresent() && major.equals(version(other).map(BunVersion.Core::major));
    }

    private static void match(
            List<SnapshotPackage> before,
            List<SnapshotPackage> after,
            BiPredicate<SnapshotPackage, SnapshotPackage> fits,
            List<Pair> pairs) {
        Map<SnapshotPackage, SnapshotPackage> matched = new LinkedHashMap<>();
        for (Iterator<SnapshotPackage> left = before.iterator(); left.hasNext(); ) {
            SnapshotPackage one = left.next();
            Optional<SnapshotPackage> other = after.stream()
                    .filter(candidate -> fits.test(one, candidate))
                    .findFirst();
            if (other.isPresent()) {
                matched.put(one, other.get());
                after.remove(other.get());
                left.remove();
            }
        }
        matched.forEach((one, other) -> pairs.add(new Pair(Optional.of(one), Optional.of(other))));
    }
}
