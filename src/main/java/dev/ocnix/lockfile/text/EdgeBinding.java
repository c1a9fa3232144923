package dev.ocnix.lockfile.text;

import dev.ocnix.model.Listing.Edge;
import dev.ocnix.model.Listing.Row;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlacementTree;
import dev.ocnix.model.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** The edges of the root and, since version 1, of the members. */
    void projects() {
        Row root = rows.get(0);
        for (int i = root.firstEdge(); i < root.firstEdge() + root.edgeCount(); i++) {
            bind(i, tree.resolve(edges.get(i).alias()));
        }
        for (int number = 1; version > 0 && number < rows.size() && isMember(rows.get(number)); number++) {
            bind(rows.get(number), PlacementKey.top(rows.get(number).id().name()));
        }
    }

    /** The edges of the package at a place, in place of what another place of it said. */
    void entry(PlacementKey key) {
        Row row = Optional.ofNullable(places.get(key)).map(rows::get).orElseThrow();
        if (!isMember(row)) {
            bind(row, key);
        }
    }

    private void bind(Row row, PlacementKey from) {
        for (int i = row.firstEdge(); i < row.firstEdge() + row.edgeCount(); i++) {
            bind(i, tree.resolve(from, edges.get(i).alias()));
        }
    }

    private void bind(int index, Optional<PlacementKey> place) {
        Optional<Integer> target = place.map(places::get);
        if (target.isPresent()) {
            Edge edge = edges.get(index);
            edges.set(index, new Edge(edge.alias(), edge.literal(), edge.kind(), edge.behavior(), target.get()));
        }
    }

    private static boolean isMember(Row row) {
        return row.resolution().filter(Resolution.Workspace.class::isInstance).isPresent();
    }
}
