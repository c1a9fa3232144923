package dev.ocnix.project;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ocnix.lockfile.LockfileAssembler;
import dev.ocnix.lockfile.SafeText;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.OcnixException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the dependencies and commands of a package.json as Bun does. */
final class DependencyGroups {
    private DependencyGroups() {}

    /**
     * The edges of all groups, in the model's order. A package of optionalDependencies is no other group's; one of two other
     * groups is an edge in both.
     *
     * @throws OcnixException if a group is no map of names to ranges, which Bun refuses, too
     */
    static List<Dependency> of(Manifest manifest) throws OcnixException {
        SortedMap<String, String> optional = group(manifest, "optionalDependencies");
        List<Dependency> edges = new ArrayList<>();
        add(group(manifest, "dependencies"), DependencyKind.PROD, optional, edges);
        add(group(manifest, "devDependencies"), DependencyKind.DEV, optional, edges);
        add(optional, DependencyKind.OPTIONAL, Map.of(), edges);
        group(manifest, "peerDependencies")
                .forEach((name, range) -> edges.add(new Dependency(
                        name,
                        range,
                        isOptionalPeer(manifest, name) ? DependencyKind.OPTIONAL_PEER : DependencyKind.PEER)));
        edges.sort(LockfileAssembler.BY_ALIAS);
        return edges;
    }

    private static void add(
            Map<String, String> group, DependencyKind kind, Map<String, String> without, List<Dependency> edges) {
        group.forEach((name, range) -> {
            if (!without.containsKey(name)) {
                edges.add(new Dependency(name, range, kind));
            }
        });
    }

    private static SortedMap<String, String> group(Manifest manifest, String group) throws OcnixException {
        SortedMap<String, String> ranges = new TreeMap<>();
        JsonElement value = manifest.json().get(group);
        if (value == null) {
            return ranges;
        }
        if (!value.isJsonObject()) {
            throw noMap(manifest, group);
        }
        for (Map.Entry<String, JsonElement> entry : value.getAsJsonObject().entrySet()) {
            Optional<String> range = Manifest.text(entry.getValue());
            ranges.put(entry.getKey(), range.orElseThrow(() -> noMap(manifest, group)));
        }
        return ranges;
    }

    private static OcnixException noMap(Manifest manifest, String group) {
        return OcnixException.input(manifest.path() + " has " + group
                + " that are no map of names to ranges; correct them, run `bun install`, and commit both.");
    }

    /** Whether {@code peerDependenciesMeta} says that a peer may be absent. */
    static boolean isOptionalPeer(Manifest manifest, String name) {
        return object(manifest.json(), "peerDependenciesMeta")
                .flatMap(meta -> object(meta, name))
                .map(peer -> peer.get("optional"))
                .filter(value ->
                        value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean())
                .filter(JsonElement::getAsBoolean)
                .isPresent();
    }

    private static Optional<JsonObject> object(JsonObject json, String field) {
        return Optional.ofNullable(json.get(field))
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject);
    }

    /** The commands of a member; what is no text that can be repeated is left out. */
    static Bin bin(Manifest manifest) {
        Optional<String> file = manifest.text("bin").filter(SafeText::isPrintable);
        if (file.isPresent()) {
            return new Bin.File(file.get());
        }
        List<Bin.Command> commands = new ArrayList<>();
        object(manifest.json(), "bin")
                .ifPresent(bin -> bin.entrySet()
                        .forEach(entry -> Manifest.text(entry.getValue())
                                .filter(path -> SafeText.isPrintable(path) && SafeText.isPrintable(entry.getKey()))
                                .filter(path -> !entry.getKey().isEmpty())
                                .ifPresent(path -> commands.add(new Bin.Command(entry.getKey(), path)))));
        if (!commands.isEmpty()) {
            return new Bin.Named(commands);
        }
        return manifest.json().has("bin")
                ? Bin.none()
                : manifest.text("directories", "bin")
                        .filter(SafeText::isPrintable)
                        .<Bin>map(Bin.Dir::new)
                        .orElse(Bin.none());
    }
}
