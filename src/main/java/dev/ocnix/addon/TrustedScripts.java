package dev.ocnix.addon;

import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Resources;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whose install scripts Bun runs: of the packages that {@code trustedDependencies} names, or, where the project has no such
 * field, of those on Bun's own list that come from a registry. Names are the packages' own, as in Bun 1.4; 1.3 goes by the
 * name a package is installed under.
 */
public final class TrustedScripts {
    private final Lockfile lockfile;
    private final Set<String> names;
    private final boolean anySource;

    private TrustedScripts(Lockfile lockfile, Set<String> names, boolean anySource) {
        this.lockfile = lockfile;
        this.names = names;
        this.anySource = anySource;
    }

    public static TrustedScripts of(Lockfile lockfile) {
        return lockfile.trustedDependencies().isPresent()
                ? new TrustedScripts(lockfile, lockfile.trustedDependencies().get(), true)
                : new TrustedScripts(lockfile, builtIn(), false);
    }

    /** Bun's own list. */
    static Set<String> builtIn() {
        return Resources.text(TrustedScripts.class, "default-trusted.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether Bun runs the scripts of a package, if it has some. */
    public boolean run(LockedPackage locked) {
        boolean known = names.contains(locked.id().name());
        return known && (anySource || locked.resolution() instanceof Resolution.Npm);
    }

    /** The packages of these hints that have scripts which Bun runs, sorted. */
    public SortedSet<PackageId> among(List<AddonHint> hints) {
        SortedSet<PackageId> ids = new TreeSet<>();
        for (AddonHint hint : hints) {
            Optional.ofNullable(lockfile.packages().get(hint.id()))
                    .filter(locked -> !hint.scripts().isEmpty() && run(locked))
                    .ifPresent(locked -> ids.add(locked.id()));
        }
        return ids;
    }
}
