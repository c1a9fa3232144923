package dev.ocnix.fetch.tarball;

import dev.ocnix.fetch.http.HttpFailure;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Problem;
import dev.ocnix.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tarballs that could not be had, by cause: what keeps a thousand of them away is told once. */
public final class MissingTarballs {
    private static final int HOSTS = 3;

    private final SortedMap<String, List<Missing>> byCause = new TreeMap<>();

    /** One of them, with advice beside the failure's own. */
    private record Missing(PackageId id, HttpFailure failure, String advice) {}

    /**
     * Adds one.
     *
     * @param advice what else could be done; without a full stop, may be empty
     */
    public void add(PackageId id, HttpFailure failure, String advice) {
        byCause.computeIfAbsent(failure.reason() + "\n" + advice, cause -> new ArrayList<>())
                .add(new Missing(id, failure, advice));
    }

    /** A sentence for each cause. */
    public List<Problem> problems() {
        return byCause.values().stream().map(MissingTarballs::problem).toList();
    }

    private static Problem problem(List<Missing> missing) {
        Missing first = missing.get(0);
        String advice = first.advice().isEmpty() ? "" : "; " + first.advice();
        if (missing.size() == 1) {
            String sentence = Prefetcher.continued(first.failure().getMessage()).replaceFirst("\\.$", "");
            return Problem.of("The tarball of " + first.id() + " is missing: " + sentence + advice + ".");
        }
        SortedSet<String> hosts = new TreeSet<>();
        missing.forEach(one -> hosts.add(host(one.failure().url())));
        return new Problem(
                "Could not get " + missing.size() + " tarballs from " + Words.few(hosts, HOSTS) + ": each "
                        + first.failure().reason() + advice + ". Missing are ",
                missing.stream().map(one -> one.id().toString()).sorted().toList(),
                ".");
    }

    private static String host(String url) {
        int start = url.indexOf("://") + "://".length();
        int end = url.indexOf('/', start);
        return end < 0 ? url.substring(start) : url.substring(start, end);
    }
}
