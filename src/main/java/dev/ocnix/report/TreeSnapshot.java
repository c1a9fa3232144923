package dev.ocnix.report;

import dev.ocnix.model.PackageId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a tree, a lockfile or a revision holds, as far as two of them can be compared by it.
 *
 * @param name how people know it, such as {@code nix}, {@code v1.9.6} or {@code bun.lock}
 * @param revision as the user pinned it; empty of a lockfile and of a local project
 * @param commit what the revision meant, 40 lower-case hexadecimal digits
 * @param lockfileSha256 of the lockfile's content, in lower-case hexadecimal
 * @param packages those that are fetched, by id; workspaces, links, the root and bundled packages are left out
 */
public record TreeSnapshot(
        String name,
        Optional<String> revision,
        Optional<String> commit,
        Optional<String> lockfileSha256,
        SortedMap<PackageId, SnapshotPackage> packages) {
    public TreeSnapshot {
        packages = Collections.unmodifiableSortedMap(new TreeMap<>(packages));
    }
}
