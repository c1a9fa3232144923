package dev.ocnix.fetch.source;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.SourcePin;
import java.util.Locale;
import java.util.Optional;

/** What the cache knows of a commit. */
public record Snapshot(
        SourceIdentity identity,
        String commit,
        Sri narHash,
        Submodules submodules,
        Marks marks,
        boolean cloned,
        ReplayedFiles replayed) {
    /** The pin of a revision that is known to mean this commit. */
    public SourcePin pin(String revision) {
        boolean isTag = !revision.toLowerCase(Locale.ROOT).equals(commit);
        return new SourcePin(
                identity,
                isTag ? revision : commit,
                isTag ? Optional.of(revision) : Optional.empty(),
                commit,
                narHash,
                cloned);
    }

    /** The files, as far as earlier runs asked for them. */
    public SourceFiles files() {
        return replayed;
    }
}
