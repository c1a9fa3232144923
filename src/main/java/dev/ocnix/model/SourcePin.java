package dev.ocnix.model;

import dev.ocnix.hash.Sri;
import java.util.Optional;

/**
 * A source nailed down.
 *
 * @param revision what the user pinned: a tag's name or the commit
 * @param tag the tag, when the revision is one
 * @param commit the full commit id, 40 lower-case hexadecimal digits
 * @param narHash sha256 of the NAR that the emitted fetcher will produce: the archive's content for GitHub, the checkout's
 *     for git
 * @param cloned whether a repository on GitHub is fetched with git and not as its archive, so that the hash is a checkout's
 */
public record SourcePin(
        SourceIdentity identity, String revision, Optional<String> tag, String commit, Sri narHash, boolean cloned) {}
