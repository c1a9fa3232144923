package dev.ocnix.project;

import dev.ocnix.fetch.source.ReplayedFiles;
import dev.ocnix.lockfile.text.BunJson;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.Workspace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the folders of workspaces hold; each package.json once. */
public final class Manifests {
    private static final int MAX_BYTES = 4 << 20;
    private static final String FILE_NAME = "package.json";

    private final SourceFiles files;
    private final String lockfileFolder;
    private final Map<String, Optional<Manifest>> read = new HashMap<>();

    /**
     * Manifests of a project in a source.
     *
     * @param lockfileFolder empty, or with a slash at its end
     */
    public Manifests(SourceFiles files, String lockfileFolder) {
        this.files = files;
        this.lockfileFolder = lockfileFolder;
    }

    /**
     * The package.json of a workspace.
     *
     * @throws OcnixException if it is missing or broken
     */
    public Manifest of(Workspace workspace) throws OcnixException {
        return at(workspace.path())
                .orElseThrow(() -> OcnixException.input("The source has no " + folder(workspace.path()) + FILE_NAME
                        + ", although the lockfile names its folder as a workspace; commit both together."));
    }

    /**
     * The package.json of a folder of the project, if there is one.
     *
     * @param path from the lockfile's folder; empty for that one itself
     * @throws OcnixException with line and column, if it is broken
     */
    public Optional<Manifest> at(String path) throws OcnixException {
        Optional<Manifest> known = read.get(path);
        if (known != null) {
            return known;
        }
        String file = folder(path) + FILE_NAME;
        Optional<byte[]> content = files.read(file, MAX_BYTES);
        Optional<Manifest> manifest = content.isEmpty()
                ? Optional.empty()
                : Optional.of(new Manifest(file, BunJson.object(file, content.get(), "correct it in the source")));
        read.put(path, manifest);
        return manifest;
    }

    /** The path in the source of the package.json of a folder. */
    public String path(String folder) {
        return folder(folder) + FILE_NAME;
    }

    /**
     * The names of the files that stand directly in a folder of a workspace.
     *
     * @param path relative to the workspace, without {@code .} and {@code ..}
     */
    public List<String> filesIn(Workspace workspace, String path) throws OcnixException {
        String folder = folder(workspace.path()) + path;
        return files.list(folder).stream()
                .map(file -> file.substring(folder.length() + 1))
                .filter(name -> name.indexOf('/') < 0)
                .toList();
    }

    /** The folders below one, at any depth, that have a package.json; paths as for {@link #at}, sorted. */
    List<String> below(String path) throws OcnixException {
        String start = path.isEmpty() ? lockfileFolder : folder(path);
        String suffix = "/" + FILE_NAME;
        return files.list(start.isEmpty() ? "" : start.substring(0, start.length() - 1)).stream()
                .filter(file -> file.endsWith(suffix) && file.length() > lockfileFolder.length() + suffix.length())
                .map(file -> file.substring(lockfileFolder.length(), file.length() - suffix.length()))
                .toList();
    }

    /** Whether the project has a file or a folder with files at a path from the lockfile's folder. */
    public boolean has(String path) throws OcnixException {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return files.narHash(lockfileFolder + plain).isPresent();
    }

    /** Whether there is a file at a path of a workspace. */
    public boolean has(Workspace workspace, String path) throws OcnixException {
        return files.narHash(folder(workspace.path()) + path).isPresent();
    }

    /** A file of the project that is small enough to be a script, by its path from the lockfile's folder. */
    public Optional<byte[]> script(String path) throws OcnixException {
        try {
            return file(path);
        } catch (ReplayedFiles.Unrecorded e) {
            throw e;
        } catch (OcnixException e) {
            return Optional.empty();
        }
    }

    /** A file of the project, by its path from the lockfile's folder, if there is one. */
    public Optional<byte[]> file(String path) throws OcnixException {
        return files.read(lockfileFolder + path, MAX_BYTES);
    }

    private String folder(String path) {
        return lockfileFolder + (path.isEmpty() ? "" : path + "/");
    }
}
