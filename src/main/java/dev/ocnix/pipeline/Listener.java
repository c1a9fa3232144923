package dev.ocnix.pipeline;

/** Hears how a conversion goes; the progress calls come from several threads. */
public interface Listener {
    /** A step that a person wants to know about. */
    void info(String message);

    /** Something that works but should be known. */
    void warn(String message);

    /** Downloads begin. */
    default void downloads(int packages) {}

    /**
     * One download more is over.
     *
     * @param bytes what it transferred
     */
    default void downloaded(String host, long bytes) {}

    /** No download is under way any more. */
    default void downloadsOver() {}
}
