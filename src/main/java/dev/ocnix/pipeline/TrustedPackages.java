package dev.ocnix.pipeline;

import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Resources;
import dev.ocnix.project.Manifest;
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

    private final Set<String> names;
    private final boolean fromAnywhere;

    private TrustedPackages(Set<String> names, boolean fromAnywhere) {
        this.names = names;
        this.fromAnywhere = fromAnywhere;
    }

    /** @param root the root's package.json, since the text lockfiles of Bun 1.3 leave out an empty list */
    static TrustedPackages of(Manifest root, Lockfile lockfile) {
        Optional<Set<String>> named = root.texts("trustedDependencies").<Set<String>>map(TreeSet::new);
        return named.or(lockfile::trustedDependencies)
                .map(names -> new TrustedPackages(names, true))
                .orElseGet(() -> new TrustedPackages(defaults(), false));
    }

    boolean includes(LockedPackage locked) {
        return names.contains(locked.id().name()) && (fromAnywhere || locked.resolution() instanceof Resolution.Npm);
    }

    static SortedSet<String> defaults() {
        return new TreeSet<>(
                Resources.text(TrustedPackages.class, DEFAULTS).lines().toList());
    }
}
