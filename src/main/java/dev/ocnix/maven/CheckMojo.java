package dev.ocnix.maven;

import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.model.OcnixException;
import dev.ocnix.pipeline.Check;
import dev.ocnix.pipeline.ConversionRequest;
import dev.ocnix.pipeline.Drift;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** Fails if the tree is not what its pin gives; writes nothing into it. */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, inheritByDefault = false)
@SuppressWarnings("deprecation") // inheritByDefault has no successor yet
public final class CheckMojo extends ConversionMojo {
    /** More lines than that tell a person nothing that the first ones do not. */
    private static final int SHOWN = 200;

    private final SettingsDecrypter decrypter;
    private final Attachment attachment;

    /** Whether a pinned tag is asked for again, to find out if it was moved; {@code -o} never asks. */
    @Parameter(property = "ocnix.check.tag", defaultValue = "true")
    boolean checkTag;

    /** Whether this goal does nothing. */
    @Parameter(property = "ocnix.check.skip", defaultValue = "false")
    boolean checkSkip;

    @Inject
    public CheckMojo(SettingsDecrypter decrypter, Attachment attachment) {
        this.decrypter = decrypter;
        this.attachment = attachment;
    }

    @Override
    void convert() throws OcnixException {
        LogListener listener = LogListener.of(getLog(), session.getRequest().isInteractiveMode());
        if (checkSkip) {
            listener.info("Skipped: ocnix.check.skip is set.");
            return;
        }
        ConversionRequest request = Requests.of(this);
        HttpSettings http = Connections.of(this, session.getSettings(), session.isOffline(), decrypter, listener);
        Drift drift = new Check(request, http, listener, checkTag, new MendingCommand(this)::of).run();
        if (!drift.isEmpty()) {
            throw failure(drift, listener);
        }
        attachment.attach(this);
    }

    private OcnixException failure(Drift drift, LogListener listener) {
        List<String> lines = drift.lines();
        lines.stream().limit(SHOWN).forEach(listener::error);
        if (lines.size() > SHOWN) {
            listener.error("and " + (lines.size() - SHOWN) + " more, all of them in report.json");
        }
        String counts = drift.counts().isEmpty() ? "" : " (" + drift.counts() + ")";
        String advice = drift.files().isEmpty()
                ? "; what to do is said above."
                : ". To mend it: " + new MendingCommand(this).of(drift.needsForce());
        return OcnixException.input(outputDirectory + " is not what its pin gives" + counts + advice);
    }
}
