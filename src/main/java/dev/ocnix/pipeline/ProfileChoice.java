package dev.ocnix.pipeline;

import java.nio.file.Path;

/** Which profile describes what is special to the project. */
public sealed interface ProfileChoice {
    /** The built-in profile for the root package's name, if there is one. */
    record Auto() implements ProfileChoice {}

    /** No profile. */
    record None() implements ProfileChoice {}

    /** A profile of the user's own. */
    record File(Path path) implements ProfileChoice {}
}
