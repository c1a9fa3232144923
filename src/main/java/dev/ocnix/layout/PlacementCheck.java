package dev.ocnix.layout;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlacementTree;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A search in a lockfile for what is needed and has no place. */
final class PlacementCheck {
    private static final int MOST_PROBLEMS = 20;
    private static final Set<DependencyKind> OF_MEMBERS = EnumSet.of(DependencyKind.PROD, DependencyKind.DEV);
    private static final Set<DependencyKind> OF_PACKAGES = EnumSet.of(DependencyKind.PROD);

    private final Lockfile lockfile;
    private final PlacementTree tree;
    private final Set<String> members;
    private final List<String> problems = new ArrayList<>();
    private int count;

    private PlacementCheck(Lockfile lockfile) {
        this.lockfile = lockfile;
        this.tree = new PlacementTree(lockfile.placements().keySet());
        this.members = lockfile.workspaces().stream().map(Workspace::path).collect(Collectors.toSet());
    }

    /** @throws OcnixException naming each dependency that resolves to no placement, unless it is optional or a peer */
    static void check(Lockfile lockfile) throws OcnixException {
        new PlacementCheck(lockfile).check();
    }

    private void check() throws OcnixException {
        for (Workspace workspace : lockfile.workspaces()) {
            check(
                    workspace.isRoot() ? Optional.empty() : workspace.name().map(PlacementKey::top),
                    workspace.isRoot() ? "the root package" : "workspace " + workspace.path(),
                    workspace.dependencies(),
                    OF_MEMBERS);
        }
        lockfile.placements().values().forEach(this::check);
        if (count > MOST_PROBLEMS) {
            problems.add((count - MOST_PROBLEMS) + " more dependencies of " + lockfileName()
                    + " resolve to nothing; run bun install to write the lockfile anew.");
        }
        if (!problems.isEmpty()) {
            throw new OcnixException(OcnixException.Fault.INPUT, problems);
        }
    }

    private void check(Placement placement) {
        LockedPackage locked = lockfile.packages().get(placement.id());
        if (locked == null) {
            report("The placement " + placement.key() + " of " + lockfileName() + " means " + placement.id()
                    + ", which the lockfile does not describe; run bun install to write it anew.");
        } else if (locked.resolution() instanceof Resolution.Workspace workspace) {
            if (!members.contains(workspace.path())) {
                report("The placement " + placement.key() + " of " + lockfileName() + " means a workspace at "
                        + workspace.path() + ", which the lockfile does not list; run bun install to write it anew.");
            }
        } else if (!(locked.resolution() instanceof Resolution.Root)) {
            check(
                    Optional.of(placement.key()),
                    "package " + placement.id() + " at " + placement.key(),
                    locked.dependencies(),
                    OF_PACKAGES);
        }
    }

    private void check(
            Optional<PlacementKey> folder, String who, List<Dependency> dependencies, Set<DependencyKind> required) {
        for (Dependency dependency : dependencies) {
            if (required.contains(dependency.kind())
                    && tree.resolve(folder, dependency.alias()).isEmpty()) {
                report("The dependency " + dependency.alias() + " of " + who + " has no placement in " + lockfileName()
                        + "; run bun install to write the lockfile anew.");
            }
        }
    }

    private void report(String problem) {
        count++;
        if (count <= MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    private String lockfileName() {
        return lockfile.kind().fileName();
    }
}
