package dev.ocnix.pipeline;

import dev.ocnix.layout.Layout;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
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

/**
 * What builds a project of which no profile says it: the script {@code build} of the application's workspace and of each that
 * it reaches as a dependency, development included, those that others need first. If the root is the application and has such
 * a script, that one alone, because it drives the members' as a rule.
 */
final class BuildScripts {
    private static final String SCRIPT = "build";

    private final Lockfile lockfile;
    private final Layout layout;
    private final Manifests manifests;

    BuildScripts(Lockfile lockfile, Layout layout, Manifests manifests) {
        this.lockfile = lockfile;
        this.layout = layout;
        this.manifests = manifests;
    }

    /**
     * The workspaces whose scripts run, in their order.
     *
     * @throws OcnixException if a package.json on the way is missing or broken
     */
    List<Workspace> of(Workspace application) throws OcnixException {
        if (application.isRoot() && manifests.of(application).hasScript(SCRIPT)) {
            return List.of(application);
        }
        List<Workspace> scripts = new ArrayList<>();
        for (Workspace workspace : dependenciesFirst(application)) {
            if (manifests.of(workspace).hasScript(SCRIPT)) {
                scripts.add(workspace);
            }
        }
        return scripts;
    }

    /** The shell line that runs a workspace's script, at the root of the source. */
    static String command(Workspace workspace) {
        String run = "bun run " + SCRIPT;
        return workspace.isRoot() ? run : "( cd " + word(workspace.path()) + " && " + run + " )";
    }

    /** A path as one word of a shell, and never an option. */
    private static String word(String path) {
        String plain = path.startsWith("-") ? "./" + path : path;
        return plain.matches("[A-Za-z0-9@%+=:,./_-]+") ? plain : "'" + plain.replace("'", "'\\''") + "'";
    }

    private record Open(Workspace workspace, Iterator<Workspace> reached) {}

    private List<Workspace> dependenciesFirst(Workspace application) {
        Map<String, Workspace> byPath = new LinkedHashMap<>();
        lockfile.workspaces().forEach(workspace -> byPath.put(workspace.path(), workspace));
        List<Workspace> order = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Deque<Open> open = new ArrayDeque<>();
        seen.add(application.path());
        open.push(new Open(application, reached(application, byPath)));
        while (!open.isEmpty()) {
            Open top = open.peek();
            if (!top.reached.hasNext()) {
                order.add(open.pop().workspace);
                continue;
            }
            Workspace next = top.reached.next();
            // one that is still open closes a cycle
            if (seen.add(next.path())) {
                open.push(new Open(next, reached(next, byPath)));
            }
        }
        return order;
    }

    private Iterator<Workspace> reached(Workspace from, Map<String, Workspace> byPath) {
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
