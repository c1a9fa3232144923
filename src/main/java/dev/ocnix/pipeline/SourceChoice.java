package dev.ocnix.pipeline;

import dev.ocnix.fetch.source.Transport;
import dev.ocnix.model.SourceIdentity;
import java.nio.file.Path;

/** Where a conversion's source comes from. */
public sealed interface SourceChoice {
    /**
     * A pinned revision.
     *
     * @param revision a tag or a full commit id
     * @param transport how this run gets the bytes; never part of the tree
     * @param omitsSubmodules whether a source with submodules is converted without them, and not refused
     */
    record Pinned(SourceIdentity identity, String revision, Transport transport, boolean omitsSubmodules)
            implements SourceChoice {
        /** The same source at another revision. */
        Pinned at(String other) {
            return new Pinned(identity, other, transport, omitsSubmodules);
        }
    }

    /** The user's own project beside the wrapper; nothing is pinned. */
    record Local(Path directory) implements SourceChoice {}
}
