package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.layout.isolated.Graph.Group;
import dev.ocnix.layout.isolated.Graph.Vertex;
import dev.ocnix.layout.isolated.HoistedFolder.Entry;
import dev.ocnix.layout.isolated.HoistedFolder.Use;
import dev.ocnix.model.BunRange;
import dev.ocnix.model.BunVersion;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Places packages as Bun 1.4 does when it has read a lockfile (src/install/lockfile/Tree.rs): breadth first, each at the top, or,
 * where another version of it stands in the way or its peers would become wrong ones further up, in the folder of the package that
 * asks for it. Optional peers mean what the lockfile has in the package's own folder; the others come to mean what stands nearest
 * to the first use of the package that has them, if their range accepts it; if nothing does by then, what the lockfile's places
 * give, and else what is the first to come. What comes inside a tarball, and all that only this needs, stays in the folder of the
 * package that brings it, and others below that folder do not share it.
 */
final class Hoister {
    /** More folders for each edge than any project is known to have, so that a hostile lockfile costs no more than a large one. */
    private static final int FOLDERS_FOR_EACH_EDGE = 8;

    private static final int FOLDERS_OF_A_SMALL_PROJECT = 10_000;

    private final List<Vertex> vertices;
    private final List<List<Edge>> edges;
    private final int[][] targets;
    private final Deque<HoistedFolder> queue = new ArrayDeque<>();
    private final List<HoistedFolder> folders = new ArrayList<>();
    private final Map<String, List<Use>> open = new HashMap<>();
    private final Map<String, BunRange> ranges = new HashMap<>();

    /** @param edges of each package, in Bun's order */
    Hoister(List<Vertex> vertices, List<List<Edge>> edges) {
        this.vertices = vertices;
        this.edges = edges;
        this.targets = new int[edges.size()][];
        for (int owner = 0; owner < targets.length; owner++) {
            targets[owner] = edges.get(owner).stream()
                    .mapToInt(edge -> edge.isOptional() && !edge.isNested() ? Edge.OPEN : edge.target())
                    .toArray();
        }
    }

    /** The edges with what optional peers mean; where nothing does, what they meant before. */
    List<List<Edge>> bind() {
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

    /** Places that somebody has a package at for development. */
    Set<PlacementKey> forDevelopment() {
        Set<PlacementKey> places = new HashSet<>();
        for (HoistedFolder folder : folders) {
            folder.entries().forEach((alias, entry) -> {
                if (edge(entry.use()).group() == Group.DEV) {
                    places.add(folder.child(alias));
                }
            });
        }
        return places;
    }

    /** All places; empty if there are more than a project can have. */
    Optional<SortedMap<PlacementKey, Placement>> places() {
        if (!run()) {
            return Optional.empty();
        }
        SortedMap<PlacementKey, Placement> places = new TreeMap<>();
        for (HoistedFolder folder : folders) {
            folder.entries().forEach((alias, entry) -> {
                int target = target(entry.use());
                boolean isBundled = edge(entry.use()).isBundled();
                // what only a bundle needs is not installed
                boolean isShown =
                        !entry.isInside() || (isBundled && folder.ceiling().isEmpty());
                if (target != Edge.OPEN && isShown) {
                    PlacementKey key = folder.child(alias);
                    places.put(key, new Placement(key, vertices.get(target).id(), isBundled));
                }
            });
        }
        return Optional.of(places);
    }

    /** The package that an edge has come to mean. */
    Optional<Vertex> meaning(int owner, int position) {
        return Optional.of(targets[owner][position])
                .filter(target -> target != Edge.OPEN)
                .map(vertices::get);
    }

    /** Whether it came to an end. */
    private boolean run() {
        int most = FOLDERS_OF_A_SMALL_PROJECT
                + FOLDERS_FOR_EACH_EDGE * edges.stream().mapToInt(List::size).sum();
        queue.add(new HoistedFolder(Graph.ROOT, Optional.empty(), Optional.empty(), Optional.empty()));
        while (!queue.isEmpty()) {
            HoistedFolder folder = queue.remove();
            folders.add(folder);
            if (folders.size() > most || folder.depth() >= PlacementKey.MAX_DEPTH) {
                return false;
            }
            for (int i = 0; i < edges.get(folder.owner()).size(); i++) {
                Use use = new Use(folder.owner(), i);
                if (target(use) != Edge.OPEN || edge(use).isOptional()) {
                    hoist(folder, use);
                }
            }
        }
        return true;
    }

    private Edge edge(Use use) {
        return edges.get(use.owner()).get(use.position());
    }

    private int target(Use use) {
        return targets[use.owner()][use.position()];
    }

    private void hoist(HoistedFolder from, Use use) {
        if (edge(use).isBundled()) {
            place(from, use, Optional.of(from));
            return;
        }
        if (target(use) != Edge.OPEN && isCopied(target(use))) {
            place(from, use, from.ceiling());
            return;
        }
        HoistedFolder folder = from;
        boolean isKept = false;
        while (true) {
            Entry there = folder.entries().get(edge(use).alias());
            if (there != null) {
                meet(from, folder, use, there, isKept);
                return;
            }
            boolean isHighest = folder.parent().isEmpty()
                    || from.ceiling().filter(folder::equals).isPresent();
            if (isHighest && folder.parent().isPresent() && target(use) == folder.owner()) {
                return;
            }
            if (isHighest) {
                break;
            }
            isKept |= losesPeer(from, folder.parent().get(), use);
            folder = folder.parent().get();
        }
        if (target(use) == Edge.OPEN) {
            targets[use.owner()][use.position()] = edge(use).target();
        }
        place(isKept ? from : folder, use, from.ceiling());
    }

    /** Whether a required peer that fits what the user has or finds would find something worse from a folder on. */
    private boolean losesPeer(HoistedFolder from, HoistedFolder folder, Use use) {
        return target(use) != Edge.OPEN
                && edges.get(target(use)).stream()
                        .filter(peer -> peer.isPeer() && !peer.isOptional())
                        .anyMatch(peer -> isWorse(peer, from, folder, use));
    }

    private boolean isWorse(Edge peer, HoistedFolder from, HoistedFolder folder, Use use) {
        Optional<Entry> above = folder.find(peer.alias());
        int other = above.map(entry -> target(entry.use())).orElse(Edge.OPEN);
        if (other == Edge.OPEN) {
            return false;
        }
        // a peer of the root's own is not what a dependency of others is: it gives way to what the peer means
        boolean isRootsPeer = above.map(Entry::use)
                .filter(there -> there.owner() == Graph.ROOT && edge(there).isPeer())
                .isPresent();
        return own(peer.alias(), from, use).stream()
                .anyMatch(own -> own != other
                        && isAccepted(peer.literal(), own)
                        && (!isAccepted(peer.literal(), other) || (isRootsPeer && peer.target() == own)));
    }

    /** What the user of a package has under a name, or else finds. */
    private List<Integer> own(String alias, HoistedFolder from, Use use) {
        List<Integer> own = edges.get(use.owner()).stream()
                .filter(edge -> !edge.isPeer() && !edge.isOpen() && edge.alias().equals(alias))
                .map(Edge::target)
                .toList();
        return own.isEmpty()
                ? from
                        .parent()
                        .flatMap(parent -> parent.find(alias))
                        .map(entry -> target(entry.use()))
                        .filter(target -> target != Edge.OPEN)
                        .stream()
                        .toList()
                : own;
    }

    private void meet(HoistedFolder from, HoistedFolder folder, Use use, Entry entry, boolean isKept) {
        Use there = entry.use();
        int wanted = target(use);
        int found = target(there);
        if (wanted != Edge.OPEN && isHidden(entry, from, folder, use)) {
            place(from, use, from.ceiling());
        } else if (wanted == Edge.OPEN && found == Edge.OPEN) {
            open.computeIfAbsent(edge(use).alias(), name -> new ArrayList<>()).add(use);
        } else if (found == Edge.OPEN && isKept) {
            place(from, use, from.ceiling());
        } else if (found == Edge.OPEN) {
            resolve(there, wanted);
            place(folder, use, from.ceiling());
        } else {
            if (wanted == Edge.OPEN) {
                int locked = edge(use).target();
                resolve(use, locked == Edge.OPEN || isAccepted(edge(use).literal(), found) ? found : locked);
            }
            boolean isSatisfied = isSatisfied(from, folder, use, there);
            if (isSatisfied ? isKept : from != folder) {
                place(from, use, from.ceiling());
            }
        }
    }

    /** Whether a package below the folder of one that bundles something does not count what came with the bundle as its own. */
    private boolean isHidden(Entry entry, HoistedFolder from, HoistedFolder folder, Use use) {
        return entry.isInside()
                && from.ceiling().isEmpty()
                && folder != from
                && !(edge(use).isPeer() && edge(entry.use()).isBundled());
    }

    private void resolve(Use use, int target) {
        targets[use.owner()][use.position()] = target;
        for (Use waiting : Optional.ofNullable(open.remove(edge(use).alias())).orElse(List.of())) {
            targets[waiting.owner()][waiting.position()] = target;
        }
    }

    private boolean isSatisfied(HoistedFolder from, HoistedFolder folder, Use use, Use there) {
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
                && ranges.computeIfAbsent(literal, BunRange::parse)
                        .admits(BunVersion.scan(npm.get().id().resolution(), 0).lowest());
    }

    private boolean isCopied(int vertex) {
        return vertices.get(vertex)
                .locked()
                .filter(locked -> locked.resolution() instanceof Resolution.Folder)
                .isPresent();
    }

    private void place(HoistedFolder folder, Use use, Optional<HoistedFolder> ceiling) {
        String alias = edge(use).alias();
        folder.entries().put(alias, new Entry(use, ceiling.isPresent()));
        int target = target(use);
        if (target != Edge.OPEN && !edges.get(target).isEmpty()) {
            queue.add(new HoistedFolder(target, Optional.of(folder.child(alias)), Optional.of(folder), ceiling));
        }
    }
}
