package dev.ocnix.pipeline;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.Workspace;
import dev.ocnix.nix.Application;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides what of a project the tree packages. */
final class Applications {
    private static final int MAX_MANIFEST_BYTES = 4 << 20;

    private final Lockfile lockfile;
    private final SourceFiles files;
    private final String lockfileFolder;

    Applications(Lockfile lockfile, SourceFiles files, String lockfileFolder) {
        this.lockfile = lockfile;
        this.files = files;
        this.lockfileFolder = lockfileFolder;
    }

    /**
     * @param given the workspace that the user names
     * @throws OcnixException if there is no such workspace, or its package.json is missing or broken
     */
    Application choose(Optional<String> given, Profile profile) throws OcnixException {
        Workspace workspace = workspace(given, profile);
        JsonObject manifest = manifest(workspace);
        SortedMap<String, String> programs = programs(workspace, manifest);
        return new Application(
                profile.name().or(() -> workspace.name()).orElse("application"),
                text(manifest, "version").or(workspace::version).orElse("0"),
                workspace.path(),
                mainProgram(programs, workspace, profile),
                programs,
                profile.sourcePaths(),
                profile.installPaths(),
                profile.buildCommands(),
                profile.environment(),
                profile.runtimePath());
    }

    private Workspace workspace(Optional<String> given, Profile profile) throws OcnixException {
        Optional<String> wanted = given.or(profile::workspace);
        if (wanted.isPresent()) {
            return named(wanted.get());
        }
        List<Workspace> withBin = lockfile.workspaces().stream()
                .filter(workspace -> !(workspace.bin() instanceof Bin.None))
                .toList();
        return withBin.size() == 1 ? withBin.get(0) : lockfile.root();
    }

    private Workspace named(String path) throws OcnixException {
        String plain = path.equals(".") ? "" : path;
        return lockfile.workspaces().stream()
                .filter(workspace -> workspace.path().equals(plain))
                .findFirst()
                .orElseThrow(() -> OcnixException.input("The lockfile has no workspace " + path
                        + "; ocnix.workspace is one of: "
                        + lockfile.workspaces().stream()
                                .map(workspace -> workspace.isRoot() ? "." : workspace.path())
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    private JsonObject manifest(Workspace workspace) throws OcnixException {
        String path = lockfileFolder + (workspace.isRoot() ? "" : workspace.path() + "/") + "package.json";
        byte[] content = files.read(path, MAX_MANIFEST_BYTES)
                .orElseThrow(() -> OcnixException.input("The source has no " + path
                        + ", although the lockfile names its folder as a workspace; commit both together."));
        try {
            return JsonParser.parseString(new String(content, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw OcnixException.input(
                    "The source's " + path + " is no JSON object; mend it and pin the mended revision.");
        }
    }

    private static SortedMap<String, String> programs(Workspace workspace, JsonObject manifest) {
        SortedMap<String, String> programs = new TreeMap<>();
        JsonElement bin = manifest.get("bin");
        if (bin != null && bin.isJsonPrimitive()) {
            workspace.name().ifPresent(name -> programs.put(unscoped(name), bin.getAsString()));
        } else if (bin != null && bin.isJsonObject()) {
            bin.getAsJsonObject().entrySet().stream()
                    .filter(entry -> entry.getValue().isJsonPrimitive())
                    .forEach(entry -> programs.put(
                            unscoped(entry.getKey()), entry.getValue().getAsString()));
        }
        programs.keySet().removeIf(name -> !name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*"));
        programs.values().removeIf(path -> leavesFolder(path));
        programs.replaceAll((name, path) -> path.startsWith("./") ? path.substring(2) : path);
        return programs;
    }

    private static boolean leavesFolder(String path) {
        return path.startsWith("/") || List.of(path.split("/", -1)).contains("..") || path.indexOf('\\') >= 0;
    }

    private static Optional<String> mainProgram(
            SortedMap<String, String> programs, Workspace workspace, Profile profile) {
        return profile.mainProgram()
                .filter(programs::containsKey)
                .or(() -> workspace.name().map(Applications::unscoped).filter(programs::containsKey))
                .or(() -> programs.keySet().stream().findFirst());
    }

    private static String unscoped(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static Optional<String> text(JsonObject json, String field) {
        JsonElement value = json.get(field);
        return value != null && value.isJsonPrimitive() ? Optional.of(value.getAsString()) : Optional.empty();
    }
}
