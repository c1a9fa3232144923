package dev.ocnix.project.script;

import dev.ocnix.model.Resolution;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The scripts that {@code bun install} runs by itself, in their order. */
public final class LifecycleEvents {
    private static final List<String> DEPENDENCY = List.of("preinstall", "install", "postinstall");
    private static final List<String> MEMBER = List.of("preinstall", "install", "postinstall", "prepare");
    private static final List<String> PROJECT =
            List.of("preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare");

    private LifecycleEvents() {}

    /** Those of the root or of a member. */
    public static List<String> ofWorkspace(boolean isRoot) {
        return isRoot ? PROJECT : MEMBER;
    }

    /** Those of a dependency: what comes from a repository is prepared, too. */
    public static List<String> ofDependency(Resolution resolution) {
        return resolution instanceof Resolution.Git || resolution instanceof Resolution.GitHub ? PROJECT : DEPENDENCY;
    }

    /** Those of all scripts of a package that are among these names. */
    public static SortedMap<String, String> among(Map<String, String> scripts, List<String> names) {
        SortedMap<String, String> among = new TreeMap<>(scripts);
        among.keySet().retainAll(names);
        return among;
    }
}
