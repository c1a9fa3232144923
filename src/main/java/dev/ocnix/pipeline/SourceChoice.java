package dev.ocnix.pipeline;

import dev.ocnix.fetch.source.SourceRequest;
import dev.ocnix.fetch.source.Transport;
import dev.ocnix.model.SourceIdentity;
import java.nio.file.Path;
import java.util.Optional;

/** Where a conversion's source comes from. */
public sealed interface SourceChoice {
    /**
     * A pinned revision.
     *
     * @param revision a tag or a full commit id
     * @param transport how this run gets the bytes; never part of the tree
     * @param omitsSubmodules whether a source with submodules is converted without them, and not refused
     * @param setting the parameter that gave the revision, for messages
     */
    record Pinned(
            SourceIdentity identity, String revision, Transport transport, boolean omitsSubmodules, String setting)
            implements SourceChoice {
        /** The revision that the project pins. */
        public Pinned(SourceIdentity identity, String revision, Transport transport, boolean omitsSubmodules) {
            this(identity, revision, transport, omitsSubmodules, SourceRequest.PIN);
        }

        /** The same source at another revision, which another parameter gave. */
        public Pinned at(String other, String from) {
            return new Pinned(identity, other, transport, omitsSubmodules, from);
        }

        /** A request of it. */
        SourceRequest request(Optional<String> knownCommit) {
            return new SourceRequest(identity, revision, knownCommit, transport, setting);
        }
    }

    /** The user's own project beside the wrapper; nothing is pinned. */
    record Local(Path directory) implements SourceChoice {}
}
