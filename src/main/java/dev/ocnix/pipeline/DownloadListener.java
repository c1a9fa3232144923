package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.fetch.tarball.PrefetchListener;
import dev.ocnix.fetch.tarball.TarballRequest;
import dev.ocnix.model.TarballFacts;

/** Remembers each verified tarball at once, so that a killed run loses little, and passes the progress on. */
final class DownloadListener implements PrefetchListener {
    private final FactsCache cache;
    private final Listener listener;

    DownloadListener(FactsCache cache, Listener listener) {
        this.cache = cache;
        this.listener = listener;
    }

    @Override
    public void fetched(TarballRequest request, TarballFacts facts) {
        cache.put(request.integrity(), facts);
    }

    @Override
    public void progress(Progress progress) {
        listener.progress(progress.done(), progress.total(), progress.bytes(), progress.host());
    }

    @Override
    public void warning(String sentence) {
        listener.warn(sentence);
    }
}
