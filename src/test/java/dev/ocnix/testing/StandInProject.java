package dev.ocnix.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A project that a text lockfile fits, without the project: its manifests are made from the lockfile, and every package is one
 * small tarball of a registry, those of git and of other addresses, too. Bun looks into none to lay them out.
 */
public final class StandInProject {
    private static final PackageTarball STAND_IN =
            PackageTarball.of("stand-in", "1.0.0").build();
    private static final String VERSION = "0.0.0";
    private static final List<String> GROUPS =
            List.of("dependencies", "devDependencies", "optionalDependencies", "peerDependencies");

    private final JsonObject lockfile;

    private StandInProject(JsonObject lockfile) {
        this.lockfile = lockfile;
    }

    /**
     * Lays a project out for a lockfile.
     *
     * @param text of a {@code bun.lock}
     */
    public static StandInProject of(String text) {
        JsonObject lockfile =
                JsonParser.parseString(withoutTrailingCommas(text)).getAsJsonObject();
        lockfile.remove("patchedDependencies");
        lockfile.remove("trustedDependencies");
        Set<String> replaced = new HashSet<>();
        for (Map.Entry<String, JsonElement> entry :
                lockfile.getAsJsonObject("packages").entrySet()) {
            JsonArray row = entry.getValue().getAsJsonArray();
            String name = name(row);
            String resolution = row.get(0).getAsString().substring(name.length() + 1);
            if (Character.isDigit(resolution.charAt(0))) {
                entry.setValue(row(name, resolution, row.get(2)));
            } else if (!isInside(resolution)) {
                boolean hasInfo = row.size() > 1 && row.get(1).isJsonObject();
                entry.setValue(row(name, VERSION, hasInfo ? row.get(1) : new JsonObject()));
                replaced.add(name);
            }
        }
        ask(lockfile, replaced);
        return new StandInProject(lockfile);
    }

    /** Strict JSON of a text with comma after the last element. */
    private static String withoutTrailingCommas(String text) {
        StringBuilder json = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                json.append(c).append(text.charAt(i));
                continue;
            }
            quoted ^= c == '"';
            if (!quoted && (c == '}' || c == ']')) {
                int last = json.length() - 1;
                while (Character.isWhitespace(json.charAt(last))) {
                    last--;
                }
                if (json.charAt(last) == ',') {
                    json.deleteCharAt(last);
                }
            }
            json.append(c);
        }
        return json.toString();
    }

    private static String name(JsonArray row) {
        String id = row.get(0).getAsString();
        return id.substring(0, id.indexOf('@', id.startsWith("@root:") ? 0 : 1));
    }

    private static boolean isInside(String resolution) {
        return resolution.startsWith("workspace:")
                || resolution.startsWith("root:")
                || (resolution.startsWith("file:") && !resolution.contains(".."));
    }

    private static JsonArray row(String name, String version, JsonElement info) {
        JsonArray row = new JsonArray();
        row.add(name + "@" + version);
        row.add("");
        row.add(info);
        row.add(STAND_IN.integrity());
        return row;
    }

    /** Has everybody ask for the version of packages that were of no registry. */
    private static void ask(JsonElement inside, Set<String> replaced) {
        if (inside.isJsonArray()) {
            inside.getAsJsonArray().forEach(element -> ask(element, replaced));
        } else if (inside.isJsonObject()) {
            for (Map.Entry<String, JsonElement> entry : inside.getAsJsonObject().entrySet()) {
                if (GROUPS.contains(entry.getKey()) && entry.getValue().isJsonObject()) {
                    entry.getValue().getAsJsonObject().entrySet().stream()
                            .filter(dependency -> replaced.contains(dependency.getKey()))
                            .filter(dependency ->
                                    isAddress(dependency.getValue().getAsString()))
                            .forEach(dependency -> dependency.setValue(new JsonPrimitive(VERSION)));
                } else {
                    ask(entry.getValue(), replaced);
                }
            }
        }
    }

    private static boolean isAddress(String literal) {
        return literal.contains("/") || (literal.contains(":") && !literal.startsWith("npm:"));
    }

    /** A registry that has the tarball of every package. */
    public static LoopbackServer registry() {
        LoopbackServer registry = new LoopbackServer() {
            @Override
            protected Answer answer(Request request, byte[] sent) {
                return request.path().endsWith(".tgz")
                        ? new Answer(200, "application/octet-stream", STAND_IN.bytes())
                        : Answer.status(404);
            }
        };
        registry.open();
        return registry;
    }

    /** Writes lockfile and manifests. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("bun.lock"), lockfile.toString());
        JsonArray members = new JsonArray();
        for (Map.Entry<String, JsonElement> workspace :
                lockfile.getAsJsonObject("workspaces").entrySet()) {
            JsonObject manifest = manifest(workspace.getValue().getAsJsonObject());
            if (!workspace.getKey().isEmpty()) {
                members.add(workspace.getKey());
                write(folder.resolve(workspace.getKey()), manifest);
            }
        }
        JsonObject root =
                manifest(lockfile.getAsJsonObject("workspaces").get("").getAsJsonObject());
        root.add("workspaces", members);
        for (String shared : List.of("overrides", "catalog", "catalogs")) {
            if (lockfile.has(shared)) {
                root.add(shared, lockfile.get(shared));
            }
        }
        write(folder, root);
        for (Map.Entry<String, JsonElement> entry :
                lockfile.getAsJsonObject("packages").entrySet()) {
            JsonArray row = entry.getValue().getAsJsonArray();
            String resolution = row.get(0).getAsString().substring(name(row).length() + 1);
            if (resolution.startsWith("file:")) {
                Path own = folder.resolve(resolution.substring("file:".length()));
                JsonObject manifest = manifest(row.get(1).getAsJsonObject());
                manifest.addProperty("name", name(row));
                if (!Files.exists(own.resolve("package.json"))) {
                    write(own, manifest);
                }
            }
        }
    }

    private static JsonObject manifest(JsonObject recorded) {
        JsonObject manifest = recorded.deepCopy();
        JsonElement optional = manifest.remove("optionalPeers");
        if (optional != null) {
            JsonObject meta = new JsonObject();
            for (JsonElement name : optional.getAsJsonArray()) {
                meta.add(
                        name.getAsString(),
                        JsonParser.parseString("{ \"optional\": true }").getAsJsonObject());
            }
            manifest.add("peerDependenciesMeta", meta);
        }
        return manifest;
    }

    private static void write(Path folder, JsonObject manifest) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("package.json"), manifest.toString());
    }
}
