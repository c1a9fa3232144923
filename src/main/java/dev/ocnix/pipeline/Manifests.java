package dev.ocnix.pipeline;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ocnix.fetch.source.ReplayedFiles;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads what the folders of workspaces hold. */
final class Manifests {
    private static final int MAX_BYTES = 4 << 20;

    private final SourceFiles files;
    private final String lockfileFolder;

    /** @param lockfileFolder empty, or with a slash at its end */
    Manifests(SourceFiles files, String lockfileFolder) {
        this.files = files;
        this.lockfileFolder = lockfileFolder;
    }

    /** @throws OcnixException if the workspace's package.json is missing or broken */
    Manifest of(Workspace workspace) throws OcnixException {
        String path = folder(workspace) + "package.json";
        byte[] content = files.read(path, MAX_BYTES)
                .orElseThrow(() -> OcnixException.input("The source has no " + path
                        + ", although the lockfile names its folder as a workspace; commit both together."));
        try {
            return new Manifest(
                    path,
                    JsonParser.parseString(new String(content, StandardCharsets.UTF_8))
                            .getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
            throw OcnixException.input(
                    "The source's " + path + " is no JSON object; mend it and pin the mended revision.");
        }
    }

    /**
     * The names of the files that stand directly in a folder of a workspace.
     *
     * @param path relative to the workspace, without {@code .} and {@code ..}
     */
    List<String> filesIn(Workspace workspace, String path) throws OcnixException {
        String folder = folder(workspace) + path;
        return files.list(folder).stream()
                .map(file -> file.substring(folder.length() + 1))
                .filter(name -> name.indexOf('/') < 0)
                .toList();
    }

    /** A file of the project, by its path from the lockfile's folder, if there is one. */
    Optional<byte[]> file(String path) throws OcnixException {
        return files.read(lockfileFolder + path, MAX_BYTES);
    }

    /** Whether the project has a file or a folder with files at a path from the lockfile's folder. */
    boolean has(String path) throws OcnixException {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return files.narHash(lockfileFolder + plain).isPresent();
    }

    /** Whether there is a file at a path of a workspace. */
    boolean has(Workspace workspace, String path) throws OcnixException {
        return files.narHash(folder(workspace) + path).isPresent();
    }

    /** A file of the project that is small enough to be a script, by its path from the lockfile's folder. */
    Optional<byte[]> script(String path) throws OcnixException {
        try {
            return file(path);
        } catch (ReplayedFiles.Unrecorded e) {
            throw e;
        } catch (OcnixException e) {
            return Optional.empty();
        }
    }

    private String folder(Workspace workspace) {
        return lockfileFolder + (workspace.isRoot() ? "" : workspace.path() + "/");
    }
}
