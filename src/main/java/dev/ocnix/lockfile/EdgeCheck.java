package dev.ocnix.lockfile;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks each required edge of a text lockfile up in the tree of placements, as Bun does when it reads one. A missing peer
 * makes Bun 1.2 and 1.3 refuse the file, but not 1.4.
 */
public final class EdgeCheck {
    private final String fileName;
    private final LockfileAssembler lockfile;
    private final boolean peersMayMiss;
    private final Node top = new Node(Optional.empty());

    private EdgeCheck(String fileName, LockfileAssembler lockfile, boolean peersMayMiss) {
        this.fileName = fileName;
        this.lockfile = lockfile;
        this.peersMayMiss = peersMayMiss;
    }

    /**
     * Checks that everything required is there.
     *
     * @throws LockfileException that names the first package with a missing edge, and the edge
     */
    public static void verify(String fileName, LockfileAssembler lockfile, boolean peersMayMiss)
            throws LockfileException {
        new EdgeCheck(fileName, lockfile, peersMayMiss).verify();
    }

    private void verify() throws LockfileException {
        for (Placement placement : lockfile.placements()) {
            Node node = top;
            for (String name : placement.key().names()) {
                node = node.descend(name);
            }
            node.placed = Optional.of(placement.id());
        }
        for (Workspace workspace : lockfile.workspaces()) {
            Node start = workspace.isRoot() ? top : top.descend(workspace.name().orElse(""));
            String who = workspace.isRoot() ? "the root" : "the workspace " + SafeText.quote(workspace.path());
            edges(start, workspace.dependencies(), who);
        }
        for (Placement placement : lockfile.placements()) {
            Optional<LockedPackage> found = lockfile.find(placement.id());
            if (found.isPresent() && !isProject(found.get().resolution())) {
                Node node = top;
                for (String name : placement.key().names()) {
                    node = node.descend(name);
                }
                edges(
                        node,
                        found.get().dependencies(),
                        SafeText.quote(placement.key().toString()));
            }
        }
    }

    private static boolean isProject(Resolution resolution) {
        return resolution instanceof Resolution.Workspace || resolution instanceof Resolution.Root;
    }

    private void edges(Node start, List<Dependency> dependencies, String who) throws LockfileException {
        for (Dependency edge : dependencies) {
            if (isRequired(edge.kind()) && !start.reaches(edge.alias())) {
                throw LockfileException.of(
                        fileName,
                        "the dependency " + SafeText.quote(edge.alias()) + " of " + who + " is not in packages",
                        LockfileException.RELOCK);
            }
        }
    }

    private boolean isRequired(DependencyKind kind) {
        return switch (kind) {
            case PROD, DEV -> true;
            case OPTIONAL, OPTIONAL_PEER -> false;
            case PEER -> !peersMayMiss;
        };
    }

    /** A folder whose node_modules holds packages. */
    private static final class Node {
        private final Optional<Node> parent;
        private final Map<String, Node> children = new HashMap<>(0);
        private Optional<PackageId> placed = Optional.empty();

        Node(Optional<Node> parent) {
            this.parent = parent;
        }

        Node descend(String name) {
            return children.computeIfAbsent(name, key -> new Node(Optional.of(this)));
        }

        boolean reaches(String name) {
            for (Optional<Node> node = Optional.of(this); node.isPresent(); node = node.get().parent) {
                Node child = node.get().children.get(name);
                if (child != null && child.placed.isPresent()) {
                    return true;
                }
            }
            return false;
        }
    }
}
