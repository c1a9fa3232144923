package dev.ocnix.pipeline;

import dev.ocnix.model.Problem;
import java.util.List;
import java.util.Optional;

/** What is said of packages that nobody has any more and nobody needs. */
final class GonePackages {
    private GonePackages() {}

    /** The sentence about packages that nobody has any more and nobody needs. */
    static Optional<Problem> news(List<String> names) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        "Nobody has "
                                + (names.size() == 1 ? "an optional package" : names.size() + " optional packages")
                                + " any more, so the tree leaves out ",
                        names,
                        ", as Bun does; lock a version that there is, or give the files by an override."));
    }
}
