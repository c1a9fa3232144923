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
 * @param optional whether those are that may be missing
 * @param kept which packages the platform admits
 */
record EdgeFilter(boolean dev, boolean optional, Predicate<PackageId> kept) {
    /** A filter that keeps everything. */
    static EdgeFilter none() {
        return new EdgeFilter(true, true, id -> true);
    }

    boolean leavesOut(Group group) {
        return (!dev && group == Group.DEV) || (!optional && group == Group.OPTIONAL);
    }

    boolean keeps(Edge edge, Vertex to) {
        return !leavesOut(edge.group()) && (to.member().isPresent() || kept.test(to.id()));
    }
}
