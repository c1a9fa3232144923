package dev.ocnix.maven;

import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.model.OcnixException;
import dev.ocnix.pipeline.Inspection;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** Prints what a lockfile says, or explains the native parts of one of its packages; needs no project. */
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

    /**
     * A package to explain in place of printing the lockfile: a name, for all its versions, or {@code name@version}. What a
     * generated tree or the cache does not know of its tarball is downloaded.
     */
    @Parameter(property = "ocnix.addon")
    String addon;

    /** The default npm registry, when it is not npm's own. */
    @Parameter(property = "ocnix.registry")
    String registry;

    /** Registries of single scopes, each with {@code scope}, {@code url} and optionally {@code serverId}. */
    @Parameter
    List<Registry> registries = new ArrayList<>();

    /** A base URL that serves tarballs in every registry's place. */
    @Parameter(property = "ocnix.registryMirror")
    String registryMirror;

    /**
     * A git URL or a clone's folder to get the source of a tree from, where the cache lacks it.
     *
     * @since 0.2.0
     */
    @Parameter(property = "ocnix.gitMirror")
    String gitMirror;

    /**
     * A base URL that serves the archive of a tree's source in GitHub's place.
     *
     * @since 0.2.0
     */
    @Parameter(property = "ocnix.githubMirror")
    String githubMirror;

    /** What was learnt about tarballs is kept here. */
    @Parameter(property = "ocnix.cacheDirectory", defaultValue = "${settings.localRepository}/.cache/ocnix")
    File cacheDirectory;

    /**
     * The folder of a generated tree, whose lockfile is meant where there is none, and whose {@code facts.json} may know a package
     * without scripts.
     */
    @Parameter(property = "ocnix.outputDirectory", defaultValue = "nix")
    String outputDirectory;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    @Inject
    public InspectMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            LogListener listener = new LogListener(getLog(), Optional.empty());
            new ParameterCheck(session, execution, listener).run();
            Inspection.Request request = Requests.of(this);
            HttpSettings http = Connections.of(this, decrypter, listener);
            new Inspection(request, http, listener).print(StandardOutput.of(session.getSystemProperties()));
        } catch (OcnixException e) {
            Failures.raise(e);
        }
    }
}
