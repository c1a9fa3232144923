package dev.ocnix.pipeline;

import dev.ocnix.layout.Layout;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlacementTree;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which packages of a lockfile have content of their own that a tree must fetch. */
final class Fetchables {
    private static final String FILE = "file:";

    private final Lockfile lockfile;
    private final Map<PackageId, String> folders;

    Fetchables(Lockfile lockfile) {
        this.lockfile = lockfile;
        this.folders = folders(lockfile);
    }

    /** Every package with a place of its own, outside its parent's tarball, whose resolution names content; sorted. */
    List<LockedPackage> packages() {
        return packages(new TreeSet<>());
    }

    /** Those, and what a layout has out of a bundle. */
    List<LockedPackage> packages(Layout layout) {
        return packages(layout.unbundled());
    }

    private List<LockedPackage> packages(SortedSet<PackageId> placed) {
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
     * that manifest.
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

    /**
     * The folders, with a trailing slash, that the paths of local tarballs start from; the root's is empty. It is that of the
     * first manifest whose own range is that path: a workspace's, the root's for its overrides and catalogs, that of a
     * {@code file:} folder; else that of the first workspace that names the package at all.
     */
    private static Map<PackageId, String> folders(Lockfile lockfile) {
        List<LockedPackage> tarballs = lockfile.packages().values().stream()
                .filter(locked -> locked.resolution() instanceof Resolution.LocalTarball)
                .toList();
        Map<PackageId, String> folders = new HashMap<>();
        if (tarballs.isEmpty()) {
            return folders;
        }
        PlacementTree tree = new PlacementTree(lockfile.placements().keySet());
        Map<PackageId, String> named = new HashMap<>();
        for (Workspace workspace : lockfile.workspaces()) {
            String folder = workspace.isRoot() ? "" : workspace.path() + "/";
            for (Dependency dependency : workspace.dependencies()) {
                Optional<LockedPackage> target =
                        place(tree, workspace, dependency).flatMap(place -> tarball(lockfile, place));
                if (target.isPresent()) {
                    named.putIfAbsent(target.get().id(), folder);
                    if (isRangeOf(target.get(), dependency.literal())) {
                        folders.putIfAbsent(target.get().id(), folder);
                    }
                }
            }
        }
        addOfRoot(lockfile, tarballs, folders);
        addOfFolders(lockfile, tree, folders);
        named.forEach(folders::putIfAbsent);
        return folders;
    }

    private static void addOfRoot(Lockfile lockfile, List<LockedPackage> tarballs, Map<PackageId, String> folders) {
        Set<String> ofRoot = new HashSet<>();
        lockfile.overrides().forEach(rule -> ofRoot.add(path(rule.replacement())));
        lockfile.catalogs().values().forEach(catalog -> catalog.values().forEach(range -> ofRoot.add(path(range))));
        for (LockedPackage locked : tarballs) {
            if (locked.resolution() instanceof Resolution.LocalTarball tarball && ofRoot.contains(tarball.path())) {
                folders.putIfAbsent(locked.id(), "");
            }
        }
    }

    private static void addOfFolders(Lockfile lockfile, PlacementTree tree, Map<PackageId, String> folders) {
        for (Placement placement : lockfile.placements().values()) {
            LockedPackage locked = lockfile.packages().get(placement.id());
            if (locked != null && locked.resolution() instanceof Resolution.Folder folder) {
                for (Dependency dependency : locked.dependencies()) {
                    tree.resolve(placement.key(), dependency.alias())
                            .flatMap(place -> tarball(lockfile, place))
                            .filter(target -> isRangeOf(target, dependency.literal()))
                            .ifPresent(target -> folders.putIfAbsent(target.id(), folder.path() + "/"));
                }
            }
        }
    }

    /** The local tarball at a place. */
    private static Optional<LockedPackage> tarball(Lockfile lockfile, PlacementKey place) {
        return Optional.ofNullable(lockfile.placements().get(place))
                .map(placement -> lockfile.packages().get(placement.id()))
                .filter(locked -> locked.resolution() instanceof Resolution.LocalTarball);
    }

    private static boolean isRangeOf(LockedPackage locked, String range) {
        return locked.resolution() instanceof Resolution.LocalTarball tarball
                && tarball.path().equals(path(range));
    }

    /** A range as the resolution of a local tarball has it. */
    private static String path(String range) {
        return range.startsWith(FILE) ? range.substring(FILE.length()) : range;
    }

    private static Optional<PlacementKey> place(PlacementTree tree, Workspace workspace, Dependency dependency) {
        return workspace.isRoot() || workspace.name().isEmpty()
                ? tree.resolve(dependency.alias())
                : tree.resolve(PlacementKey.top(workspace.name().get()), dependency.alias());
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
