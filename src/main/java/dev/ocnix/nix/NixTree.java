package dev.ocnix.nix;

import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of a generated tree: paths with {@code /} to bytes. The same input gives the same bytes, always.
 *
 * @param files all of them, {@link TreeManifest#FILE_NAME} included
 */
public record NixTree(SortedMap<String, FileContent> files) {
    public NixTree {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * Generates all files.
     *
     * @throws OcnixException if a package has no source, a URL or name must not be written, or a text cannot be
     */
    public static NixTree of(TreeInput input) throws OcnixException {
        requireSources(input);
        SortedMap<PackageId, String> patches = patchPaths(input.patches().keySet());
        SortedMap<String, FileContent> files = new TreeMap<>(BuilderFiles.library());
        files.put(".gitattributes", BuilderFiles.template("gitattributes"));
        files.put("default.nix", BuilderFiles.template("default.nix"));
        for (String name : List.of("flake.nix", "home-module.nix", "nixos-module.nix", "overlay.nix")) {
            files.put(name, PackageFile.named(name, input.application()));
        }
        files.put(
                "package.nix",
                PackageFile.of(input.application(), input.isolated().isPresent()));
        files.put("source.nix", SourceFile.of(input.source()));
        files.put("dependencies.nix", DependenciesFile.of(input, patches));
        files.put("layout.nix", LayoutFile.of(input.lockfile(), input.layout()));
        if (input.isolated().isPresent()) {
            files.put("isolated.nix", IsolatedFile.of(input.isolated().get()));
        }
        files.put("native-addons.nix", NativeAddonsFile.of(input.hints()));
        files.put("facts.json", input.facts());
        patches.forEach((id, path) -> files.put(path, input.patches().get(id)));
        PostAssembly steps = input.application().postAssembly();
        ApplicationExpr.filePaths(steps)
                .forEach((file, path) -> files.put(path, steps.files().get(file)));
        files.put(TreeManifest.FILE_NAME, TreeManifest.write(input, files));
        return new NixTree(files);
    }

    private static void requireSources(TreeInput input) throws OcnixException {
        TreeSet<PackageId> missing = new TreeSet<>(input.layout().unbundled());
        input.lockfile().placements().values().stream()
                .filter(placement -> !placement.bundled())
                .forEach(placement -> missing.add(placement.id()));
        missing.removeIf(id -> !isFetched(input, id) || input.sources().containsKey(id));
        List<String> problems = new ArrayList<>();
        for (PackageId id : missing) {
            problems.add("The package " + id + " has no source and hash to write; run again with ocnix.prefetch=all.");
        }
        if (!problems.isEmpty()) {
            throw new OcnixException(OcnixException.Fault.INPUT, problems);
        }
    }

    /** Packages whose files come inside other tarballs wherever they stand; nothing fetches them. */
    static Set<PackageId> onlyBundled(TreeInput input) {
        Set<PackageId> bundled = new TreeSet<>();
        Set<PackageId> fetched = new TreeSet<>();
        for (Placement placement : input.lockfile().placements().values()) {
            (placement.bundled() ? bundled : fetched).add(placement.id());
        }
        fetched.addAll(input.layout().unbundled());
        bundled.removeAll(fetched);
        return bundled;
    }

    private static boolean isFetched(TreeInput input, PackageId id) {
        LockedPackage locked = input.lockfile().packages().get(id);
        return locked == null || locked.resolution().isFetched();
    }

    /** A path of its own for each patch, also where letters do not differ in case; {@code patched} are all packages with patches. */
    public static SortedMap<PackageId, String> patchPaths(Set<PackageId> patched) {
        TreeSet<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        SortedMap<PackageId, String> paths = new TreeMap<>();
        for (PackageId id : new TreeSet<>(patched)) {
            String stem = FetchName.plainFile(id);
            String path = "patches/" + stem + ".patch";
            for (int n = 2; !taken.add(path); n++) {
                path = "patches/" + stem + "." + n + ".patch";
            }
            paths.put(id, path);
        }
        return paths;
    }
}
