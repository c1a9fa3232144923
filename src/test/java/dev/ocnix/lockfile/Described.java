package dev.ocnix.lockfile;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OverrideRule;
import dev.ocnix.model.Placement;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a lockfile says as sorted lines of text: by our readers, and by Gson without them. */
final class Described {
    private static final List<String> GROUPS =
            List.of("dependencies", "devDependencies", "optionalDependencies", "peerDependencies");
    private static final Map<String, Set<String>> PLATFORMS = Map.of(
            "os", Set.of("aix", "darwin", "freebsd", "linux", "openbsd", "sunos", "win32", "android"),
            "cpu", Set.of("arm", "arm64", "ia32", "mips", "mipsel", "ppc", "ppc64", "s390", "s390x", "x32", "x64"),
            "libc", Set.of("glibc", "musl"));

    private final SortedMap<String, String> lines = new TreeMap<>();

    private Described() {}

    /** The text of a bun.lock whose strings hold no comma before a bracket. */
    static Set<String> byGson(String text) {
        JsonObject root =
                JsonParser.parseString(text.replaceAll(",(\\s*[}\\]])", "$1")).getAsJsonObject();
        Described described = new Described();
        root.getAsJsonObject("workspaces")
                .asMap()
                .forEach((path, value) -> described.workspace(path, value.getAsJsonObject()));
        root.getAsJsonObject("packages").asMap().forEach((key, value) -> described.tuple(key, value.getAsJsonArray()));
        described.put("trusted", "", names(root.get("trustedDependencies")).toString());
        described.texts("patched ", root, "patchedDependencies");
        described.texts("catalog ", root, "catalog");
        for (String group :
                root.has("catalogs") ? root.getAsJsonObject("catalogs").keySet() : Set.<String>of()) {
            described.texts("catalog " + group, root.getAsJsonObject("catalogs"), group);
        }
        JsonObject overrides = root.has("overrides") ? root.getAsJsonObject("overrides") : new JsonObject();
        overrides.asMap().forEach((name, rule) -> {
            if (rule.isJsonObject()) {
                rule.getAsJsonObject()
                        .asMap()
                        .forEach((child, range) -> described.put(
                                "override", child.equals(".") ? name : name + " > " + child, range.getAsString()));
            } else {
                described.put("override", name, rule.getAsString());
            }
        });
        return described.lines();
    }

    private Set<String> lines() {
        Set<String> all = new TreeSet<>();
        lines.forEach((key, value) -> all.add(key + ": " + value));
        return all;
    }

    private void put(String what, String of, String value) {
        if (!value.isEmpty() && !value.equals("[]") && !value.equals("{}")) {
            lines.put(what + " " + of, value);
        }
    }

    private void texts(String what, JsonObject object, String field) {
        if (object.has(field)) {
            object.getAsJsonObject(field).asMap().forEach((name, value) -> put(what, name, value.getAsString()));
        }
    }

    private void workspace(String path, JsonObject info) {
        put("name of workspace", path, info.has("name") ? info.get("name").getAsString() : "");
        put(
                "version of workspace",
                path,
                info.has("version") ? info.get("version").getAsString() : "");
        info("workspace " + path, info);
    }

    private void tuple(String key, JsonArray tuple) {
        String id = tuple.get(0).getAsString();
        put("id of", key, id);
        int info = id.matches(".+@[0-9]+\\..*") && !id.endsWith("gz") ? 2 : 1;
        if (info == 2) {
            put("url of", key, tuple.get(1).getAsString());
        }
        if (tuple.size() > info) {
            put("bundled", key, String.valueOf(tuple.get(info).getAsJsonObject().has("bundled")));
            info(key, tuple.get(info).getAsJsonObject());
            String last = tuple.get(tuple.size() - 1).isJsonPrimitive()
                    ? tuple.get(tuple.size() - 1).getAsString()
                    : "";
            put("integrity of", key, last.matches("sha[0-9]+-.*") ? last.replace("=", "") : "");
        }
    }

    private void info(String of, JsonObject info) {
        Set<String> optionalPeers = names(info.get("optionalPeers"));
        for (String group : GROUPS) {
            if (info.has(group)) {
                info.getAsJsonObject(group)
                        .asMap()
                        .forEach((name, range) -> put(
                                group.equals("peerDependencies") && optionalPeers.contains(name)
                                        ? "optionalPeers"
                                        : group,
                                of + " > " + name,
                                range.getAsString()));
            }
        }
        put("bin of", of, info.has("bin") ? info.get("bin").toString() : "");
        put("binDir of", of, info.has("binDir") ? info.get("binDir").toString() : "");
        PLATFORMS.forEach((axis, all) -> {
            if (info.has(axis)) {
                put(axis + " of", of, "only " + allowed(names(info.get(axis)), all));
            }
        });
        put("install script of", of, info.has("hasInstallScript") ? "true" : "");
    }

    private static Set<String> allowed(Set<String> names, Set<String> all) {
        Set<String> allowed = new TreeSet<>();
        all.stream()
                .filter(name -> names.contains(name)
                        || names.stream().allMatch(other -> other.startsWith("!") && !other.equals("!" + name)))
                .forEach(allowed::add);
        return allowed;
    }

    private static Set<String> names(JsonElement value) {
        Set<String> names = new TreeSet<>();
        if (value != null && value.isJsonArray()) {
            value.getAsJsonArray().forEach(item -> names.add(item.getAsString()));
        } else if (value != null) {
            names.add(value.getAsString());
        }
        return names;
    }

    /** What our readers made of a lockfile. */
    static Set<String> byUs(Lockfile lockfile) {
        Described described = new Described();
        lockfile.workspaces().forEach(described::workspace);
        lockfile.placements()
                .values()
                .forEach(placement ->
                        described.placement(placement, lockfile.packages().get(placement.id())));
        lockfile.trustedDependencies().ifPresent(names -> described.put("trusted", "", names.toString()));
        lockfile.patchedDependencies().forEach((target, path) -> described.put("patched ", target, path));
        lockfile.catalogs()
                .forEach((group, ranges) ->
                        ranges.forEach((name, range) -> described.put("catalog " + group, name, range)));
        for (OverrideRule rule : lockfile.overrides()) {
            described.put(
                    "override",
                    rule.parent().map(parent -> parent + " > ").orElse("") + rule.target(),
                    rule.replacement());
        }
        return described.lines();
    }

    private void workspace(Workspace workspace) {
        put("name of workspace", workspace.path(), workspace.name().orElse(""));
        put("version of workspace", workspace.path(), workspace.version().orElse(""));
        edges("workspace " + workspace.path(), workspace.dependencies());
        bin("workspace " + workspace.path(), workspace.bin());
    }

    private void placement(Placement placement, LockedPackage entry) {
        String key = placement.key().toString();
        put("id of", key, entry.id().toString());
        if (entry.resolution() instanceof Resolution.Workspace) {
            return;
        }
        if (entry.resolution() instanceof Resolution.Npm npm) {
            put("url of", key, npm.tarballUrl().orElse(""));
        }
        put("bundled", key, String.valueOf(placement.bundled()));
        put(
                "integrity of",
                key,
                entry.integrity().map(sri -> sri.toString().replace("=", "")).orElse(""));
        edges(key, entry.dependencies());
        bin(key, entry.bin());
        constraint("os of", key, entry.os());
        constraint("cpu of", key, entry.cpu());
        constraint("libc of", key, entry.libc());
        put("install script of", key, entry.installScript().orElse(false) ? "true" : "");
    }

    private void edges(String of, Collection<Dependency> edges) {
        for (Dependency edge : edges) {
            String group = edge.kind() == DependencyKind.OPTIONAL_PEER
                    ? "optionalPeers"
                    : GROUPS.get(List.of(
                                    DependencyKind.PROD,
                                    DependencyKind.DEV,
                                    DependencyKind.OPTIONAL,
                                    DependencyKind.PEER)
                            .indexOf(edge.kind()));
            put(group, of + " > " + edge.alias(), edge.literal());
        }
    }

    private void bin(String of, Bin bin) {
        if (bin instanceof Bin.File file) {
            put("bin of", of, "\"" + file.path() + "\"");
        } else if (bin instanceof Bin.Dir dir) {
            put("binDir of", of, "\"" + dir.path() + "\"");
        } else if (bin instanceof Bin.Named named) {
            JsonObject commands = new JsonObject();
            named.commands().forEach(command -> commands.addProperty(command.name(), command.path()));
            put("bin of", of, commands.toString());
        }
    }

    private void constraint(String what, String of, Constraint constraint) {
        if (constraint instanceof Constraint.Only only) {
            put(what, of, "only " + only.names());
        }
    }
}
