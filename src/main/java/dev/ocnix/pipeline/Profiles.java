package dev.ocnix.pipeline;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ocnix.lockfile.text.BunJson;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The built-in profiles, and the reader of a user's own. */
final class Profiles {
    private static final String FOLDER = "/dev/ocnix/profiles/";

    private final Optional<String> version;

    /** @param version of the project's root, for what a profile says of single versions */
    Profiles(Optional<String> version) {
        this.version = version;
    }

    /** The profile that a request means, for a project whose root package has this name. */
    Profile choose(ProfileChoice choice, Optional<String> rootPackage) throws OcnixException {
        if (choice instanceof ProfileChoice.File file) {
            return read(file.path());
        }
        return choice instanceof ProfileChoice.Auto ? builtIn(rootPackage) : Profile.empty();
    }

    private Profile builtIn(Optional<String> rootPackage) throws OcnixException {
        JsonObject index = parse(resource("index.json"), "index.json");
        Optional<String> file = rootPackage
                .flatMap(name -> Optional.ofNullable(index.get(name)))
                .map(JsonElement::getAsString);
        return file.isPresent() ? profile(parse(resource(file.get()), file.get()), file.get()) : Profile.empty();
    }

    private Profile read(Path path) throws OcnixException {
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
