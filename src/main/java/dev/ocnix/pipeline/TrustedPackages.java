package dev.ocnix.pipeline;

import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Resources;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whose lifecycle scripts {@code bun install} runs: those that the root's {@code trustedDependencies} names; where it has no
 * such field, those of Bun's own list that come from a registry. Names are the packages' own, as in Bun 1.4; 1.3 goes by
 * those that the packages are installed under.
 */
final class TrustedPackages {
    /** What {@code bun pm default-trusted} prints, the same in 1.3.14 and 1.4.5. */
    static final String DEFAULTS = "default-trusted-dependencies.txt";

    private final Optional<Set<String>> named;
    private final Set<String> defaults;

    private TrustedPackages(Optional<Set<String>> named, Set<String> defaults) {
        this.named = named;
        this.defaults = defaults;
    }

    /** @param root the root's package.json, since the text lockfiles of Bun 1.3 leave out an empty list */
    static TrustedPackages of(Manifest root, Lockfile lockfile) {
        Optional<Set<String>> named = root.texts("trustedDependencies").<Set<String>>map(TreeSet::new);
        return new TrustedPackages(named.or(() -> lockfile.trustedDependencies().map(TreeSet::new)), defaults());
    }

    boolean includes(LockedPackage locked) {
        String name = locked.id().name();
        return named.map(names -> names.contains(name))
                .orElseGet(() -> locked.resolution() instanceof Resolution.Npm && defaults.contains(name));
    }

    static SortedSet<String> defaults() {
        return new TreeSet<>(
                Resources.text(TrustedPackages.class, DEFAULTS).lines().toList());
    }
}
