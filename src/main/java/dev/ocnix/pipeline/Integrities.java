package dev.ocnix.pipeline;

import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a run says of the hashes that a lockfile has, or has not. */
final class Integrities {
    private static final int SHOWN = 10;

    private Integrities() {}

    /** Which tarballs have no hash in the lockfile that pins them. */
    static Optional<String> weak(List<LockedPackage> packages) {
        List<LockedPackage> weak = packages.stream()
                .filter(TarballAddresses::isTarball)
                .filter(locked -> !TarballContents.isStrong(locked.integrity()))
                .toList();
        return sentence(
                weak,
                "The lockfile has no strong hash for ",
                locked -> locked.id() + " ("
                        + locked.integrity()
                                .map(sri -> sri.algorithm().prefix())
                                .orElse("none") + ")",
                "; what it has was checked, and the sha512 of their bytes is written. Run bun install with a current Bun to"
                        + " lock stronger ones.");
    }

    /** Which git and GitHub dependencies have a hash in the lockfile, which nothing can be checked against. */
    static Optional<String> notApplicable(List<LockedPackage> packages) {
        List<LockedPackage> checkouts = packages.stream()
                .filter(locked -> locked.resolution() instanceof Resolution.GitHub
                        || locked.resolution() instanceof Resolution.Git)
                .filter(locked -> locked.integrity().isPresent())
                .toList();
        return sentence(
                checkouts,
                "The integrity that the lockfile records is not applicable to ",
                locked -> locked.id().toString(),
                ": it belongs to another tarball of the commit, the one that Bun downloads; a hash of the commit's files is"
                        + " written.");
    }

    private static Optional<String> sentence(
            List<LockedPackage> packages, String before, Function<LockedPackage, String> name, String after) {
        if (packages.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(before + Words.few(packages.stream().map(name).toList(), SHOWN) + after);
    }
}
