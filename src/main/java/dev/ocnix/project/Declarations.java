package dev.ocnix.project;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ocnix.lockfile.SafeText;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.OverrideRule;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the manifests of a project declare of what a lockfile records, in the lockfile's own terms.
 *
 * @param workspaces root first, members sorted by path
 * @param missingMembers paths that the root names and the source lacks
 * @param trusted absent when the root has no such field
 * @param patches {@code name@version} to the patch's path from the root
 * @param catalogs group name to (package name to range); the default catalog has the empty name
 */
public record Declarations(
        List<Workspace> workspaces,
        List<String> missingMembers,
        List<OverrideRule> overrides,
        SortedMap<String, SortedMap<String, String>> catalogs,
        Optional<SortedSet<String>> trusted,
        SortedMap<String, String> patches) {
    /** The name in package.json of the catalog that has none. */
    private static final String DEFAULT_CATALOG = "default";

    public Declarations {
        workspaces = List.copyOf(workspaces);
        missingMembers = List.copyOf(missingMembers);
        overrides = List.copyOf(overrides);
    }

    /**
     * Reads the root's package.json and those of all members.
     *
     * @throws OcnixException if one is broken, or of a shape that Bun refuses
     */
    public static Declarations of(Manifests manifests) throws OcnixException {
        Manifest root = manifests.of(rootWith(List.of()));
        List<Dependency> edges = DependencyGroups.of(root);
        List<Workspace> workspaces = new ArrayList<>(List.of(rootWith(edges)));
        Members.Found members = Members.of(manifests, root);
        for (String path : members.paths()) {
            Optional<Manifest> manifest = manifests.at(path);
            if (manifest.isPresent()) {
                workspaces.add(new Workspace(
                        path,
                        manifest.get().text("name"),
                        manifest.get().text("version"),
                        DependencyGroups.bin(manifest.get()),
                        DependencyGroups.of(manifest.get())));
            }
        }
        return new Declarations(
                workspaces,
                members.missing(),
                OverrideFields.of(root, edges),
                catalogs(root.json()),
                root.texts("trustedDependencies").map(TreeSet::new),
                patches(root));
    }

    private static Workspace rootWith(List<Dependency> edges) {
        return new Workspace("", Optional.empty(), Optional.empty(), Bin.none(), edges);
    }

    /** Catalogs below {@code workspaces} hide those at the top. */
    private static SortedMap<String, SortedMap<String, String>> catalogs(JsonObject root) {
        SortedMap<String, SortedMap<String, String>> inner =
                object(root, "workspaces").map(Declarations::catalogsIn).orElseGet(TreeMap::new);
        return inner.isEmpty() ? catalogsIn(root) : inner;
    }

    private static SortedMap<String, SortedMap<String, String>> catalogsIn(JsonObject json) {
        SortedMap<String, SortedMap<String, String>> catalogs = new TreeMap<>();
        object(json, "catalog").ifPresent(catalog -> catalogs.put("", texts(catalog)));
        object(json, "catalogs")
                .ifPresent(groups -> groups.keySet()
                        .forEach(group -> object(groups, group)
                                .ifPresent(
                                        catalog -> catalogs.computeIfAbsent(catalogName(group), name -> new TreeMap<>())
                                                .putAll(texts(catalog)))));
        catalogs.values().removeIf(Map::isEmpty);
        return catalogs;
    }

    /** The name of a catalog as lockfiles have it. */
    public static String catalogName(String name) {
        return name.strip().equals(DEFAULT_CATALOG) ? "" : name.strip();
    }

    private static SortedMap<String, String> patches(Manifest root) throws OcnixException {
        SortedMap<String, String> patches = object(root.json(), "patchedDependencies")
                .map(Declarations::texts)
                .orElseGet(TreeMap::new);
        for (Map.Entry<String, String> patch : patches.entrySet()) {
            if (!SafeText.isInnerPath(patch.getValue())) {
                throw OcnixException.input(root.path() + " has " + Visible.quoted(patch.getValue())
                        + " as the patch of " + Visible.quoted(patch.getKey())
                        + ", which is no path inside the project; correct it.");
            }
        }
        return patches;
    }

    private static Optional<JsonObject> object(JsonObject json, String field) {
        return Optional.ofNullable(json.get(field))
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject);
    }

    private static SortedMap<String, String> texts(JsonObject json) {
        SortedMap<String, String> texts = new TreeMap<>();
        json.entrySet()
                .forEach(entry -> Manifest.text(entry.getValue()).ifPresent(text -> texts.put(entry.getKey(), text)));
        return texts;
    }
}
