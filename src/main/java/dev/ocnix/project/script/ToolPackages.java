package dev.ocnix.project.script;

import dev.ocnix.model.Bin;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Packages that bring programs which the builder has itself. */
public final class ToolPackages {
    /** Programs that the builder brings and packages may bring, too. */
    public static final List<String> TOOLS = List.of("bun", "bunx", "node");

    private ToolPackages() {}

    /** Such programs of the lockfile's packages, by {@code name@resolution}. */
    public static SortedMap<String, List<String>> in(Lockfile lockfile) {
        SortedMap<String, List<String>> found = new TreeMap<>();
        for (LockedPackage locked : lockfile.packages().values()) {
            List<String> tools =
                    TOOLS.stream().filter(tool -> offers(locked, tool)).toList();
            if (locked.resolution().isFetched() && !tools.isEmpty()) {
                found.put(locked.id().toString(), tools);
            }
        }
        return found;
    }

    private static boolean offers(LockedPackage locked, String tool) {
        if (locked.bin() instanceof Bin.Named named) {
            return named.commands().stream().anyMatch(command -> command.name().equals(tool));
        }
        return locked.bin() instanceof Bin.File && locked.id().unscopedName().equals(tool);
    }
}
