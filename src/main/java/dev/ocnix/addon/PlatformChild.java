package dev.ocnix.addon;

import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.LockedPackage;
import java.util.Optional;

/**
 * An optional dependency of a package, as the lockfile resolves it.
 *
 * @param facts what its tarball showed, if it was looked into
 */
public record PlatformChild(LockedPackage locked, Optional<AddonFacts> facts) {
    /** Whether it is installed on some platforms only. */
    boolean isLimited() {
        return locked.os() instanceof Constraint.Only || locked.cpu() instanceof Constraint.Only;
    }

    /** Whether it is for the system, as far as the lockfile and its own binaries tell. */
    boolean serves(NixSystem system) {
        boolean hasForeignOnly = facts.filter(known -> !known.binaries().isEmpty())
                .filter(known -> known.binaries().stream().noneMatch(system::runs))
                .isPresent();
        return isLimited() && system.admits(locked) && !hasForeignOnly;
    }
}
