package dev.ocnix.project.frozen;

import dev.ocnix.lockfile.LockfileAssembler;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import dev.ocnix.project.Declarations;
import dev.ocnix.project.Manifests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares a lockfile with the manifests beside it, with the verdict of {@code bun install --frozen-lockfile} of Bun 1.4.5:
 * what a package.json asks for must be what stands in the lockfile, and nothing in it may be without use. Groups, ranges that
 * the locked version meets, commands, trusted packages and patches are package.json's.
 */
public final class FrozenLockfile {
    private final Manifests manifests;
    private final Lockfile lockfile;
    private final Declarations declared;
    private final Pins pins;
    private final Differences differences;
    private final Map<String, Workspace> members = new LinkedHashMap<>();

    private FrozenLockfile(Manifests manifests, Lockfile lockfile, Declarations declared) {
        this.manifests = manifests;
        this.lockfile = lockfile;
        this.declared = declared;
        this.pins = new Pins(lockfile);
        this.differences = new Differences(lockfile.kind().fileName());
        declared.workspaces().stream()
                .filter(workspace -> !workspace.isRoot())
                .forEach(workspace -> members.put(workspace.path(), workspace));
    }

    /**
     * What a lockfile and its manifests say together.
     *
     * @throws OcnixException if a manifest cannot be read, or has what Bun cannot read
     */
    public static Agreement of(Lockfile lockfile, Manifests manifests) throws OcnixException {
        return new FrozenLockfile(manifests, lockfile, Declarations.of(manifests)).compare();
    }

    private Agreement compare() throws OcnixException {
        String root = manifests.path("");
        new SectionComparison(lockfile, declared, root, differences).compare();
        declared.missingMembers()
                .forEach(path -> differences.refuse(root + " names the workspace " + Differences.shown(path)
                        + ", which has no package.json in the source"));
        EdgeComparison edges = new EdgeComparison(pins, new Meaning(pins, declared), differences);
        List<Workspace> workspaces = new ArrayList<>();
        List<Workspace> needed = new ArrayList<>();
        SortedSet<String> absent = new TreeSet<>();
        for (Workspace recorded : lockfile.workspaces()) {
            Optional<Workspace> now = declaredOf(recorded);
            if (now.isPresent()) {
                Workspace merged = merged(recorded, now.get(), edges);
                workspaces.add(merged);
                needed.add(merged);
            } else if (manifests.at(recorded.path()).isEmpty()) {
                absent.add(recorded.path());
                needed.add(recorded);
            } else {
                differences.refuse(lockfile.kind().fileName() + " has the workspace "
                        + Differences.shown(recorded.name().orElse("")) + " at " + recorded.path() + ", and " + root
                        + " does not");
                workspaces.add(recorded);
                needed.add(recorded);
            }
        }
        members.values()
                .forEach(member -> differences.refuse(manifests.path(member.path()) + " is of the workspace "
                        + Differences.shown(member.name().orElse("")) + ", which "
                        + lockfile.kind().fileName() + " does not have there"));
        absent(absent, workspaces);
        lost(workspaces, needed);
        List<String> warnings = new ArrayList<>();
        differences.warning().ifPresent(warnings::add);
        if (!absent.isEmpty()) {
            warnings.add("The source has no package.json for "
                    + absent.stream().limit(5).collect(Collectors.joining(", "))
                    + (absent.size() > 5 ? " and " + (absent.size() - 5) + " more" : "")
                    + ", which the lockfile names as workspaces; they are left out, as by Bun.");
        }
        return new Agreement(lockfile(workspaces, absent), differences.refusal(), warnings);
    }

    /** What package.json declares of a recorded workspace; a member is known by path and name. */
    private Optional<Workspace> declaredOf(Workspace recorded) {
        if (recorded.isRoot()) {
            return Optional.of(declared.workspaces().get(0));
        }
        Workspace member = members.get(recorded.path());
        if (member == null || !member.name().equals(recorded.name())) {
            return Optional.empty();
        }
        return Optional.ofNullable(members.remove(recorded.path()));
    }

    private Workspace merged(Workspace recorded, Workspace now, EdgeComparison comparison) {
        String manifest = manifests.path(recorded.path());
        List<Dependency> edges = comparison.edges(recorded, now, manifest);
        Bin bin = recorded.bin();
        if (!recorded.isRoot() && !plain(bin).equals(plain(now.bin()))) {
            differences.take(manifest + " has other commands");
            bin = now.bin();
        }
        return new Workspace(recorded.path(), recorded.name(), recorded.version(), bin, edges);
    }

    /** Commands without what makes no difference. */
    private static Object plain(Bin bin) {
        if (bin instanceof Bin.Named named) {
            SortedMap<String, String> commands = new TreeMap<>();
            named.commands().forEach(command -> commands.put(command.name(), plain(command.path())));
            return commands;
        }
        if (bin instanceof Bin.File file) {
            return plain(file.path());
        }
        return bin;
    }

    private static String plain(String path) {
        return path.startsWith("./") ? path.substring(2) : path;
    }

    private void absent(Set<String> absent, List<Workspace> present) {
        for (Workspace workspace : present) {
            for (Dependency edge : workspace.dependencies()) {
                Optional<LockedPackage> target =
                        pins.place(workspace, edge.alias()).flatMap(pins::at);
                if (target.isPresent()
                        && target.get().resolution() instanceof Resolution.Workspace member
                        && absent.contains(member.path())) {
                    differences.refuse(manifests.path(workspace.path()) + " asks for the workspace "
                            + Differences.shown(edge.alias()) + ", whose " + manifests.path(member.path())
                            + " is not in the source");
                }
            }
        }
    }

    /** What nothing needs any more would be gone if Bun wrote the lockfile anew; a binary one is compared by packages. */
    private void lost(List<Workspace> workspaces, List<Workspace> needed) {
        SortedSet<PlacementKey> before = Reach.of(pins, lockfile.workspaces());
        SortedSet<PlacementKey> now = Reach.of(pins, needed);
        Set<PackageId> kept = new HashSet<>();
        if (lockfile.kind() == LockfileKind.BINARY) {
            now.forEach(place -> pins.at(place).ifPresent(locked -> kept.add(locked.id())));
        }
        SortedSet<PlacementKey> lost = new TreeSet<>(before);
        lost.removeAll(now);
        // the root links each member
        lost.removeIf(place -> pins.at(place)
                .filter(locked -> kept.contains(locked.id()) || locked.resolution() instanceof Resolution.Workspace)
                .isPresent());
        if (!lost.isEmpty() && !removed(lost, workspaces)) {
            List<String> names = lost.stream().map(PlacementKey::toString).toList();
            differences.refuse(lockfile.kind().fileName() + " has "
                    + names.stream().limit(5).map(Differences::shown).collect(Collectors.joining(", "))
                    + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "")
                    + ", which nothing asks for any more");
        }
    }

    private boolean removed(Set<PlacementKey> lost, List<Workspace> workspaces) {
        boolean found = false;
        for (Workspace workspace : workspaces) {
            Set<String> aliases =
                    workspace.dependencies().stream().map(Dependency::alias).collect(Collectors.toSet());
            for (Dependency edge : recorded(workspace.path())) {
                if (!aliases.contains(edge.alias())
                        && pins.place(workspace, edge.alias())
                                .filter(lost::contains)
                                .isPresent()) {
                    differences.refuse(lockfile.kind().fileName() + " has "
                            + Differences.shown(edge.alias(), edge.literal()) + " for "
                            + manifests.path(workspace.path()) + ", which does not ask for it");
                    found = true;
                }
            }
        }
        return found;
    }

    private List<Dependency> recorded(String path) {
        return lockfile.workspaces().stream()
                .filter(workspace -> workspace.path().equals(path))
                .findFirst()
                .map(Workspace::dependencies)
                .orElse(List.of());
    }

    /** The package of a member has what its workspace has. */
    private static LockedPackage ofProject(LockedPackage locked, Workspace root, Map<String, Workspace> workspaces) {
        Resolution resolution = locked.resolution();
        Workspace workspace = resolution instanceof Resolution.Workspace member ? workspaces.get(member.path()) : null;
        if (workspace != null) {
            return LockfileAssembler.ofProject(
                    locked.id(), resolution, workspace.bin(), workspace.dependencies(), locked.place());
        }
        if (resolution instanceof Resolution.Root) {
            List<Dependency> edges = root.dependencies();
            return LockfileAssembler.ofProject(locked.id(), resolution, locked.bin(), edges, locked.place());
        }
        return locked;
    }

    private Lockfile lockfile(List<Workspace> workspaces, Set<String> absent) {
        Map<PackageId, LockedPackage> packages = new TreeMap<>(lockfile.packages());
        Map<PlacementKey, Placement> placements = new TreeMap<>(lockfile.placements());
        Map<String, Workspace> byPath =
                workspaces.stream().collect(Collectors.toMap(Workspace::path, Function.identity()));
        packages.replaceAll((id, locked) -> ofProject(locked, workspaces.get(0), byPath));
        packages.values()
                .removeIf(locked ->
                        locked.resolution() instanceof Resolution.Workspace member && absent.contains(member.path()));
        placements.values().removeIf(placement -> !packages.containsKey(placement.id()));
        return new Lockfile(
                lockfile.kind(),
                lockfile.version(),
                lockfile.configVersion(),
                workspaces,
                packages,
                placements,
                declared.trusted(),
                declared.patches(),
                lockfile.overrides(),
                lockfile.catalogs(),
                lockfile.warnings());
    }
}
