package dev.ocnix.project.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the scripts that {@code bun install} runs for the project itself. */
public final class OwnScripts {
    private final OwnScriptChoice choice;
    private final LeftOutCommands leftOut;

    public OwnScripts(OwnScriptChoice choice, LeftOutCommands leftOut) {
        this.choice = choice;
        this.leftOut = leftOut;
    }

    /**
     * Those of some workspaces in the order in which a build runs them: that of the workspaces, and the root's last, as Bun
     * has it.
     */
    public List<OwnScript> of(List<WorkspaceScripts> workspaces) {
        List<OwnScript> found = new ArrayList<>();
        workspaces.stream().filter(one -> !one.workspace().isRoot()).forEach(member -> found.addAll(of(member)));
        workspaces.stream().filter(one -> one.workspace().isRoot()).forEach(root -> found.addAll(of(root)));
        return found;
    }

    private List<OwnScript> of(WorkspaceScripts one) {
        ScriptCalls calls = new ScriptCalls(one.scripts());
        List<OwnScript> found = new ArrayList<>();
        for (String event : LifecycleEvents.ofWorkspace(one.workspace().isRoot())) {
            String text = one.scripts().get(event);
            if (text != null && !text.isBlank()) {
                Optional<String> reason = leftOut.reason(calls.ofEvent(event));
                boolean isRun = reason.isEmpty() && choice.includes(one.workspace(), event);
                found.add(new OwnScript(one.workspace(), event, text, isRun, reason));
            }
        }
        return found;
    }
}
