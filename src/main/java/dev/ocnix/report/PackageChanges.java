package dev.ocnix.report;

import dev.ocnix.model.BunVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the packages that are not the same in two snapshots. */
final class PackageChanges {
    private static final Comparator<PackageChange> ORDER = Comparator.comparing(PackageChange::kind)
            .thenComparing(PackageChange::name)
            .thenComparing(change -> change.from().orElse(""))
            .thenComparing(change -> change.to().orElse(""));

    private final TreeSnapshot before;
    private final TreeSnapshot after;

    PackageChanges(TreeSnapshot before, TreeSnapshot after) {
        this.before = before;
        this.after = after;
    }

    List<PackageChange> all() {
        return Matching.of(before, after).stream()
                .flatMap(pair -> change(pair).stream())
                .sorted(ORDER)
                .toList();
    }

    private static Optional<PackageChange> change(Matching.Pair pair) {
        if (pair.before().isEmpty()) {
            return pair.after().map(added -> alone(PackageChange.Kind.ADDED, added));
        }
        SnapshotPackage old = pair.before().get();
        return pair.after().isEmpty()
                ? Optional.of(alone(PackageChange.Kind.REMOVED, old))
                : change(old, pair.after().get());
    }

    private static PackageChange alone(PackageChange.Kind kind, SnapshotPackage one) {
        Optional<String> resolution = Optional.of(one.id().resolution());
        boolean isAdded = kind == PackageChange.Kind.ADDED;
        return new PackageChange(
                kind,
                one.id().name(),
                isAdded ? Optional.empty() : resolution,
                isAdded ? resolution : Optional.empty(),
                "");
    }

    private static Optional<PackageChange> change(SnapshotPackage old, SnapshotPackage young) {
        if (!old.kind().equals(young.kind()) || hasMoved(old, young)) {
            return Optional.of(both(PackageChange.Kind.MOVED, old, young, places(old, young)));
        }
        if (old.id().equals(young.id())) {
            return Hashes.changed(old, young).map(detail -> both(PackageChange.Kind.CHANGED, old, young, detail));
        }
        Optional<BunVersion.Core> from = Matching.version(old);
        Optional<BunVersion.Core> to = Matching.version(young);
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.of(both(PackageChange.Kind.CHANGED, old, young, ""));
        }
        int order = from.get().compareTo(to.get());
        PackageChange.Kind kind = order < 0
                ? PackageChange.Kind.UPGRADED
                : order > 0 ? PackageChange.Kind.DOWNGRADED : PackageChange.Kind.CHANGED;
        return Optional.of(both(kind, old, young, ""));
    }

    private static PackageChange both(
            PackageChange.Kind kind, SnapshotPackage old, SnapshotPackage young, String detail) {
        return new PackageChange(
                kind,
                young.id().name(),
                Optional.of(old.id().resolution()),
                Optional.of(young.id().resolution()),
                detail);
    }

    /** Whether another server, or another place of the same version, serves it. */
    private static boolean hasMoved(SnapshotPackage old, SnapshotPackage young) {
        boolean isSame = old.id().equals(young.id());
        boolean areKnown = old.location().isPresent() && young.location().isPresent();
        return areKnown
                && (isSame
                        ? !old.location().equals(young.location())
                        : old.isFromRegistry() && !old.host().equals(young.host()));
    }

    private static String places(SnapshotPackage old, SnapshotPackage young) {
        String from = old.location().orElse(old.kind());
        String to = young.location().orElse(young.kind());
        return from + " -> " + to;
    }
}
