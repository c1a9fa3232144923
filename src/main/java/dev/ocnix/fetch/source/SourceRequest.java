package dev.ocnix.fetch.source;

import dev.ocnix.model.SourceIdentity;
import java.util.Optional;

/**
 * A source that is asked for.
 *
 * @param revision a tag or a full commit id
 * @param knownCommit what the tag meant in an earlier run; a tag that means something else today is refused
 */
public record SourceRequest(
        SourceIdentity identity, String revision, Optional<String> knownCommit, Transport transport) {}
