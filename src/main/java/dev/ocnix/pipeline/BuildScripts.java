package dev.ocnix.pipeline;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Words;
import dev.ocnix.model.Workspace;
import dev.ocnix.project.Manifests;
import dev.ocnix.project.script.LeftOutCommands;
import dev.ocnix.project.script.OwnScriptChoice;
import dev.ocnix.project.script.PublishScripts;
import dev.ocnix.project.script.WorkspaceGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What builds a project of which no profile says it: the script {@code build} of the application's workspace and of each that
 * it reaches as a dependency, development included, those that others need first. If the root is the application and has such
 * a script, that one alone, because it drives the members' as a rule. An application that has none, and programs that are not
 * in its source, is built as it is before it is published.
 */
final class BuildScripts {
    private static final String SCRIPT = "build";
    private static final int SHOWN = 10;

    private final WorkspaceGraph graph;
    private final Manifests manifests;
    private final LeftOutCommands leftOut;
    private final Listener listener;

    BuildScripts(WorkspaceGraph graph, Manifests manifests, LeftOutCommands leftOut, Listener listener) {
        this.graph = graph;
        this.manifests = manifests;
        this.leftOut = leftOut;
        this.listener = listener;
    }

    /** A script of a workspace that a build runs. */
    record Built(Workspace workspace, String script) {
        /** The shell line that runs it at the root of the source. */
        String command() {
            String run = "bun run " + word(script);
            return workspace.isRoot() ? run : "( cd " + word(workspace.path()) + " && " + run + " )";
        }

        private String shown() {
            String where = OwnScriptChoice.shown(workspace);
            return script.equals(SCRIPT) ? where : where + " (" + script + ")";
        }

        /** A text as one word of a shell, and never an option. */
        private static String word(String text) {
            return Words.shell(text.startsWith("-") ? "./" + text : text);
        }
    }

    /**
     * The scripts that run, in their order; the listener is told of them.
     *
     * @param programs of the application: command to file, relative to its workspace
     * @throws OcnixException if a package.json on the way is missing or broken
     */
    List<Built> of(Workspace application, SortedMap<String, String> programs) throws OcnixException {
        List<Built> built = new ArrayList<>();
        boolean isDriver = application.isRoot() && manifests.of(application).hasScript(SCRIPT);
        for (Workspace workspace : isDriver ? List.of(application) : graph.dependenciesFirst(List.of(application))) {
            if (manifests.of(workspace).hasScript(SCRIPT)) {
                built.add(new Built(workspace, SCRIPT));
            }
        }
        if (!manifests.of(application).hasScript(SCRIPT)) {
            built.addAll(published(application, programs));
        }
        if (!built.isEmpty()) {
            listener.info("The package is built by the build scripts of "
                    + Words.few(built.stream().map(Built::shown).toList(), SHOWN)
                    + " (the buildCommands of a profile would replace them).");
        }
        return built;
    }

    private List<Built> published(Workspace application, SortedMap<String, String> programs) throws OcnixException {
        for (Map.Entry<String, String> program : programs.entrySet()) {
            if (!manifests.has(application, program.getValue())) {
                List<String> names =
                        PublishScripts.building(manifests.of(application).scripts(), leftOut);
                if (names.isEmpty()) {
                    listener.warn("The program " + program.getKey() + " is " + Visible.quoted(program.getValue())
                            + ", which the source does not have, and no build script makes it; say in buildCommands of a"
                            + " profile what does.");
                }
                return names.stream().map(name -> new Built(application, name)).toList();
            }
        }
        return List.of();
    }
}
