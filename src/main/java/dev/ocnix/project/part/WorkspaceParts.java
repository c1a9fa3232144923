package dev.ocnix.project.part;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.addon.HintBuilder;
import dev.ocnix.fetch.ManifestReader;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.Place;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Finds the native parts of the root and the members: what {@code bun install} compiles for them, and files that they bring. */
public final class WorkspaceParts {
    private static final List<String> NATIVE = List.of(".gyp", ".gypi", ".node", ".dylib", ".so");

    private final Lockfile lockfile;
    private final SourceFiles files;
    private final String lockfileFolder;
    private final FolderParts folders;

    /** @param lockfileFolder of the lockfile in the source: empty, or with a trailing slash */
    public WorkspaceParts(Lockfile lockfile, SourceFiles files, String lockfileFolder, FolderParts folders) {
        this.lockfile = lockfile;
        this.files = files;
        this.lockfileFolder = lockfileFolder;
        this.folders = folders;
    }

    /**
     * The hints for those that have any; by workspace.
     *
     * @param notes takes a sentence about each part that is compiled
     * @param warnings takes one about each that cannot be
     */
    public List<AddonHint> hints(Consumer<String> notes, Consumer<String> warnings) throws OcnixException {
        HintBuilder builder = new HintBuilder();
        List<AddonHint> hints = new ArrayList<>();
        for (Workspace workspace : lockfile.workspaces()) {
            Optional<WorkspacePart> part = part(workspace, builder);
            if (part.isPresent()) {
                boolean isHandled = part.get().isHandled();
                part.get().told().ifPresent(isHandled ? notes : warnings);
                if (isHandled || part.get().isRust()) {
                    hints.add(part.get().hint());
                }
            }
        }
        return hints;
    }

    private Optional<WorkspacePart> part(Workspace workspace, HintBuilder builder) throws OcnixException {
        String folder = folder(workspace);
        if (files.list(folder).stream()
                .noneMatch(path -> isTelling(path.substring(folder.isEmpty() ? 0 : folder.length() + 1)))) {
            return Optional.empty();
        }
        PackageManifest manifest = files.read(
                        folder.isEmpty() ? "package.json" : folder + "/package.json", ManifestReader.MAX_BYTES)
                .flatMap(ManifestReader::read)
                .orElseGet(PackageManifest::empty);
        LockedPackage locked = locked(workspace);
        List<String> others = lockfile.workspaces().stream()
                .map(other -> folder(other) + "/")
                .filter(path -> path.startsWith(folder.isEmpty() ? "" : folder + "/") && !path.equals(folder + "/"))
                .map(path -> folder.isEmpty() ? path : path.substring(folder.length() + 1))
                .toList();
        Predicate<String> wanted = path -> isTelling(path) && others.stream().noneMatch(path::startsWith);
        AddonFacts facts =
                folders.in(locked.id(), folder, manifest, wanted, "workspace:" + String.join(",", others), false);
        return builder.build(locked, manifest, facts, List.of())
                .map(hint -> new WorkspacePart(workspace, hint, manifest.scripts(), manifest.napi()));
    }

    private String folder(Workspace workspace) {
        String path = lockfileFolder + workspace.path();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Whether a file's name is one of those that native parts have; nothing else in a project is opened. */
    private static boolean isTelling(String path) {
        if (path.startsWith("node_modules/") || path.contains("/node_modules/")) {
            return false;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        return NATIVE.stream().anyMatch(name::endsWith)
                || name.contains(".so.")
                || name.equals("Cargo.toml")
                || name.equals("CMakeLists.txt");
    }

    private LockedPackage locked(Workspace workspace) {
        PackageId id = new PackageId(
                workspace.name().orElse(""), workspace.isRoot() ? "root:" : "workspace:" + workspace.path());
        Resolution resolution = workspace.isRoot() ? new Resolution.Root() : new Resolution.Workspace(workspace.path());
        return new LockedPackage(
                id,
                resolution,
                Optional.empty(),
                new Constraint.Unrestricted(),
                new Constraint.Unrestricted(),
                new Constraint.Unrestricted(),
                workspace.bin(),
                workspace.dependencies(),
                Optional.empty(),
                Place.of("package.json"));
    }
}
