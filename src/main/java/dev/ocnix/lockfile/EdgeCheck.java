package dev.ocnix.lockfile;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlacementTree;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Workspace;
import java.util.List;
import java.util.Optional;

/**
 * Looks each required edge of a text lockfile up in the tree of placements, as Bun does when it reads one. A missing peer
 * makes Bun 1.2 and 1.3 refuse the file, but not 1.4.
 */
public final class EdgeCheck {
    private final String fileName;
    private final LockfileAssembler lockfile;
    private final Places places;
    private final boolean peersMayMiss;
    private final PlacementTree tree;

    private EdgeCheck(String fileName, LockfileAssembler lockfile, Places places, boolean peersMayMiss) {
        this.fileName = fileName;
        this.lockfile = lockfile;
        this.places = places;
        this.peersMayMiss = peersMayMiss;
        this.tree = new PlacementTree(
                lockfile.placements().stream().map(Placement::key).toList());
    }

    /** Where the file has an entry, for messages. */
    public interface Places {
        String of(Placement placement);

        String of(Workspace workspace);
    }

    /**
     * Checks that everything required is there.
     *
     * @throws LockfileException that names the first package with a missing edge, and the edge
     */
    public static void verify(String fileName, LockfileAssembler lockfile, Places places, boolean peersMayMiss)
            throws LockfileException {
        new EdgeCheck(fileName, lockfile, places, peersMayMiss).verify();
    }

    private void verify() throws LockfileException {
        for (Workspace workspace : lockfile.workspaces()) {
            Optional<PlacementKey> folder =
                    workspace.isRoot() ? Optional.empty() : workspace.name().map(PlacementKey::top);
            Optional<Dependency> missing = missing(folder, workspace.dependencies());
            if (missing.isPresent()) {
                throw failure(places.of(workspace), missing.get());
            }
        }
        for (Placement placement : lockfile.placements()) {
            Optional<LockedPackage> found = lockfile.find(placement.id());
            if (found.isPresent() && !isProject(found.get().resolution())) {
                Optional<Dependency> missing =
                        missing(Optional.of(placement.key()), found.get().dependencies());
                if (missing.isPresent()) {
                    throw failure(places.of(placement), missing.get());
                }
            }
        }
    }

    private static boolean isProject(Resolution resolution) {
        return resolution instanceof Resolution.Workspace || resolution instanceof Resolution.Root;
    }

    private LockfileException failure(String where, Dependency missing) {
        return LockfileException.at(
                fileName,
                where,
                "its dependency " + Visible.quoted(missing.alias()) + " is not in packages",
                LockfileException.RELOCK);
    }

    private Optional<Dependency> missing(Optional<PlacementKey> from, List<Dependency> dependencies) {
        for (Dependency edge : dependencies) {
            if (isRequired(edge.kind()) && target(from, edge.alias()).isEmpty()) {
                return Optional.of(edge);
            }
        }
        return Optional.empty();
    }

    private Optional<PlacementKey> target(Optional<PlacementKey> from, String alias) {
        return from.isPresent() ? tree.resolve(from.get(), alias) : tree.resolve(alias);
    }

    private boolean isRequired(DependencyKind kind) {
        return switch (kind) {
            case PROD, DEV -> true;
            case OPTIONAL, OPTIONAL_PEER -> false;
            case PEER -> !peersMayMiss;
        };
    }
}
