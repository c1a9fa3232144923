package dev.ocnix.fetch.tarball;

import dev.ocnix.fetch.http.HttpFailure;
import dev.ocnix.model.TarballFacts;

/** What became of a {@link TarballRequest}. */
public sealed interface TarballResult {
    /** It was read to its end, and its hash is the lockfile's, if that has one. */
    record Fetched(TarballFacts facts) implements TarballResult {}

    /** It could not be had. */
    record Unavailable(HttpFailure failure) implements TarballResult {}

    /**
     * It was had, and it is not what the lockfile records or no package at all; or its URL must not be asked.
     *
     * @param problem a sentence for the user
     */
    record Wrong(String problem) implements TarballResult {}
}
