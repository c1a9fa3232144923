package dev.ocnix.fetch.source;

import java.nio.file.Path;

/** Where a run gets the bytes of a pinned source from; it decides nothing about what they are. */
public sealed interface Transport {
    /** The place that the identity itself names. */
    record Origin() implements Transport {}

    /**
     * A git repository with the same commits.
     *
     * @param location a URL, or a folder (bare, or one that holds {@code .git})
     */
    record GitMirror(String location) implements Transport {}

    /**
     * A server that answers for GitHub; a source that is no GitHub repository is fetched from its origin all the same.
     *
     * @param baseUrl answers {@code /<owner>/<repo>/archive/<40 hex>.tar.gz} and
     *     {@code /<owner>/<repo>.git/info/refs?service=git-upload-pack}
     */
    record GitHubMirror(String baseUrl) implements Transport {}

    /** A git work tree; only what is committed counts. */
    record Directory(Path path) implements Transport {}

    /** A tar.gz as GitHub gives it for a commit. */
    record Archive(Path path) implements Transport {}
}
