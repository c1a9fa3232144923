package dev.ocnix.project.part;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.addon.Outcome;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.Workspace;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The native part of the root or a member.
 *
 * @param scripts all of its scripts
 * @param napi whether its package.json has a {@code napi} object
 */
public record WorkspacePart(Workspace workspace, AddonHint hint, SortedMap<String, String> scripts, boolean napi) {
    /** Whether the application's build has something to do, or to patch, for it on some system. */
    boolean isHandled() {
        return compiles()
                || hint.systems().containsValue(Outcome.PREBUILT)
                || hint.systems().containsValue(Outcome.CHILD_PACKAGE);
    }

    private boolean compiles() {
        return hint.systems().containsValue(Outcome.COMPILE);
    }

    /** What a user is told: how the part is made, or that nothing here makes it. */
    Optional<String> told() {
        String where = workspace.isRoot() ? "the root" : workspace.path();
        if (compiles()) {
            return Optional.of("The native part of " + where + " is compiled in the application's build ("
                    + String.join(" && ", hint.advice().buildSteps()) + ").");
        }
        return isRust() && hint.binaries().isEmpty()
                ? Optional.of("The native part of " + where
                        + " is written in Rust, which no hint compiles; let buildCommands of a"
                        + " profile make it, with Rust and the crates from an override of the package.")
                : Optional.empty();
    }

    /** A Cargo.toml alone may be anything; scripts tell that JavaScript loads the result. */
    boolean isRust() {
        return hint.kinds().contains(AddonKind.RUST_SOURCE)
                && (napi
                        || scripts.values().stream()
                                .anyMatch(script -> script.contains("napi build")
                                        || script.contains("cargo-cp-artifact")
                                        || script.contains("neon ")
                                        || script.contains("cargo build")));
    }
}
