package dev.ocnix.fetch.tarball;

import dev.ocnix.fetch.SideBySide;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpFailure;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageVisitor;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Downloads and reads many tarballs side by side. One failure does not keep the others from being tried. */
public final class Prefetcher {
    private final Http http;
    private final TarballReader reader;
    private final PrefetchListener listener;

    public Prefetcher(Http http, PackageVisitor.Factory visitors, PrefetchListener listener) {
        this.http = http;
        this.reader = new TarballReader(visitors, listener::warning);
        this.listener = listener;
    }

    /**
     * Fetches all of them, as many at a time as the HTTP settings allow.
     *
     * @return a result for each request
     * @throws OcnixException only if the calling thread is interrupted
     */
    public SortedMap<PackageId, TarballResult> fetch(Collection<TarballRequest> requests) throws OcnixException {
        Tally tally = new Tally(requests.size());
        List<TarballResult> fetched = SideBySide.map(
                requests, http.concurrency(), "The download of the tarballs", request -> fetch(request, tally));
        SortedMap<PackageId, TarballResult> results = new TreeMap<>();
        int index = 0;
        for (TarballRequest request : requests) {
            results.put(request.id(), fetched.get(index++));
        }
        return results;
    }

    private TarballResult fetch(TarballRequest request, Tally tally) {
        long start = System.nanoTime();
        TarballResult result = result(request);
        if (result instanceof TarballResult.Fetched fetched) {
            listener.fetched(request, fetched.facts());
        }
        listener.progress(tally.add(result, request, System.nanoTime() - start));
        return result;
    }

    private TarballResult result(TarballRequest request) {
        try {
            return new TarballResult.Fetched(http.get(
                    request.url(), body -> reader.read(request.id(), request.url(), request.integrity(), body)));
        } catch (HttpFailure e) {
            // an address that must not be asked stays wrong, however often it is tried
            return e.fault() == OcnixException.Fault.INPUT
                    ? new TarballResult.Wrong(
                            "The tarball of " + request.id() + " was not asked for: " + continued(e.getMessage()))
                    : new TarballResult.Unavailable(e);
        } catch (OcnixException e) {
            return new TarballResult.Wrong(String.join(" ", e.problems()));
        }
    }

    /** A sentence, as it goes on after a colon. */
    static String continued(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }
}
