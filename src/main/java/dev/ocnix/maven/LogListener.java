package dev.ocnix.maven;

import dev.ocnix.fetch.http.HttpListener;
import dev.ocnix.model.UserInfo;
import dev.ocnix.model.Visible;
import dev.ocnix.pipeline.Listener;
import java.util.Optional;
import org.apache.maven.plugin.logging.Log;

/** Tells Maven's log, and a terminal if there is one, how a run goes. */
final class LogListener implements Listener, HttpListener {
    private final Log log;
    private final Optional<ProgressLine> line;

    LogListener(Log log, Optional<ProgressLine> line) {
        this.log = log;
        this.line = line;
    }

    /** A listener that draws only where a person looks: on a terminal, not in batch mode, not when quiet. */
    static LogListener of(Log log, boolean interactive) {
        boolean isWatched = interactive && Terminal.isInteractive() && log.isInfoEnabled() && !log.isDebugEnabled();
        return new LogListener(log, isWatched ? Optional.of(new ProgressLine(System.err)) : Optional.empty());
    }

    @Override
    public void info(String message) {
        line.ifPresent(ProgressLine::clear);
        log.info(shown(message));
    }

    @Override
    public void debug(String message) {
        log.debug(shown(message));
    }

    @Override
    public void warn(String message) {
        line.ifPresent(ProgressLine::clear);
        log.warn(shown(message));
    }

    /** What makes the goal fail, beside its last sentence. */
    void error(String message) {
        line.ifPresent(ProgressLine::clear);
        log.error(shown(message));
    }

    private static String shown(String message) {
        return Visible.of(UserInfo.hidden(message));
    }

    @Override
    public void progress(int done, int total, long bytes, String host) {
        line.ifPresent(drawn -> drawn.draw(done, total, bytes, Visible.of(host)));
    }

    @Override
    public void progressOver() {
        line.ifPresent(ProgressLine::clear);
    }

    @Override
    public void received(String url, String host, String protocol, long bytes, long millis) {
        debug(url + ": " + protocol + " from " + host + ", " + bytes + " bytes, " + millis + " ms");
    }

    @Override
    public void retrying(String url, String reason, int attempt, long waitMillis) {
        debug(url + " " + reason + "; attempt " + (attempt + 1) + " in " + waitMillis + " ms");
    }
}
