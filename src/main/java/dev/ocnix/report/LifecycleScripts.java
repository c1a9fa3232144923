package dev.ocnix.report;

import dev.ocnix.model.PackageId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a package, the project itself or one of its members asks an installer to run.
 *
 * @param workspace of the project or a member its path, {@code .} for the root
 * @param trusted whether {@code bun install} would run it
 * @param hinted whether a hint for native parts stands in for it
 * @param scripts by name; also what an installer adds by itself for a {@code binding.gyp}
 * @param run names of those that the build runs
 * @param leftOut by name, why nothing of a script would be run
 */
public record LifecycleScripts(
        PackageId id,
        Optional<String> workspace,
        boolean trusted,
        boolean hinted,
        SortedMap<String, String> scripts,
        List<String> run,
        SortedMap<String, String> leftOut) {
    public LifecycleScripts {
        scripts = Collections.unmodifiableSortedMap(new TreeMap<>(scripts));
        run = List.copyOf(run);
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    }

    /** Whether they are the project's own, or of a package that was not published. */
    boolean isOwnOrUnpublished() {
        return workspace.isPresent()
                || id.resolution().indexOf(':') >= 0
                || id.resolution().indexOf('/') >= 0;
    }

    /** Whose they are, in words. */
    String shown() {
        return workspace.map(path -> path.equals(".") ? "the root" : path).orElseGet(id::toString);
    }

    /** What becomes of a script, in words. */
    public String fate(String name) {
        if (run.contains(name)) {
            return "run by the build";
        }
        if (leftOut.containsKey(name)) {
            return "left out (" + leftOut.get(name) + ")";
        }
        if (hinted) {
            return "stood in for by the builder";
        }
        return trusted ? "not run, although bun install runs it" : "not run, as with bun install";
    }

    /** Scripts that {@code bun install} would run and nothing here does. */
    public SortedMap<String, String> missing() {
        SortedMap<String, String> missing = new TreeMap<>(trusted && !hinted ? scripts : new TreeMap<>());
        missing.keySet().removeAll(run);
        missing.keySet().removeAll(leftOut.keySet());
        return missing;
    }
}
