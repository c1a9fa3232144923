package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.layout.isolated.Graph.Group;
import dev.ocnix.layout.isolated.Graph.Vertex;
import dev.ocnix.model.BunRange;
import dev.ocnix.model.BunVersion;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Resolution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Places packages as Bun 1.4 does when it has read a lockfile (src/install/lockfile/Tree.zig): breadth first, each at the top, or,
 * where another version of it stands in the way, in the folder of the package that asks for it; and no higher than it finds the
 * peers that its user has for it. Optional peers mean what the lockfile has in the package's own folder; the others come to mean
 * what stands nearest to the first use of the package that has them, if their range accepts it; if nothing does by then, what the
 * lockfile's places give, and else what is the first to come.
 */
final class Hoister {
    private final List<Vertex> vertices;
    private final List<List<Edge>> edges;
    private final int[][] targets;
    private final Deque<Folder> queue = new ArrayDeque<>();
    private final Map<String, List<Use>> open = new HashMap<>();

    /** An edge by its owner and its position. */
    private record Use(int owner, int position) {}

    /** A node_modules folder. */
    private static final class Folder {
        private final int owner;
        private final Optional<Folder> parent;
        private final Map<String, Use> entries = new HashMap<>();

        Folder(int owner, Optional<Folder> parent) {
            this.owner = owner;
            this.parent = parent;
        }
    }

    /** @param edges of each package, in Bun's order */
    Hoister(List<Vertex> vertices, List<List<Edge>> edges) {
        this.vertices = vertices;
        this.edges = edges;
        this.targets = new int[edges.size()][];
        for (int owner = 0; owner < targets.length; owner++) {
            targets[owner] = edges.get(owner).stream().mapToInt(Edge::target).toArray();
        }
    }

    /** The edges with what optional peers mean; where nothing does, what they meant before. */
    List<List<Edge>> bind() {
        for (int owner = 0; owner < targets.length; owner++) {
            for (int i = 0; i < targets[owner].length; i++) {
                Edge edge = edges.get(owner).get(i);
                if (edge.isOptional() && !edge.isNested()) {
                    targets[owner][i] = Edge.OPEN;
                }
            }
        }
        run();
        List<List<Edge>> bound = new ArrayList<>(edges.size());
        for (int owner = 0; owner < targets.length; owner++) {
            List<Edge> own = new ArrayList<>(targets[owner].length);
            for (int i = 0; i < targets[owner].length; i++) {
                Edge edge = edges.get(owner).get(i);
                own.add(targets[owner][i] == Edge.OPEN ? edge : edge.to(targets[owner][i]));
            }
            bound.add(own);
        }
        return bound;
    }

    private void run() {
        queue.add(new Folder(Graph.ROOT, Optional.empty()));
        while (!queue.isEmpty()) {
            Folder folder = queue.remove();
            for (int i = 0; i < edges.get(folder.owner).size(); i++) {
                Use use = new Use(folder.owner, i);
                if (target(use) != Edge.OPEN || edge(use).isOptional()) {
                    hoist(folder, use);
                }
            }
        }
    }

    private Edge edge(Use use) {
        return edges.get(use.owner()).get(use.position());
    }

    private int target(Use use) {
        return targets[use.owner()][use.position()];
    }

    private void hoist(Folder from, Use use) {
        String alias = edge(use).alias();
        if (target(use) != Edge.OPEN && isCopied(target(use))) {
            place(from, use);
            return;
        }
        Folder folder = from;
        while (true) {
            Use there = folder.entries.get(alias);
            if (there != null) {
                meet(from, folder, use, there);
                return;
            }
            if (folder.parent.isEmpty() || losesPeer(folder.parent.get(), use)) {
                if (target(use) == Edge.OPEN) {
                    targets[use.owner()][use.position()] = edge(use).target();
                }
                place(folder, use);
                return;
            }
            folder = folder.parent.get();
        }
    }

    /** Whether a peer that the user has as a dependency, and that fits, would be another from a folder on, which does not. */
    private boolean losesPeer(Folder folder, Use use) {
        if (target(use) == Edge.OPEN || edge(use).isPeer()) {
            return false;
        }
        return edges.get(target(use)).stream()
                .filter(peer -> peer.isPeer() && !peer.isOptional())
                .anyMatch(peer -> edges.get(use.owner()).stream()
                        .filter(own ->
                                !own.isPeer() && !own.isOpen() && own.alias().equals(peer.alias()))
                        .anyMatch(own -> isAccepted(peer.literal(), own.target())
                                && found(folder, peer.alias())
                                        .filter(other -> other != own.target() && !isAccepted(peer.literal(), other))
                                        .isPresent()));
    }

    /** What stands nearest. */
    private Optional<Integer> found(Folder from, String alias) {
        for (Optional<Folder> folder = Optional.of(from); folder.isPresent(); folder = folder.get().parent) {
            Use there = folder.get().entries.get(alias);
            if (there != null) {
                return Optional.of(target(there)).filter(target -> target != Edge.OPEN);
            }
        }
        return Optional.empty();
    }

    private void meet(Folder from, Folder folder, Use use, Use there) {
        String alias = edge(use).alias();
        int wanted = target(use);
        int found = target(there);
        if (wanted == Edge.OPEN && found == Edge.OPEN) {
            open.computeIfAbsent(alias, name -> new ArrayList<>()).add(use);
        } else if (found == Edge.OPEN) {
            resolve(alias, there, wanted);
            place(folder, use);
        } else if (wanted == Edge.OPEN) {
            int locked = edge(use).target();
            resolve(alias, use, locked == Edge.OPEN || isAccepted(edge(use).literal(), found) ? found : locked);
        } else if (!isSatisfied(from, folder, use, there) && from != folder) {
            place(from, use);
        }
    }

    private void resolve(String alias, Use use, int target) {
        targets[use.owner()][use.position()] = target;
        for (Use waiting : Optional.ofNullable(open.remove(alias)).orElse(List.of())) {
            targets[waiting.owner()][waiting.position()] = target;
        }
    }

    private boolean isSatisfied(Folder from, Folder folder, Use use, Use there) {
        if (target(use) == target(there)) {
            return true;
        }
        Edge edge = edge(use);
        if (from == folder && (edge.group() == Group.DEV) != (edge(there).group() == Group.DEV)) {
            return true;
        }
        return edge.isPeer() && (there.owner() == Graph.ROOT || isAccepted(edge.literal(), target(there)));
    }

    private boolean isAccepted(String literal, int vertex) {
        Optional<LockedPackage> npm =
                vertices.get(vertex).locked().filter(locked -> locked.resolution() instanceof Resolution.Npm);
        return npm.isPresent()
                && PeerBinding.isRange(literal)
                && BunRange.parse(literal)
                        .admits(BunVersion.scan(npm.get().id().resolution(), 0).lowest());
    }

    private boolean isCopied(int vertex) {
        return vertices.get(vertex)
                .locked()
                .filter(locked -> locked.resolution() instanceof Resolution.Folder)
                .isPresent();
    }

    private void place(Folder folder, Use use) {
        folder.entries.put(edge(use).alias(), use);
        int target = target(use);
        if (target != Edge.OPEN && !edges.get(target).isEmpty()) {
            queue.add(new Folder(target, Optional.of(folder)));
        }
    }
}
