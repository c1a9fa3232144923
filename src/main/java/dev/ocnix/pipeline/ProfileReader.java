package dev.ocnix.pipeline;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ocnix.model.BunRange;
import dev.ocnix.model.BunVersion;
import dev.ocnix.model.OcnixException;
import dev.ocnix.nix.Running;
import dev.ocnix.nix.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what a profile says of one version of its project. */
final class ProfileReader {
    private static final Set<String> FIELDS = Set.of(
            "name",
            "workspace",
            "linker",
            "mainProgram",
            "sourcePaths",
            "installPaths",
            "buildWorkspaces",
            "buildCommands",
            "environment",
            "buildDependencies",
            "leaveOut",
            "leaveOutPatches",
            "postAssemble",
            "runtimePath",
            "wrapperEnvironment",
            "installCheck",
            "service",
            "versions");
    private static final Set<String> POST_ASSEMBLE = Set.of("files", "commands", "productionCommands");
    private static final Set<String> SERVICE = Set.of("script", "arguments", "environment", "host", "port", "test");
    private static final Set<String> TEST = Set.of("programs", "environment", "answers");

    private final String where;

    /** @param where the profile's name, for messages */
    ProfileReader(String where) {
        this.where = where;
    }

    /** @throws OcnixException if a field is unknown or of the wrong type */
    Profile read(JsonObject json, Optional<String> version) throws OcnixException {
        try {
            return profile(merged(json, version));
        } catch (IllegalStateException | UnsupportedOperationException | ClassCastException | NumberFormatException e) {
            throw OcnixException.input("The profile " + where
                    + " has a field of the wrong type; the built-in profile shows what each field is.");
        }
    }

    /** With what the profile says of this version in the place of what it says of all. */
    private JsonObject merged(JsonObject json, Optional<String> version) throws OcnixException {
        requireKnown(json, FIELDS);
        JsonObject merged = json.deepCopy();
        merged.remove("versions");
        if (!json.has("versions")) {
            return merged;
        }
        for (JsonElement element : json.getAsJsonArray("versions")) {
            JsonObject change = element.getAsJsonObject().deepCopy();
            if (!change.has("range")) {
                throw OcnixException.input("The profile " + where + " has versions without a range; say which.");
            }
            BunRange range = BunRange.parse(change.remove("range").getAsString());
            requireKnown(change, FIELDS);
            if (version.isPresent()
                    && range.admits(BunVersion.scan(version.get(), 0).lowest())) {
                change.entrySet().forEach(field -> merged.add(field.getKey(), field.getValue()));
            }
        }
        return merged;
    }

    private Profile profile(JsonObject json) throws OcnixException {
        JsonObject steps = object(json, "postAssemble", POST_ASSEMBLE);
        return new Profile(
                text(json, "name"),
                text(json, "workspace"),
                text(json, "linker"),
                text(json, "mainProgram"),
                texts(json, "sourcePaths"),
                texts(json, "installPaths"),
                texts(json, "buildWorkspaces"),
                json.has("buildCommands") ? Optional.of(texts(json, "buildCommands")) : Optional.empty(),
                map(json, "environment"),
                texts(json, "buildDependencies"),
                texts(json, "leaveOut"),
                texts(json, "leaveOutPatches"),
                new Profile.PostAssemble(
                        texts(steps, "files"), texts(steps, "commands"), texts(steps, "productionCommands")),
                running(json));
    }

    private Running running(JsonObject json) throws OcnixException {
        SortedMap<String, SortedMap<String, String>> environment = new TreeMap<>();
        JsonObject byRuntime = object(json, "wrapperEnvironment", Set.of("bun", "node"));
        byRuntime.keySet().forEach(runtime -> environment.put(runtime, map(byRuntime, runtime)));
        Optional<Service> service = json.has("service") ? Optional.of(service(json)) : Optional.empty();
        return new Running(texts(json, "runtimePath"), environment, texts(json, "installCheck"), service);
    }

    private Service service(JsonObject json) throws OcnixException {
        JsonObject service = object(json, "service", SERVICE);
        JsonObject test = object(service, "test", TEST);
        int port = service.has("port") ? service.get("port").getAsInt() : Service.USUAL_PORT;
        if (port < 1 || port > 65_535) {
            throw OcnixException.input("The profile " + where + " gives its service the port " + port
                    + "; it is a number from 1 to 65535.");
        }
        return new Service(
                text(service, "script"),
                texts(service, "arguments"),
                map(service, "environment"),
                text(service, "host").orElse(Service.LOOPBACK),
                port,
                service.has("test")
                        ? Optional.of(new Service.Test(
                                texts(test, "programs"), map(test, "environment"), map(test, "answers")))
                        : Optional.empty());
    }

    private void requireKnown(JsonObject json, Set<String> known) throws OcnixException {
        SortedSet<String> unknown = new TreeSet<>(json.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw OcnixException.input("The profile " + where + " has a field " + unknown.first()
                    + " that there is not; beside it there may be " + String.join(", ", new TreeSet<>(known)) + ".");
        }
    }

    private JsonObject object(JsonObject json, String field, Set<String> known) throws OcnixException {
        JsonObject object = json.has(field) ? json.getAsJsonObject(field) : new JsonObject();
        requireKnown(object, known);
        return object;
    }

    private static Optional<String> text(JsonObject json, String field) {
        return Optional.ofNullable(json.get(field)).map(JsonElement::getAsString);
    }

    private static List<String> texts(JsonObject json, String field) {
        List<String> texts = new ArrayList<>();
        if (json.has(field)) {
            json.getAsJsonArray(field).forEach(element -> texts.add(element.getAsString()));
        }
        return texts;
    }

    private static SortedMap<String, String> map(JsonObject json, String field) {
        SortedMap<String, String> map = new TreeMap<>();
        if (json.has(field)) {
            json.getAsJsonObject(field)
                    .entrySet()
                    .forEach(entry -> map.put(entry.getKey(), entry.getValue().getAsString()));
        }
        return map;
    }
}
