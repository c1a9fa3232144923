package dev.ocnix.maven;

import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.model.OcnixException;
import dev.ocnix.pipeline.Conversion;
import dev.ocnix.pipeline.ConversionRequest;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** Writes the Nix expression tree of a pinned revision of a Bun project. */
@Mojo(name = "generate", threadSafe = true, aggregator = true, inheritByDefault = false)
@SuppressWarnings("deprecation") // inheritByDefault has no successor yet
public final class GenerateMojo extends ConversionMojo {
    private final SettingsDecrypter decrypter;
    private final Attachment attachment;

    @Inject
    public GenerateMojo(SettingsDecrypter decrypter, Attachment attachment) {
        this.decrypter = decrypter;
        this.attachment = attachment;
    }

    @Override
    void convert() throws OcnixException {
        ConversionRequest request = Requests.of(this);
        LogListener listener = LogListener.of(getLog(), session.getRequest().isInteractiveMode());
        HttpSettings http = Connections.of(this, session.getSettings(), session.isOffline(), decrypter, listener);
        new Conversion(request, http, listener).write();
        attachment.attach(this);
    }
}
