package dev.ocnix.pipeline;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The built-in profiles, and the reader of a user's own. */
final class Profiles {
    private static final String FOLDER = "/dev/ocnix/profiles/";

    /** The profile that a request means, for a project whose root package has this name. */
    Profile choose(ProfileChoice choice, Optional<String> rootPackage) throws OcnixException {
        if (choice instanceof ProfileChoice.File file) {
            return read(file.path());
        }
        return choice instanceof ProfileChoice.Auto ? builtIn(rootPackage) : Profile.empty();
    }

    private static Profile builtIn(Optional<String> rootPackage) throws OcnixException {
        JsonObject index = parse(resource("index.json"), "index.json");
        Optional<String> file = rootPackage
                .flatMap(name -> Optional.ofNullable(index.get(name)))
                .map(JsonElement::getAsString);
        return file.isPresent() ? profile(parse(resource(file.get()), file.get()), file.get()) : Profile.empty();
    }

    private static Profile read(Path path) throws OcnixException {
        String text;
        try {
            text = Files.readString(path);
        } catch (IOException e) {
            throw OcnixException.input(
                    "Cannot read the profile " + path + "; ocnix.profile is auto, none or the path of a JSON file.");
        }
        return profile(parse(text, path.toString()), path.toString());
    }

    private static String resource(String name) {
        return Resources.text(Profiles.class, FOLDER + name);
    }

    private static JsonObject parse(String text, String where) throws OcnixException {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw OcnixException.input(
                    "The profile " + where + " is no JSON object; correct it, or set ocnix.profile to auto or none.");
        }
    }

    private static Profile profile(JsonObject json, String where) throws OcnixException {
        try {
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
                    texts(json, "runtimePath"));
        } catch (IllegalStateException | UnsupportedOperationException | ClassCastException e) {
            throw OcnixException.input(
                    "The profile " + where
                            + " has a field of the wrong type; texts, lists of texts and, for environment, an object are meant.");
        }
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
