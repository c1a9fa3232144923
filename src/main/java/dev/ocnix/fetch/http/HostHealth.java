package dev.ocnix.fetch.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/**
 * Remembers hosts that have never answered. Without it a run of thousands of requests against a dead host would take as many
 * times all attempts and waits.
 */
final class HostHealth {
    private static final int PATIENCE = 3;
    private static final int ANSWERED = -1;

    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    void answered(HttpUrl url) {
        failures.put(key(url), ANSWERED);
    }

    void failed(HttpUrl url) {
        failures.merge(key(url), 1, (before, one) -> before == ANSWERED ? ANSWERED : before + one);
    }

    /** Whether several requests used up all their attempts in vain, and none was ever answered. */
    boolean isDead(HttpUrl url) {
        return failures.getOrDefault(key(url), 0) >= PATIENCE;
    }

    private static String key(HttpUrl url) {
        return url.host() + ":" + url.port();
    }
}
