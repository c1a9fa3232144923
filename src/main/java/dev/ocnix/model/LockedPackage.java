package dev.ocnix.model;

import dev.ocnix.hash.Sri;
import java.util.List;
import java.util.Optional;

/**
 * One package of a lockfile; several placements may point to it.
 *
 * @param integrity what the lockfile records of the tarball's content, already checked to be well-formed
 * @param dependencies sorted by alias
 * @param installScript whether the package has an install script; empty when the lockfile does not say
 * @param place where the lockfile says all this, for messages
 */
public record LockedPackage(
        PackageId id,
        Resolution resolution,
        Optional<Sri> integrity,
        Constraint os,
        Constraint cpu,
        Constraint libc,
        Bin bin,
        List<Dependency> dependencies,
        Optional<Boolean> installScript,
        Place place) {
    public LockedPackage {
        dependencies = List.copyOf(dependencies);
    }
}
