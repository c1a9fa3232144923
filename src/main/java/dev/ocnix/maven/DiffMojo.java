package dev.ocnix.maven;

import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.model.OcnixException;
import dev.ocnix.pipeline.Comparison;
import dev.ocnix.pipeline.ConversionRequest;
import dev.ocnix.pipeline.DiffFormat;
import dev.ocnix.pipeline.SourceChoice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** Prints what changed between two trees, lockfiles or revisions, what is alarming first; needs no project. */
@Mojo(name = "diff", threadSafe = true, aggregator = true, requiresProject = false, inheritByDefault = false)
@SuppressWarnings("deprecation") // inheritByDefault has no successor yet
public final class DiffMojo extends SourceMojo {
    private final SettingsDecrypter decrypter;

    /**
     * The older side: the folder of a tree, a lockfile (a file, a folder with one, or an http(s) URL), or else a revision of
     * the repository, a tag or a full commit id.
     */
    @Parameter(property = "ocnix.from")
    String from;

    /** The newer side, likewise. */
    @Parameter(property = "ocnix.to")
    String to;

    /** How it is printed: {@code text}, {@code json} or {@code markdown}. */
    @Parameter(property = "ocnix.format", defaultValue = "text")
    String format;

    /** A file to print into; standard output when not given. */
    @Parameter(property = "ocnix.outputFile")
    String outputFile;

    @Inject
    public DiffMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    Path base() {
        return Path.of(System.getProperty("user.dir", ""));
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            LogListener listener = new LogListener(getLog(), Optional.empty());
            new ParameterCheck(session, execution, listener).run();
            DiffFormat wanted = format();
            String older = given(from, "ocnix.from");
            String newer = given(to, "ocnix.to");
            ConversionRequest request = Requests.of(this);
            SourceChoice.Pinned source = Requests.revision(this, "");
            HttpSettings http = Connections.of(this, session.getSettings(), session.isOffline(), decrypter, listener);
            Comparison comparison = new Comparison(request, source::at, base(), http, listener);
            comparison.print(
                    comparison.between(older, newer),
                    wanted,
                    Optional.ofNullable(outputFile).map(String::trim).filter(path -> !path.isEmpty()),
                    StandardOutput.of(session.getSystemProperties()));
        } catch (OcnixException e) {
            Failures.raise(e);
        }
    }

    private static String given(@Nullable String value, String parameter) throws OcnixException {
        return Optional.ofNullable(value)
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> OcnixException.input(parameter
                        + " is missing; give the folder of a tree, a lockfile, or a revision of ocnix.repository."));
    }

    private DiffFormat format() throws OcnixException {
        return DiffFormat.of(format)
                .orElseThrow(() -> OcnixException.input("ocnix.format is \"" + format + "\"; it is one of "
                        + Stream.of(DiffFormat.values()).map(DiffFormat::term).collect(Collectors.joining(", "))
                        + "."));
    }
}
