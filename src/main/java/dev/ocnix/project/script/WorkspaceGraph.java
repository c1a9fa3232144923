package dev.ocnix.project.script;

import dev.ocnix.layout.Layout;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which workspaces depend on which, development included. */
public final class WorkspaceGraph {
    private final Lockfile lockfile;
    private final Layout layout;
    private final Map<String, Workspace> byPath = new LinkedHashMap<>();

    public WorkspaceGraph(Lockfile lockfile, Layout layout) {
        this.lockfile = lockfile;
        this.layout = layout;
        lockfile.workspaces().forEach(workspace -> byPath.put(workspace.path(), workspace));
    }

    private record Open(Workspace workspace, Iterator<Workspace> reached) {}

    /** Workspaces and those that they reach, each after those that it depends on, unless they depend on it, too. */
    public List<Workspace> dependenciesFirst(List<Workspace> starts) {
        List<Workspace> order = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Workspace start : starts) {
            if (seen.add(start.path())) {
                walk(start, seen, order);
            }
        }
        return order;
    }

    private void walk(Workspace start, Set<String> seen, List<Workspace> order) {
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open(start, reached(start)));
        while (!open.isEmpty()) {
            Open top = open.peek();
            if (!top.reached.hasNext()) {
                order.add(open.pop().workspace);
                continue;
            }
            Workspace next = top.reached.next();
            // one that is still open closes a cycle
            if (seen.add(next.path())) {
                open.push(new Open(next, reached(next)));
            }
        }
    }

    private Iterator<Workspace> reached(Workspace from) {
        return Optional.ofNullable(layout.members().get(from.path())).stream()
                .flatMap(member -> Stream.concat(member.dependencies().stream(), member.devDependencies().stream()))
                .flatMap(key -> path(key).stream())
                .flatMap(path -> Optional.ofNullable(byPath.get(path)).stream())
                .iterator();
    }

    private Optional<String> path(PlacementKey key) {
        Optional<Resolution> resolution = Optional.ofNullable(layout.nodes().get(key))
                .flatMap(node -> Optional.ofNullable(lockfile.packages().get(node.id())))
                .map(LockedPackage::resolution);
        if (resolution.orElse(null) instanceof Resolution.Workspace workspace) {
            return Optional.of(workspace.path());
        }
        return resolution.filter(Resolution.Root.class::isInstance).map(root -> "");
    }
}
