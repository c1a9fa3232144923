package dev.ocnix.project.script;

import dev.ocnix.model.Workspace;
import java.util.Optional;

/**
 * A script that {@code bun install} runs for the root or for a member.
 *
 * @param event its name
 * @param isRun whether the build runs it
 * @param leftOut why nothing of it would be run, where that is so
 */
public record OwnScript(Workspace workspace, String event, String text, boolean isRun, Optional<String> leftOut) {
    /** The script in a sentence. */
    public String shown() {
        return event + " of " + (workspace.isRoot() ? "the root" : workspace.path());
    }
}
