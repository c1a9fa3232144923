package dev.ocnix.pipeline;

import dev.ocnix.layout.Layout;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.NearNames;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Words;
import dev.ocnix.model.Workspace;
import dev.ocnix.nix.BuilderFiles;
import dev.ocnix.nix.Building;
import dev.ocnix.project.Manifests;
import dev.ocnix.project.script.LeftOutCommands;
import dev.ocnix.project.script.LifecycleEvents;
import dev.ocnix.project.script.OwnScript;
import dev.ocnix.project.script.OwnScriptChoice;
import dev.ocnix.project.script.OwnScripts;
import dev.ocnix.project.script.ScriptCalls;
import dev.ocnix.project.script.ToolPackages;
import dev.ocnix.project.script.WorkspaceGraph;
import dev.ocnix.project.script.WorkspaceReach;
import dev.ocnix.project.script.WorkspaceScripts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides how the application is built: by which commands, with which workspaces, and with which lifecycle scripts. */
final class BuildPlanner {
    private static final int SHOWN = 10;

    private final Lockfile lockfile;
    private final WorkspaceGraph graph;
    private final Manifests manifests;
    private final Listener listener;
    private final Map<String, Workspace> byPath = new LinkedHashMap<>();
    private final WorkspaceReach reach;
    private final LeftOutCommands leftOut = LeftOutCommands.of(BuilderFiles.leftOutCommands());

    BuildPlanner(Lockfile lockfile, Layout layout, Manifests manifests, Listener listener) {
        this.lockfile = lockfile;
        this.graph = new WorkspaceGraph(lockfile, layout);
        this.manifests = manifests;
        this.listener = listener;
        lockfile.workspaces().forEach(workspace -> byPath.put(workspace.path(), workspace));
        this.reach = new WorkspaceReach(
                lockfile.workspaces(),
                path -> manifests.script(path).map(file -> new String(file, StandardCharsets.UTF_8)));
    }

    /**
     * @param programs of the application: command to file, relative to its workspace
     * @throws OcnixException if a package.json on the way is missing or broken
     */
    BuildPlan plan(Workspace application, SortedMap<String, String> programs, Profile profile) throws OcnixException {
        List<BuildScripts.Built> built = profile.buildCommands().isPresent()
                ? List.of()
                : new BuildScripts(graph, manifests, leftOut, listener).of(application, programs);
        List<String> commands = profile.buildCommands()
                .orElseGet(() -> built.stream().map(BuildScripts.Built::command).toList());
        OwnScriptChoice choice = profile.build().ownScripts();
        Set<String> workspaces = new LinkedHashSet<>(
                profile.buildWorkspaces().isEmpty()
                        ? reached(application, programs, built, commands, choice)
                        : known(profile.buildWorkspaces(), "buildWorkspaces"));
        Set<String> inScope = paths(scope(application, workspaces));
        lockfile.workspaces().stream()
                .filter(workspace -> choice.names(workspace) && !inScope.contains(workspace.path()))
                .forEach(workspace -> workspaces.add(workspace.path()));
        List<Workspace> scope = scope(application, workspaces);
        List<OwnScript> own = new ArrayList<>(ownScripts(scope, choice));
        own.addAll(elsewhere(scope));
        tell(own, scope, choice);
        if (!commands.isEmpty() || own.stream().anyMatch(OwnScript::isRun)) {
            tellTools(profile);
        }
        return new BuildPlan(commands, List.copyOf(workspaces), building(own, profile), own);
    }

    /** Those that need others come after them; the root is the last. */
    private List<Workspace> scope(Workspace application, Collection<String> workspaces) {
        Stream<Workspace> named = workspaces.stream().map(byPath::get);
        return graph.dependenciesFirst(
                Stream.concat(named, Stream.of(application, lockfile.root())).toList());
    }

    /** What the build's scripts reach beyond what the application depends on. */
    private List<String> reached(
            Workspace application,
            SortedMap<String, String> programs,
            List<BuildScripts.Built> built,
            List<String> commands,
            OwnScriptChoice choice)
            throws OcnixException {
        Set<String> paths = new TreeSet<>();
        if (built.isEmpty()) {
            for (String command : commands) {
                paths.addAll(reach.of("", calls(lockfile.root()).in(command)));
            }
        }
        for (BuildScripts.Built one : built) {
            paths.addAll(reach.of(one.workspace().path(), calls(one.workspace()).of(one.script())));
        }
        for (OwnScript script : ownScripts(scope(application, List.of()), choice)) {
            if (script.isRun()) {
                paths.addAll(reach.of(
                        script.workspace().path(), calls(script.workspace()).ofEvent(script.event())));
            }
        }
        if (application.isRoot() && programs.isEmpty() && !commands.isEmpty()) {
            paths.addAll(reach.all());
        }
        scope(application, List.of()).forEach(workspace -> paths.remove(workspace.path()));
        if (!paths.isEmpty()) {
            listener.info("The build has the packages of " + Words.few(paths, SHOWN)
                    + ", too, which its scripts reach (the buildWorkspaces of a profile would replace them).");
        }
        return List.copyOf(paths);
    }

    private ScriptCalls calls(Workspace workspace) throws OcnixException {
        return new ScriptCalls(manifests.of(workspace).scripts());
    }

    /** Those of the build's workspaces, in their order. */
    private List<OwnScript> ownScripts(List<Workspace> scope, OwnScriptChoice choice) throws OcnixException {
        return new OwnScripts(choice, leftOut).of(scripts(scope));
    }

    /** Those of members that the build does not have, and does not run. */
    private List<OwnScript> elsewhere(List<Workspace> scope) throws OcnixException {
        Set<String> paths = paths(scope);
        List<Workspace> others = lockfile.workspaces().stream()
                .filter(workspace -> !paths.contains(workspace.path()))
                .toList();
        return new OwnScripts(OwnScriptChoice.of(false), leftOut).of(scripts(others));
    }

    /** A member that the source lacks has none; who needs it says so. */
    private List<WorkspaceScripts> scripts(List<Workspace> workspaces) throws OcnixException {
        List<WorkspaceScripts> scripts = new ArrayList<>();
        for (Workspace workspace : workspaces) {
            if (manifests.has(workspace, "package.json")) {
                scripts.add(
                        new WorkspaceScripts(workspace, manifests.of(workspace).scripts()));
            }
        }
        return scripts;
    }

    private static Set<String> paths(List<Workspace> workspaces) {
        return workspaces.stream().map(Workspace::path).collect(Collectors.toSet());
    }

    private void tell(List<OwnScript> own, List<Workspace> scope, OwnScriptChoice choice) {
        Set<String> paths = paths(scope);
        List<OwnScript> inside = own.stream()
                .filter(script -> paths.contains(script.workspace().path()))
                .toList();
        List<String> run =
                inside.stream().filter(OwnScript::isRun).map(OwnScript::shown).toList();
        if (!run.isEmpty()) {
            listener.info(
                    "The build runs the project's own scripts as bun install does: " + Words.few(run, SHOWN) + ".");
        }
        List<String> ignored = inside.stream()
                .filter(script -> script.leftOut().isPresent())
                .map(script -> script.shown() + " (" + script.leftOut().get() + ")")
                .toList();
        if (!ignored.isEmpty() && !run.isEmpty()) {
            listener.info("Of them these are left out: " + Words.few(ignored, SHOWN) + ".");
        }
        List<OwnScript> missing = inside.stream()
                .filter(script -> !script.isRun() && script.leftOut().isEmpty())
                .toList();
        if (!choice.isDecided()) {
            missing.stream().limit(SHOWN).forEach(script -> listener.warn(untold(script)));
            if (missing.size() > SHOWN) {
                listener.warn(
                        (missing.size() - SHOWN)
                                + " more scripts of the project's own are not run; report.json lists them under lifecycleScripts.");
            }
        }
        tellUnknown(own, choice.names());
    }

    private void tellUnknown(List<OwnScript> own, List<String> names) {
        Set<String> known = new TreeSet<>();
        for (OwnScript script : own) {
            String path = OwnScriptChoice.shown(script.workspace());
            known.add(path);
            known.add(path + "#" + script.event());
        }
        names.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> listener.warn("The profile's ownScripts names " + Visible.quoted(name)
                        + ", which is no workspace with lifecycle scripts and none of these scripts"
                        + NearNames.like(known, name)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; correct it or take it out.")));
    }

    private void tellTools(Profile profile) {
        ToolPackages.in(lockfile).forEach((id, tools) -> {
            List<String> ours = tools.stream()
                    .filter(tool -> !profile.build().packageTools().contains(tool))
                    .toList();
            if (!ours.isEmpty()) {
                listener.info(id + " brings programs that the builder has, too (" + String.join(", ", ours)
                        + "); the build runs the builder's, unless packageTools of a profile names them. An install script that"
                        + " completes the package runs where dependencyScripts names it.");
            }
        });
    }

    private static String untold(OwnScript script) {
        String where =
                script.workspace().isRoot() ? "The root" : script.workspace().path();
        return where + " has a " + script.event() + " script, which bun install runs and this build does not: "
                + Visible.quoted(script.text())
                + " (ocnix.ownScripts=true runs all of them, ownScripts of a profile chosen ones; false says that none is needed).";
    }

    private Building building(List<OwnScript> own, Profile profile) {
        Map<String, List<String>> byWorkspace = new LinkedHashMap<>();
        own.stream()
                .filter(OwnScript::isRun)
                .forEach(script -> byWorkspace
                        .computeIfAbsent(script.workspace().path(), path -> new ArrayList<>())
                        .add(script.event()));
        List<Building.Scripts> scripts = byWorkspace.entrySet().stream()
                .map(entry -> new Building.Scripts(entry.getKey(), entry.getValue()))
                .toList();
        return new Building(
                scripts,
                dependencyScripts(profile.build().dependencyScripts()),
                fetched().stream()
                        .map(locked -> locked.id().name())
                        .filter(profile.build().writable()::contains)
                        .distinct()
                        .toList(),
                profile.build().packageTools());
    }

    private SortedMap<String, List<String>> dependencyScripts(List<String> names) {
        SortedMap<String, List<String>> scripts = new TreeMap<>();
        for (LockedPackage locked : fetched()) {
            if (names.contains(locked.id().name())) {
                scripts.put(locked.id().toString(), LifecycleEvents.ofDependency(locked.resolution()));
            }
        }
        return scripts;
    }

    private List<LockedPackage> fetched() {
        return lockfile.packages().values().stream()
                .filter(locked -> locked.resolution().isFetched())
                .toList();
    }

    private List<String> known(List<String> paths, String field) {
        paths.stream()
                .filter(path -> !byPath.containsKey(path))
                .forEach(path -> listener.warn("The profile's " + field + " names " + path
                        + ", which is no workspace of this revision; it is left out."));
        return paths.stream().filter(byPath::containsKey).toList();
    }
}
