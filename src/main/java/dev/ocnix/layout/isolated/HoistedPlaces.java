package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The places of packages in a hoisted tree, as Bun since 1.4 chooses them anew when it has read a lockfile. They are the
 * lockfile's own unless peers have come to mean something else.
 *
 * @param places with what comes inside of tarballs
 * @param peers what each package's peers mean
 * @param development places that the root, a member or a folder has something at for its development
 */
public record HoistedPlaces(
        SortedMap<PlacementKey, Placement> places,
        Map<PackageId, Map<String, PackageId>> peers,
        Set<PlacementKey> development) {
    public HoistedPlaces {
        places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
        peers = Map.copyOf(peers);
        development = Set.copyOf(development);
    }

    /** Those that Bun chooses, or those of the lockfile if it would never end. */
    public static HoistedPlaces of(Lockfile lockfile) {
        GraphBuilder builder = new GraphBuilder(lockfile);
        List<List<Edge>> edges = builder.hoisted();
        Hoister hoister = new Hoister(builder.vertices(), edges);
        return hoister.places()
                .map(places -> new HoistedPlaces(
                        known(places, lockfile), peers(builder, edges, hoister), hoister.forDevelopment()))
                .orElseGet(() -> asLocked(lockfile));
    }

    /** Without members that the lockfile does not place. */
    private static SortedMap<PlacementKey, Placement> known(
            SortedMap<PlacementKey, Placement> places, Lockfile lockfile) {
        SortedMap<PlacementKey, Placement> known = new TreeMap<>(places);
        known.values().removeIf(placement -> !lockfile.packages().containsKey(placement.id()));
        return known;
    }

    private static Map<PackageId, Map<String, PackageId>> peers(
            GraphBuilder builder, List<List<Edge>> edges, Hoister hoister) {
        Map<PackageId, Map<String, PackageId>> peers = new HashMap<>();
        for (int owner = 0; owner < edges.size(); owner++) {
            Map<String, PackageId> own = new HashMap<>();
            for (int i = 0; i < edges.get(owner).size(); i++) {
                Edge edge = edges.get(owner).get(i);
                if (edge.isPeer()) {
                    hoister.meaning(owner, i)
                            .filter(vertex -> vertex.locked().isPresent())
                            .ifPresent(vertex -> own.put(edge.alias(), vertex.id()));
                }
            }
            if (!own.isEmpty()) {
                peers.put(builder.vertices().get(owner).id(), own);
            }
        }
        return peers;
    }

    /** Those of the lockfile itself. */
    public static HoistedPlaces asLocked(Lockfile lockfile) {
        return new HoistedPlaces(new TreeMap<>(lockfile.placements()), Map.of(), Set.of());
    }

    /**
     * Whether what a peer finds stands there only for somebody's development, and is not what the peer means. Bun does not install
     * it for the peer then.
     */
    public boolean isAnother(PackageId owner, String peer, PlacementKey found) {
        return development.contains(found)
                && Optional.ofNullable(peers.get(owner))
                        .flatMap(own -> Optional.ofNullable(own.get(peer)))
                        .filter(meant -> !Optional.ofNullable(places.get(found))
                                .map(Placement::id)
                                .equals(Optional.of(meant)))
                        .isPresent();
    }
}
