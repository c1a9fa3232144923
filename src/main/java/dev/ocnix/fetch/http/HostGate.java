package dev.ocnix.fetch.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;

/**
 * Lets the first request to a host go alone until it is answered. Without that, each of the first concurrent requests opens a
 * TLS connection of its own, even where HTTP/2 would carry them all on one.
 */
final class HostGate {
    private final ConcurrentMap<String, CountDownLatch> hosts = new ConcurrentHashMap<>();

    /**
     * Waits for the first request to a host, or becomes it.
     *
     * @return what to run as soon as the caller's request is answered or has failed
     */
    Runnable enter(String host) throws InterruptedException {
        CountDownLatch mine = new CountDownLatch(1);
        CountDownLatch first = hosts.putIfAbsent(host, mine);
        if (first == null) {
            return mine::countDown;
        }
        first.await();
        return () -> {};
    }
}
