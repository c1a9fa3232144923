package dev.ocnix.project.script;

import dev.ocnix.model.Workspace;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** All scripts that the package.json of a workspace has. */
public record WorkspaceScripts(Workspace workspace, SortedMap<String, String> scripts) {
    public WorkspaceScripts {
        scripts = Collections.unmodifiableSortedMap(new TreeMap<>(scripts));
    }
}
