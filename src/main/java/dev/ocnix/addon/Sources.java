package dev.ocnix.addon;

import dev.ocnix.model.AddonFacts;

/** Whether a package can be compiled. */
final class Sources {
    /** What node-gyp builds from. */
    static final String GYP = "binding.gyp";

    private Sources() {}

    static boolean hasGyp(AddonFacts facts) {
        return facts.evidence().stream().anyMatch(evidence -> evidence.source().equals(GYP));
    }
}
