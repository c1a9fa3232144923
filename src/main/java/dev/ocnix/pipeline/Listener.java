package dev.ocnix.pipeline;

/** Hears how a conversion goes. */
public interface Listener {
    /** A step that a person wants to know about. */
    void info(String message);

    /** A detail for whoever looks for a fault. */
    default void debug(String message) {}

    /** Something that works but should be known; called from several threads. */
    void warn(String message);

    /**
     * Downloads go on; called from several threads.
     *
     * @param done tarballs, failed ones included
     * @param bytes of all of them so far, compressed
     * @param host of several, the one that takes longest for a tarball on the average; empty for a single one
     */
    void progress(int done, int total, long bytes, String host);

    /** No download is under way any more. */
    void progressOver();
}
