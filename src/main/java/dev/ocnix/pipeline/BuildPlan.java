package dev.ocnix.pipeline;

import dev.ocnix.nix.Building;
import dev.ocnix.project.script.OwnScript;
import java.util.List;

/**
 * How the application is built.
 *
 * @param commands shell lines at the root of the source
 * @param workspaces paths of workspaces whose packages they need, besides those that the application reaches
 * @param building what is done besides
 * @param ownScripts what {@code bun install} runs for the project itself, members outside of the build included
 */
record BuildPlan(List<String> commands, List<String> workspaces, Building building, List<OwnScript> ownScripts) {
    BuildPlan {
        commands = List.copyOf(commands);
        workspaces = List.copyOf(workspaces);
        ownScripts = List.copyOf(ownScripts);
    }
}
