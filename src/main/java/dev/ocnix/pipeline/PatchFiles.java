package dev.ocnix.pipeline;

import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.Visible;
import dev.ocnix.nix.BinNames;
import dev.ocnix.nix.FileContent;
import dev.ocnix.project.Manifest;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the patches that package.json names, and those that patch-package applies for the root package. */
final class PatchFiles {
    private static final int MAX_BYTES = 64 << 20;
    /** When Bun runs what the root asks for. */
    private static final List<String> ROOT_SCRIPTS =
            List.of("preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare");

    private static final Pattern PROGRAM = Pattern.compile("(?:^|[\\s;&|/])patch-package(?=$|[\\s;&|])([^;&|]*)");
    private static final Pattern FOLDER = Pattern.compile("--patch-dir[ =]\"?([^\\s\"]+)");

    private final SourceFiles files;
    private final String lockfileFolder;
    private final Set<String> leftOut;
    private final Listener listener;
    private final Map<String, PackageId> fetched = new HashMap<>();
    private final SortedMap<PackageId, FileContent> patches = new TreeMap<>();
    private final SortedMap<PackageId, String> names = new TreeMap<>();

    /** @param leftOut paths in the project of patches that patch-package is not to apply */
    PatchFiles(SourceFiles files, String lockfileFolder, List<String> leftOut, Listener listener) {
        this.files = files;
        this.lockfileFolder = lockfileFolder;
        this.leftOut = Set.copyOf(leftOut);
        this.listener = listener;
    }

    /**
     * The patches of the packages that the tree fetches.
     *
     * @param contents one for each package, of all its patches
     * @param names where in the source they are, for messages
     */
    record Found(SortedMap<PackageId, FileContent> contents, SortedMap<PackageId, String> names) {}

    /**
     * @param root the root's package.json
     * @throws OcnixException naming each patch that the source lacks
     */
    Found of(Lockfile lockfile, Manifest root) throws OcnixException {
        new Fetchables(lockfile)
                .packages()
                .forEach(locked -> fetched.put(locked.id().toString(), locked.id()));
        Problems problems = new Problems();
        for (Map.Entry<String, String> patched : lockfile.patchedDependencies().entrySet()) {
            Optional<PackageId> id = Optional.ofNullable(fetched.get(patched.getKey()));
            if (id.isEmpty()) {
                listener.warn("patchedDependencies names " + Visible.quoted(patched.getKey())
                        + ", which is no package of the lockfile; its patch is left out, as by Bun. Make it anew against the"
                        + " locked version, or drop it.");
                continue;
            }
            String path = lockfileFolder + patched.getValue().replaceFirst("^\\./", "");
            Optional<byte[]> content = files.read(path, MAX_BYTES);
            content.ifPresent(bytes -> add(id.get(), path, bytes));
            if (content.isEmpty()) {
                problems.input("The source has no " + path + ", which patchedDependencies names as the patch of "
                        + id.get() + "; commit it, or drop it from patchedDependencies and run bun install.");
            }
        }
        problems.raise();
        Optional<String> folder = folder(root);
        if (folder.isPresent()) {
            addTreePatches(lockfile, lockfileFolder + folder.get() + "/");
        }
        return new Found(patches, names);
    }

    /** Where patch-package has its patches, if the root runs it. */
    private static Optional<String> folder(Manifest root) {
        return ROOT_SCRIPTS.stream()
                .flatMap(script -> root.text("scripts", script).stream())
                .map(PROGRAM::matcher)
                .filter(Matcher::find)
                .map(found -> FOLDER.matcher(found.group(1)))
                .flatMap(option -> BinNames.target(option.find() ? option.group(1) : "patches").stream())
                .findFirst();
    }

    private record Sorted(TreePatch patch, String path) {}

    private void addTreePatches(Lockfile lockfile, String folder) throws OcnixException {
        List<Sorted> found = files.list(folder.substring(0, folder.length() - 1)).stream()
                .filter(path ->
                        !names.containsValue(path) && !leftOut.contains(path.substring(lockfileFolder.length())))
                .flatMap(path ->
                        TreePatch.of(path.substring(folder.length())).map(patch -> new Sorted(patch, path)).stream())
                .sorted(Comparator.<Sorted>comparingInt(sorted -> sorted.patch().sequence())
                        .thenComparing(Sorted::path))
                .toList();
        for (Sorted one : found) {
            Placement placement = lockfile.placements().get(one.patch().key());
            PackageId id = placement == null ? null : fetched.get(placement.id().toString());
            if (id == null) {
                listener.warn("The patch " + one.path() + " is for node_modules/"
                        + one.patch().key()
                        + ", where the lockfile has no package; it is left out. Delete it if nobody needs it.");
                continue;
            }
            byte[] content = files.read(one.path(), MAX_BYTES).orElse(new byte[0]);
            add(id, one.path(), one.patch().inPackage(content));
        }
    }

    private void add(PackageId id, String path, byte[] content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Optional.ofNullable(patches.get(id)).ifPresent(before -> all.writeBytes(before.bytes()));
        all.writeBytes(content);
        patches.put(id, FileContent.of(all.toByteArray()));
        names.merge(id, path, (one, other) -> one + " and " + other);
    }
}
