package dev.ocnix.fetch.http;

/** Hears of each exchange; called from several threads. Told no credentials and no redirect's target but its host. */
public interface HttpListener {
    /** Hears nothing. */
    HttpListener SILENT = new HttpListener() {};

    /**
     * A response was read to the point where its reader was satisfied.
     *
     * @param url what was asked for
     * @param host who answered, after redirects
     * @param protocol such as {@code h2}
     * @param bytes of the body, as transferred
     */
    default void received(String url, String host, String protocol, long bytes, long millis) {}

    /** An attempt failed and another one follows after {@code waitMillis}. */
    default void retrying(String url, String reason, int attempt, long waitMillis) {}
}
