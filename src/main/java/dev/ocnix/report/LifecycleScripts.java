package dev.ocnix.report;

import dev.ocnix.model.PackageId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a package asks an installer to run. A build runs none of it.
 *
 * @param trusted whether {@code bun install} would run it
 * @param hinted whether a hint for native parts stands in for it
 * @param scripts by name: preinstall, install, postinstall; also what an installer adds by itself for a {@code binding.gyp}
 */
public record LifecycleScripts(PackageId id, boolean trusted, boolean hinted, SortedMap<String, String> scripts) {
    public LifecycleScripts {
        scripts = Collections.unmodifiableSortedMap(new TreeMap<>(scripts));
    }
}
