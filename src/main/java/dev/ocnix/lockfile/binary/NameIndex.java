package dev.ocnix.lockfile.binary;

import dev.ocnix.hash.Wyhash;
import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Resolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds names by the hashes that a lockfile records instead of them; made only for files that need it. */
final class NameIndex {
    private final Dependencies dependencies;
    private final List<Optional<LockedPackage>> packages;
    private final Map<String, String> memberVersions;

    /**
     * An index of everything in the file that has a name.
     *
     * @param memberVersions the versions of workspace members by their names
     */
    NameIndex(Dependencies dependencies, List<Optional<LockedPackage>> packages, Map<String, String> memberVersions) {
        this.dependencies = dependencies;
        this.packages = packages;
        this.memberVersions = memberVersions;
    }

    /** The names of dependencies and packages that the given lower halves of hashes mean. */
    Map<Integer, String> byHalfHash(Set<Integer> wanted) throws LockfileException {
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < dependencies.count(); i++) {
            if (wanted.contains(dependencies.halfHash(i))) {
                put(names, dependencies.alias(i));
            }
        }
        if (names.size() < wanted.size()) {
            for (Optional<LockedPackage> found : packages) {
                if (found.isPresent()) {
                    put(names, found.get().id().name());
                }
            }
        }
        names.keySet().retainAll(wanted);
        return names;
    }

    private static void put(Map<Integer, String> names, String name) {
        names.put((int) Wyhash.of(name), name);
    }

    /** {@code name@resolution} of each package by the hash of the {@code name@version} that a patch is recorded under. */
    Map<Long, String> byPatchHash() {
        Map<Long, String> ids = new HashMap<>();
        for (Optional<LockedPackage> found : packages) {
            found.ifPresent(entry -> {
                String name = entry.id().name();
                String version = entry.resolution() instanceof Resolution.Workspace
                        ? memberVersions.getOrDefault(name, "")
                        : entry.id().resolution();
                ids.put(Wyhash.of(name + "@" + version), entry.id().toString());
            });
        }
        return ids;
    }
}
