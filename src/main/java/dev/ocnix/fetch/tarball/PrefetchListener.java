package dev.ocnix.fetch.tarball;

import dev.ocnix.model.TarballFacts;

/** Hears how downloads go on; called from several threads. */
public interface PrefetchListener {
    /** Hears nothing. */
    PrefetchListener SILENT = new PrefetchListener() {};

    /** A tarball was read and is what the lockfile records. */
    default void fetched(TarballRequest request, TarballFacts facts) {}

    /** A tarball is done, well or not. */
    default void progress(Progress progress) {}

    /** A sentence about something that is tolerated. */
    default void warning(String sentence) {}

    /**
     * How far a run is.
     *
     * @param done tarballs, failed ones included
     * @param bytes of all tarballs so far, compressed
     * @param host of several, the one that takes longest for a tarball on the average; empty for a single one
     */
    record Progress(int done, int failed, int total, long bytes, String host) {}
}
