package dev.ocnix.nix;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.layout.Layout;
import dev.ocnix.layout.isolated.IsolatedLayout;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a tree is made from.
 *
 * @param lockfilePath the lockfile's path in the source, with {@code /}
 * @param lockfileSha256 of the lockfile, of one in text without carriage returns, in lower-case hexadecimal
 * @param sources one for each package that is fetched; none for workspaces, links and the root; those of packages that are
 *     bundled wherever they stand are left out
 * @param platforms by package; a package without an entry is installed everywhere
 * @param licenses what packages with native binaries say of their terms, since nobody compiles these anew
 * @param patches of {@code patchedDependencies}, those whose package is in {@code sources}
 * @param untried those of them that nobody has tried on the package's files
 * @param isolated how packages are laid out in isolation; absent from a hoisted tree
 * @param options what the user set, for {@code ocnix.json}
 * @param unverified packages whose bytes this run could not see
 * @param leftOut optional packages that their registry no longer has; the application leaves them out, too
 * @param facts the content of {@code facts.json}
 */
public record TreeInput(
        TreeSource source,
        String lockfilePath,
        String lockfileSha256,
        Lockfile lockfile,
        Layout layout,
        SortedMap<PackageId, DependencySource> sources,
        SortedMap<PackageId, PlatformLimits> platforms,
        List<AddonHint> hints,
        SortedMap<PackageId, String> licenses,
        SortedMap<PackageId, FileContent> patches,
        Set<PackageId> untried,
        Application application,
        Optional<IsolatedLayout> isolated,
        SortedMap<String, String> options,
        List<PackageId> unverified,
        List<PackageId> leftOut,
        FileContent facts) {
    public TreeInput {
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
        platforms = Collections.unmodifiableSortedMap(new TreeMap<>(platforms));
        hints = List.copyOf(hints);
        licenses = Collections.unmodifiableSortedMap(new TreeMap<>(licenses));
        patches = Collections.unmodifiableSortedMap(new TreeMap<>(patches));
        untried = Set.copyOf(untried);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        unverified = List.copyOf(unverified);
        leftOut = List.copyOf(leftOut);
    }
}
