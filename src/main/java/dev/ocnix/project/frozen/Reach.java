package dev.ocnix.project.frozen;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The places of a lockfile that something needs; an optional peer needs nothing. */
final class Reach {
    private final Pins pins;
    private final SortedSet<PlacementKey> reached = new TreeSet<>();
    private final Deque<PlacementKey> open = new ArrayDeque<>();

    private Reach(Pins pins) {
        this.pins = pins;
    }

    static SortedSet<PlacementKey> of(Pins pins, List<Workspace> workspaces) {
        Reach reach = new Reach(pins);
        for (Workspace workspace : workspaces) {
            for (Dependency edge : workspace.dependencies()) {
                if (edge.kind() != DependencyKind.OPTIONAL_PEER) {
                    reach.add(pins.place(workspace, edge.alias()));
                }
            }
        }
        reach.walk();
        return reach.reached;
    }

    private void add(Optional<PlacementKey> place) {
        if (place.isPresent() && reached.add(place.get())) {
            open.add(place.get());
        }
    }

    /** Those of members are known already. */
    private List<Dependency> edges(PlacementKey place) {
        return pins.at(place)
                .filter(locked -> !(locked.resolution() instanceof Resolution.Workspace)
                        && !(locked.resolution() instanceof Resolution.Root))
                .map(LockedPackage::dependencies)
                .orElse(List.of());
    }

    private void walk() {
        while (!open.isEmpty()) {
            PlacementKey place = open.remove();
            for (Dependency edge : edges(place)) {
                if (edge.kind() != DependencyKind.OPTIONAL_PEER) {
                    add(pins.place(place, edge.alias()));
                }
            }
        }
    }
}
