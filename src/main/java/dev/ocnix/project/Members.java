package dev.ocnix.project;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.ocnix.lockfile.SafeText;
import dev.ocnix.model.OcnixException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the workspace members that a root package.json means, as Bun does: a folder whose package.json has a name is one. */
final class Members {
    private static final String FIELD = "workspaces";

    private final Manifests manifests;
    private final Manifest root;
    private final SortedSet<String> found = new TreeSet<>();
    private final List<FolderPattern> excluded = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private Members(Manifests manifests, Manifest root) {
        this.manifests = manifests;
        this.root = root;
    }

    /**
     * The folders of a project's members.
     *
     * @param paths from the root, sorted
     * @param missing those that the root names and the source lacks
     */
    record Found(SortedSet<String> paths, List<String> missing) {}

    static Found of(Manifests manifests, Manifest root) throws OcnixException {
        return new Members(manifests, root).find();
    }

    private Found find() throws OcnixException {
        List<String> patterns = patterns();
        for (String pattern : patterns) {
            if (pattern.startsWith("!")) {
                FolderPattern.of(pattern.substring(1)).ifPresent(excluded::add);
            }
        }
        for (String pattern : patterns) {
            if (!pattern.startsWith("!")) {
                add(pattern);
            }
        }
        return new Found(found, List.copyOf(missing));
    }

    private List<String> patterns() throws OcnixException {
        JsonElement field = root.json().get(FIELD);
        JsonElement value =
                field != null && field.isJsonObject() ? field.getAsJsonObject().get("packages") : field;
        if (value == null) {
            return List.of();
        }
        if (!value.isJsonArray()) {
            throw noList();
        }
        List<String> patterns = new ArrayList<>();
        for (JsonElement item : (JsonArray) value) {
            patterns.add(Manifest.text(item).orElseThrow(this::noList).strip());
        }
        return patterns;
    }

    private OcnixException noList() {
        return OcnixException.input(root.path() + " has " + FIELD
                + " that are no list of paths; correct them, run `bun install`, and commit both.");
    }

    private void add(String text) throws OcnixException {
        if (!FolderPattern.isPattern(text)) {
            String path = String.join("/", FolderPattern.names(text));
            if (path.isEmpty()) {
                return;
            }
            if (!SafeText.isInnerPath(path) || manifests.at(path).isEmpty()) {
                missing.add(path);
            } else {
                addNamed(path);
            }
            return;
        }
        Optional<FolderPattern> pattern = FolderPattern.of(text);
        if (pattern.isEmpty()) {
            throw noList();
        }
        for (String path : manifests.below(pattern.get().start())) {
            if (pattern.get().matches(path)) {
                addNamed(path);
            }
        }
    }

    private void addNamed(String path) throws OcnixException {
        boolean named = manifests.at(path).flatMap(manifest -> manifest.text("name")).stream()
                .anyMatch(name -> !name.isEmpty());
        if (named && excluded.stream().noneMatch(pattern -> pattern.matches(path))) {
            found.add(path);
        }
    }
}
