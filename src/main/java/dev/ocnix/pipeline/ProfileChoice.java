package dev.ocnix.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Which profile describes what is special to the project. */
public sealed interface ProfileChoice {
    /** The built-in profile for the source's repository, if there is one. */
    record Auto() implements ProfileChoice {}

    /** A built-in profile, whichever repository the source is from. */
    record BuiltIn(String name) implements ProfileChoice {}

    /** No profile. */
    record None() implements ProfileChoice {}

    /** A profile of the user's own. */
    record File(Path path) implements ProfileChoice {}

    /** The choice that a setting means: {@code auto}, {@code none}, a path, or the name of a built-in profile. */
    static ProfileChoice of(String setting, Path folder) {
        return switch (setting) {
            case "auto" -> new Auto();
            case "none" -> new None();
            default -> {
                Path file = folder.resolve(setting);
                boolean isName = Pattern.matches("[a-z0-9-]+", setting) && !Files.exists(file);
                yield isName ? new BuiltIn(setting) : new File(file);
            }
        };
    }
}
