package dev.ocnix.fetch.source;

import dev.ocnix.model.SourceIdentity;
import java.util.Optional;

/**
 * A source that is asked for.
 *
 * @param revision a tag or a full commit id
 * @param knownCommit what the tag meant in an earlier run; a tag that means something else today is refused
 * @param setting the parameter that gave the revision, for messages
 */
public record SourceRequest(
        SourceIdentity identity, String revision, Optional<String> knownCommit, Transport transport, String setting) {
    /** The parameter that pins a revision. */
    public static final String PIN = "ocnix.revision";

    /** A source at the pinned revision. */
    public SourceRequest(SourceIdentity identity, String revision, Optional<String> knownCommit, Transport transport) {
        this(identity, revision, knownCommit, transport, PIN);
    }
}
