package dev.ocnix.report;

import dev.ocnix.hash.Sri;
import java.util.Optional;

/** Compares what two snapshots say of the content of one package. */
final class Hashes {
    private Hashes() {}

    /** The two hashes, if both are known and of one algorithm and differ. */
    static Optional<String> changed(SnapshotPackage old, SnapshotPackage young) {
        Optional<String> content = differing(old.content(), young.content());
        return content.isPresent() ? content : differing(old.recorded(), young.recorded());
    }

    private static Optional<String> differing(Optional<Sri> old, Optional<Sri> young) {
        boolean areComparable = old.isPresent()
                && young.isPresent()
                && old.get().algorithm() == young.get().algorithm();
        return areComparable && !old.equals(young) ? Optional.of(old.get() + " -> " + young.get()) : Optional.empty();
    }

    /** The two algorithms, if the lockfile's hash is weaker now, or gone. */
    static Optional<String> weaker(SnapshotPackage old, SnapshotPackage young) {
        return rank(young.recorded()) < rank(old.recorded())
                ? Optional.of(name(old.recorded()) + " -> " + name(young.recorded()))
                : Optional.empty();
    }

    private static int rank(Optional<Sri> hash) {
        return hash.map(sri -> sri.algorithm().length()).orElse(0);
    }

    private static String name(Optional<Sri> hash) {
        return hash.map(sri -> sri.algorithm().prefix()).orElse("none");
    }
}
