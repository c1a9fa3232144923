package dev.ocnix.pipeline;

import com.google.gson.JsonObject;
import dev.ocnix.lockfile.text.BunJson;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Resources;
import dev.ocnix.model.SourceIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The built-in profiles, and the reader of a user's own. */
final class Profiles {
    private static final String FOLDER = "/dev/ocnix/profiles/";

    private final Optional<String> version;

    /** @param version of the project's root, for what a profile says of single versions */
    Profiles(Optional<String> version) {
        this.version = version;
    }

    /** The profile that a request means, for a source from this repository. */
    Profile choose(ProfileChoice choice, Optional<SourceIdentity> repository) throws OcnixException {
        if (choice instanceof ProfileChoice.File file) {
            return read(file.path());
        }
        SortedMap<String, String> known = known();
        if (choice instanceof ProfileChoice.BuiltIn builtIn) {
            if (!known.containsKey(builtIn.name())) {
                throw OcnixException.input("ocnix.profile is \"" + builtIn.name()
                        + "\", which is no file and no built-in profile; built in: " + String.join(", ", known.keySet())
                        + "; set it to one of them, to auto, none or the path of a JSON file.");
            }
            return builtIn(builtIn.name());
        }
        if (choice instanceof ProfileChoice.None || repository.isEmpty()) {
            return Profile.empty();
        }
        // a project's own name decides nothing: anybody may take it
        String url = url(repository.get());
        for (Map.Entry<String, String> entry : known.entrySet()) {
            if (entry.getValue().equals(url)) {
                return builtIn(entry.getKey());
            }
        }
        return Profile.empty();
    }

    /** The built-in profiles, each with the repository that it is for. */
    private static SortedMap<String, String> known() throws OcnixException {
        SortedMap<String, String> profiles = new TreeMap<>();
        parse(resource("index.json"), "index.json")
                .entrySet()
                .forEach(entry -> profiles.put(entry.getKey(), entry.getValue().getAsString()));
        return profiles;
    }

    /** GitHub takes owners and names in any case. */
    private static String url(SourceIdentity repository) {
        String url = repository instanceof SourceIdentity.GitHub gitHub
                ? gitHub.baseUrl() + "/" + gitHub.owner() + "/" + gitHub.repo()
                : repository.describe();
        String lower = url.toLowerCase(Locale.ROOT);
        return lower.endsWith(".git") ? lower.substring(0, lower.length() - ".git".length()) : lower;
    }

    private Profile builtIn(String name) throws OcnixException {
        String file = name + ".json";
        return profile(parse(resource(file), file), file);
    }

    private Profile read(Path path) throws OcnixException {
        String text;
        try {
            text = Files.readString(path);
        } catch (IOException e) {
            throw OcnixException.input("Cannot read the profile " + path
                    + "; ocnix.profile is auto, none, a built-in profile's name or the path of a JSON file.");
        }
        return profile(parse(text, path.toString()), path.toString());
    }

    private static String resource(String name) {
        return Resources.text(Profiles.class, FOLDER + name);
    }

    private static JsonObject parse(String text, String where) throws OcnixException {
        if (text.isBlank()) {
            throw OcnixException.input("The profile " + where
                    + " is empty; write {} for one that says nothing, or set ocnix.profile to auto or none.");
        }
        return BunJson.object(
                "The profile " + where,
                text.getBytes(StandardCharsets.UTF_8),
                "correct it, or set ocnix.profile to auto or none");
    }

    private Profile profile(JsonObject json, String where) throws OcnixException {
        return new ProfileReader(where).read(json, version);
    }
}
