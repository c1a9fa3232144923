package dev.ocnix.layout;

import dev.ocnix.layout.isolated.HoistedPlaces;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PlacementKey;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The hoisted tree as Bun since 1.4 places it, with each dependency edge resolved to the place that it means. It covers all
 * platforms; what a machine needs of it follows from walking the edges.
 *
 * @param nodes one per place
 * @param members by path; the root has the empty path
 */
public record Layout(SortedMap<PlacementKey, Node> nodes, SortedMap<String, Member> members) {
    public Layout {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /**
     * One place in node_modules.
     *
     * @param bundled whether the files come inside the parent's tarball
     * @param edges the places of dependencies, optional dependencies and required peers that the lockfile has, sorted; of a
     *     workspace member those of {@link Member#dependencies}
     * @param optionalEdges those of them that only optional dependencies have
     * @param peerEdges the places of optional peers that the lockfile has and nothing else of the package asks for, sorted
     * @param devEdges of a copied folder the places of what it needs for development, sorted
     */
    public record Node(
            PackageId id,
            boolean bundled,
            List<PlacementKey> edges,
            List<PlacementKey> optionalEdges,
            List<PlacementKey> peerEdges,
            List<PlacementKey> devEdges) {
        public Node {
            edges = List.copyOf(edges);
            optionalEdges = List.copyOf(optionalEdges);
            peerEdges = List.copyOf(peerEdges);
            devEdges = List.copyOf(devEdges);
        }
    }

    /**
     * The root or a workspace member.
     *
     * @param dependencies the places of dependencies, optional dependencies and required peers, sorted; those in the
     *     member's own folder have keys below the member's name
     * @param optionalDependencies those of them that only optional dependencies have
     * @param peerDependencies those of {@code dependencies} that only required peers have
     * @param optionalPeers the places of optional peers that the lockfile has and no other group asks for, sorted
     * @param devDependencies likewise, for development
     */
    public record Member(
            Optional<String> name,
            Optional<String> version,
            Bin bin,
            List<PlacementKey> dependencies,
            List<PlacementKey> optionalDependencies,
            List<PlacementKey> peerDependencies,
            List<PlacementKey> optionalPeers,
            List<PlacementKey> devDependencies) {
        public Member {
            dependencies = List.copyOf(dependencies);
            optionalDependencies = List.copyOf(optionalDependencies);
            peerDependencies = List.copyOf(peerDependencies);
            optionalPeers = List.copyOf(optionalPeers);
            devDependencies = List.copyOf(devDependencies);
        }
    }

    /** Packages that stand somewhere without having come inside of another's tarball. */
    public SortedSet<PackageId> unbundled() {
        return nodes.values().stream()
                .filter(node -> !node.bundled())
                .map(Node::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Resolves all edges.
     *
     * @throws OcnixException naming each dependency that resolves to no placement, unless it is optional or a peer
     */
    public static Layout of(Lockfile lockfile) throws OcnixException {
        PlacementCheck.check(lockfile);
        return new EdgeResolver(lockfile, HoistedPlaces.of(lockfile)).resolve();
    }
}
