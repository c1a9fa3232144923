package dev.ocnix.pipeline;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which packages of a lockfile have content of their own that a tree must fetch. */
final class Fetchables {
    private final Lockfile lockfile;
    private final Map<PackageId, String> folders;

    Fetchables(Lockfile lockfile) {
        this.lockfile = lockfile;
        this.folders = folders(lockfile);
    }

    /** Every package with a place of its own, outside its parent's tarball, whose resolution names content; sorted. */
    List<LockedPackage> packages() {
        SortedSet<PackageId> placed = new TreeSet<>();
        for (Placement placement : lockfile.placements().values()) {
            if (!placement.bundled()) {
                placed.add(placement.id());
            }
        }
        return placed.stream()
                .map(id -> Optional.ofNullable(lockfile.packages().get(id)))
                .flatMap(Optional::stream)
                .filter(locked -> locked.resolution().isFetched())
                .toList();
    }

    /**
     * The path in the source of a local tarball. The lockfile has it as the manifest does that names it, so it is relative to
     * that manifest: the root's, if the root names the package, else a member's.
     *
     * @param lockfileFolder empty, or with a trailing slash
     * @return empty if the path leaves the source
     */
    Optional<String> pathInSource(PackageId id, Resolution.LocalTarball tarball, String lockfileFolder) {
        return normalise(lockfileFolder + folders.getOrDefault(id, "") + tarball.path());
    }

    /** The path in the source of a folder; the lockfile has it relative to its own folder. */
    static Optional<String> pathInSource(Resolution.Folder folder, String lockfileFolder) {
        return normalise(lockfileFolder + folder.path());
    }

    /** The folder, with a trailing slash, of the first workspace that names a package; of the root it is empty. */
    private static Map<PackageId, String> folders(Lockfile lockfile) {
        Map<PackageId, String> folders = new HashMap<>();
        for (Workspace workspace : lockfile.workspaces()) {
            String folder = workspace.isRoot() ? "" : workspace.path() + "/";
            for (Dependency dependency : workspace.dependencies()) {
                placement(lockfile, workspace, dependency)
                        .ifPresent(placement -> folders.putIfAbsent(placement.id(), folder));
            }
        }
        return folders;
    }

    private static Optional<Placement> placement(Lockfile lockfile, Workspace workspace, Dependency dependency) {
        PlacementKey top = PlacementKey.top(dependency.alias());
        return workspace
                .name()
                .map(name -> PlacementKey.top(name).child(dependency.alias()))
                .map(lockfile.placements()::get)
                .or(() -> Optional.ofNullable(lockfile.placements().get(top)));
    }

    private static Optional<String> normalise(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..")) {
                if (names.isEmpty()) {
                    return Optional.empty();
                }
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return Optional.of(String.join("/", names));
    }
}
