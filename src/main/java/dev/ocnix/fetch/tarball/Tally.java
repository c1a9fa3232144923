package dev.ocnix.fetch.tarball;

import java.net.URI;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what is done, and how long each host took for it. */
final class Tally {
    private final int total;
    private final Map<String, Times> byHost = new TreeMap<>();
    private int done;
    private int failed;
    private long bytes;

    /** How many requests a host took, and how long they took together. */
    private record Times(long nanos, int requests) {
        Times and(Times other) {
            return new Times(nanos + other.nanos, requests + other.requests);
        }

        double mean() {
            return (double) nanos / requests;
        }
    }

    Tally(int total) {
        this.total = total;
    }

    synchronized PrefetchListener.Progress add(TarballResult result, TarballRequest request, long nanos) {
        done++;
        if (result instanceof TarballResult.Fetched fetched) {
            bytes += fetched.facts().size();
        } else {
            failed++;
        }
        byHost.merge(host(request.url()), new Times(nanos, 1), Times::and);
        return new PrefetchListener.Progress(done, failed, total, bytes, slowest());
    }

    private String slowest() {
        if (byHost.size() < 2) {
            return "";
        }
        return byHost.entrySet().stream()
                .max(Comparator.comparingDouble(host -> host.getValue().mean()))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private static String host(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost()).orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
