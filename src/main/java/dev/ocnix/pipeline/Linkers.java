package dev.ocnix.pipeline;

import dev.ocnix.model.Lockfile;

/** Which way node_modules is laid out. */
final class Linkers {
    private static final String HOISTED = "hoisted";

    private Linkers() {}

    /**
     * The user's choice, else the profile's, else hoisted. Bun would lay out a project with members whose lockfile has a
     * {@code configVersion} of 1 or more in isolation; the listener is told where that is passed over.
     */
    static String choose(ConversionRequest request, Profile profile, Lockfile lockfile, Listener listener) {
        boolean bunIsolates =
                lockfile.configVersion().orElse(0) > 0 && lockfile.workspaces().size() > 1;
        if (request.linker().isEmpty() && profile.linker().isEmpty() && bunIsolates) {
            listener.info("Bun's default for this project is the isolated linker; the tree is hoisted"
                    + " (set ocnix.linker=hoisted to accept that silently).");
        }
        return request.linker().or(profile::linker).orElse(HOISTED);
    }
}
