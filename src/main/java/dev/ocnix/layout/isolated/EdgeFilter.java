package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.layout.isolated.Graph.Group;
import dev.ocnix.layout.isolated.Graph.Vertex;
import dev.ocnix.model.PackageId;
import java.util.function.Predicate;

/**
 * Which dependencies are installed.
 *
 * @param dev whether those for development are
 * @param kept which packages the platform admits
 */
record EdgeFilter(boolean dev, Predicate<PackageId> kept) {
    boolean keeps(Vertex from, Edge edge, Vertex to) {
        boolean isLeftOut = !dev && edge.group() == Group.DEV && from.member().isPresent();
        return !isLeftOut && (to.member().isPresent() || kept.test(to.id()));
    }
}
