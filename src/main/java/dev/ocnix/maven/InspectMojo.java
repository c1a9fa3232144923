package dev.ocnix.maven;

import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.model.OcnixException;
import dev.ocnix.pipeline.Inspection;
import dev.ocnix.pipeline.PrintFormat;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** Prints what a lockfile says; needs no project. */
@Mojo(name = "inspect", threadSafe = true, aggregator = true, requiresProject = false, inheritByDefault = false)
@SuppressWarnings("deprecation") // inheritByDefault has no successor yet
public final class InspectMojo extends AbstractMojo {
    private final SettingsDecrypter decrypter;

    /** The lockfile: a file, a folder with a {@code bun.lock} or a {@code bun.lockb}, or an http(s) URL. */
    @Parameter(property = "ocnix.lockfile", defaultValue = ".")
    String lockfile;

    /** How it is printed: {@code table} for people, {@code tree} as node_modules is, {@code json} for machines, {@code yarn} as Bun 1.3.14 prints one. */
    @Parameter(property = "ocnix.format", defaultValue = "table")
    String format;

    /** A file to print into; standard output when not given. */
    @Parameter(property = "ocnix.outputFile")
    String outputFile;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Inject
    public InspectMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            Inspection.Request request = new Inspection.Request(
                    lockfile.trim(),
                    format(),
                    Optional.ofNullable(outputFile).map(String::trim).filter(path -> !path.isEmpty()),
                    Path.of(System.getProperty("user.dir", "")));
            LogListener listener = new LogListener(getLog(), Optional.empty());
            HttpSettings http =
                    Connections.of(request.location(), session.getSettings(), session.isOffline(), decrypter, listener);
            new Inspection(request, http, listener).print(StandardOutput.of(session.getSystemProperties()));
        } catch (OcnixException e) {
            Failures.raise(e);
        }
    }

    private PrintFormat format() throws OcnixException {
        return PrintFormat.of(format)
                .orElseThrow(() -> OcnixException.input("ocnix.format is \"" + format + "\"; it is one of "
                        + Stream.of(PrintFormat.values()).map(PrintFormat::term).collect(Collectors.joining(", "))
                        + "."));
    }
}
