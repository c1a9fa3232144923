package dev.ocnix.lockfile.text;

import dev.ocnix.model.Listing.Edge;
import dev.ocnix.model.Listing.Row;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlacementTree;
import dev.ocnix.model.RangeKind;
import dev.ocnix.model.Resolution;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks up the row that each edge means, as Bun does. */
final class EdgeBinding {
    private final int version;
    private final List<Row> rows;
    private final List<Edge> edges;
    private final Map<PlacementKey, Integer> places;
    private final PlacementTree tree;

    /** @param edges of the rows; each is replaced once its target is known */
    EdgeBinding(int version, List<Row> rows, List<Edge> edges, Map<PlacementKey, Integer> places) {
        this.version = version;
        this.rows = rows;
        this.edges = edges;
        this.places = places;
        this.tree = new PlacementTree(places.keySet());
    }

    /** The edges of the root and, since version 1, of the members; of two with one name Bun understands only the first. */
    void projects() {
        project(rows.get(0), Optional.empty());
        for (int number = 1; version > 0 && number < rows.size() && isMember(rows.get(number)); number++) {
            project(
                    rows.get(number),
                    Optional.of(PlacementKey.top(rows.get(number).id().name())));
        }
    }

    private void project(Row row, Optional<PlacementKey> folder) {
        Set<String> seen = new HashSet<>();
        for (int i = row.firstEdge(); i < row.firstEdge() + row.edgeCount(); i++) {
            Edge edge = edges.get(i);
            boolean first = edge.behavior() == Edge.WORKSPACE || seen.add(edge.alias());
            bind(i, folder.isPresent() ? tree.resolve(folder.get(), edge.alias()) : tree.resolve(edge.alias()), first);
        }
    }

    /**
     * The edges of the package at a place, in place of what another place of it said. Of the members of version 0, Bun only
     * finds the optional peers, and those at the top.
     */
    void entry(PlacementKey key) {
        Row row = Optional.ofNullable(places.get(key)).map(rows::get).orElseThrow();
        if (!isMember(row)) {
            bind(row, key);
        } else if (version == 0) {
            for (int i = row.firstEdge(); i < row.firstEdge() + row.edgeCount(); i++) {
                if (edges.get(i).behavior() == (Edge.PEER | Edge.OPTIONAL)) {
                    bind(i, tree.resolve(edges.get(i).alias()), false);
                }
            }
        }
    }

    private void bind(Row row, PlacementKey from) {
        for (int i = row.firstEdge(); i < row.firstEdge() + row.edgeCount(); i++) {
            bind(i, tree.resolve(from, edges.get(i).alias()), true);
        }
    }

    /**
     * An edge that was once bound to a member keeps that kind.
     *
     * @param understood whether an edge to a member is one, whatever its range says
     */
    private void bind(int index, Optional<PlacementKey> place, boolean understood) {
        Optional<Integer> target = place.map(places::get);
        if (target.isPresent()) {
            Edge edge = edges.get(index);
            boolean member = version > 0 && understood && isMember(rows.get(target.get()));
            Optional<RangeKind> kind = member ? Optional.of(RangeKind.WORKSPACE) : edge.kind();
            edges.set(index, new Edge(edge.alias(), edge.literal(), kind, edge.behavior(), target.get()));
        }
    }

    private static boolean isMember(Row row) {
        return row.resolution().filter(Resolution.Workspace.class::isInstance).isPresent();
    }
}
