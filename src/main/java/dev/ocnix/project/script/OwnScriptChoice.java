package dev.ocnix.project.script;

import dev.ocnix.model.Workspace;
import java.util.List;

/**
 * Which of the project's own lifecycle scripts a build runs.
 *
 * @param isDecided whether anybody said so; else what is not run is told
 * @param all whether all of them are run
 * @param names those that are run: a workspace's path, {@code .} for the root, or one of its scripts as {@code path#script}
 */
public record OwnScriptChoice(boolean isDecided, boolean all, List<String> names) {
    private static final OwnScriptChoice UNDECIDED = new OwnScriptChoice(false, false, List.of());

    public OwnScriptChoice {
        names = List.copyOf(names);
    }

    /** Nobody said anything. */
    public static OwnScriptChoice undecided() {
        return UNDECIDED;
    }

    /** All of them, or none. */
    public static OwnScriptChoice of(boolean all) {
        return new OwnScriptChoice(true, all, List.of());
    }

    /** These and no others. */
    public static OwnScriptChoice of(List<String> names) {
        return new OwnScriptChoice(true, false, names);
    }

    boolean includes(Workspace workspace, String event) {
        String path = shown(workspace);
        return all || names.contains(path) || names.contains(path + "#" + event);
    }

    /** Whether a workspace, or a script of it, is among the names. */
    public boolean names(Workspace workspace) {
        String path = shown(workspace);
        return names.stream().anyMatch(name -> name.equals(path) || name.startsWith(path + "#"));
    }

    /** A workspace's path as users write it. */
    public static String shown(Workspace workspace) {
        return workspace.isRoot() ? "." : workspace.path();
    }
}
