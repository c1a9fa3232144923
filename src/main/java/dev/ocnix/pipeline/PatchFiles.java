package dev.ocnix.pipeline;

import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.nix.FileContent;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the patches that a lockfile names. */
final class PatchFiles {
    private static final int MAX_BYTES = 64 << 20;

    private final SourceFiles files;
    private final String lockfileFolder;

    PatchFiles(SourceFiles files, String lockfileFolder) {
        this.files = files;
        this.lockfileFolder = lockfileFolder;
    }

    /**
     * The patch of each patched package that the tree fetches.
     *
     * @throws OcnixException naming each patch that the source lacks
     */
    SortedMap<PackageId, FileContent> of(Lockfile lockfile) throws OcnixException {
        SortedMap<String, PackageId> fetched = new TreeMap<>();
        new Fetchables(lockfile)
                .packages()
                .forEach(locked -> fetched.put(locked.id().toString(), locked.id()));
        SortedMap<PackageId, FileContent> patches = new TreeMap<>();
        Problems problems = new Problems();
        for (Map.Entry<String, String> patched : lockfile.patchedDependencies().entrySet()) {
            Optional<PackageId> id = Optional.ofNullable(fetched.get(patched.getKey()));
            if (id.isEmpty()) {
                continue;
            }
            String path = lockfileFolder + patched.getValue();
            Optional<byte[]> content = files.read(path, MAX_BYTES);
            content.ifPresent(bytes -> patches.put(id.get(), FileContent.of(bytes)));
            if (content.isEmpty()) {
                problems.input("The source has no " + path + ", which the lockfile names as the patch of " + id.get()
                        + "; commit it, or drop it from patchedDependencies and run bun install.");
            }
        }
        problems.raise();
        return patches;
    }
}
