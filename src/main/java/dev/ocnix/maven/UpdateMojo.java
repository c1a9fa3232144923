package dev.ocnix.maven;

import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.model.OcnixException;
import dev.ocnix.pipeline.ConversionRequest;
import dev.ocnix.pipeline.PomFile;
import dev.ocnix.pipeline.Update;
import java.nio.file.Path;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** Moves the pin to the newest release, or to a given revision, and writes the tree for it. */
@Mojo(name = "update", threadSafe = true, aggregator = true, inheritByDefault = false)
@SuppressWarnings("deprecation") // inheritByDefault has no successor yet
public final class UpdateMojo extends ConversionMojo {
    private final SettingsDecrypter decrypter;

    /** The revision to move to, a tag or a full commit id; the newest release when not given. */
    @Parameter(property = "ocnix.update.to")
    String updateTo;

    /** Whether releases with a pre-release version, such as 2.0.0-rc.1, count. */
    @Parameter(property = "ocnix.update.prereleases", defaultValue = "false")
    boolean updatePrereleases;

    @Inject
    public UpdateMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    void convert() throws OcnixException {
        PomFile pom = new PinPlace(this).find();
        ConversionRequest request = Requests.of(this);
        LogListener listener = LogListener.of(getLog(), session.getRequest().isInteractiveMode());
        HttpSettings http = Connections.of(this, session.getSettings(), session.isOffline(), decrypter, listener);
        Optional<String> to = Optional.ofNullable(updateTo).map(String::trim).filter(text -> !text.isEmpty());
        Optional<String> moved = new Update(request, http, listener).run(to, updatePrereleases, pom);
        Path own = basedir.toPath().resolve("pom.xml").toAbsolutePath().normalize();
        if (moved.isPresent() && !pom.path().toAbsolutePath().normalize().equals(own)) {
            listener.info("Other modules below " + pom.path()
                    + " may share its ocnix.revision; ocnix:check finds those whose" + " trees are behind now.");
        }
    }
}
