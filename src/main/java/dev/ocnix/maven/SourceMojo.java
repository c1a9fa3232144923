package dev.ocnix.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of every goal that reads revisions of a source and looks into packages; none needs a project. */
abstract class SourceMojo extends AbstractMojo {
    static final String REPOSITORY = "openchamber/openchamber";

    /** What the source is: {@code owner/name} on GitHub, or the URL of a git repository. */
    @Parameter(property = "ocnix.repository", defaultValue = REPOSITORY)
    String repository;

    /** The GitHub host that {@code owner/name} stands on. */
    @Parameter(property = "ocnix.githubUrl", defaultValue = "https://github.com")
    String githubUrl;

    /** The default npm registry, when it is not npm's own. */
    @Parameter(property = "ocnix.registry")
    String registry;

    /**
     * Registries of single scopes, each with {@code scope}, {@code url} and optionally {@code serverId}, the {@code <server>} of
     * settings.xml with the credentials for what is below that URL: a username and a password are sent as Basic, a password alone
     * as Bearer, and its {@code httpHeaders} besides. An entry without {@code scope} only says whose credentials a URL wants.
     */
    @Parameter
    List<Registry> registries = new ArrayList<>();

    /** A git URL or a clone's folder to get the source from in this run; it never reaches the tree. */
    @Parameter(property = "ocnix.gitMirror")
    String gitMirror;

    /** A base URL that serves {@code /<owner>/<repo>/archive/<commit>.tar.gz} in GitHub's place; it never reaches the tree. */
    @Parameter(property = "ocnix.githubMirror")
    String githubMirror;

    /** A base URL that serves tarballs in every registry's place; it never reaches the tree. */
    @Parameter(property = "ocnix.registryMirror")
    String registryMirror;

    /** The lockfile's path in the source; {@code bun.lock}, else {@code bun.lockb}, when not given. */
    @Parameter(property = "ocnix.lockfile")
    String lockfile;

    /** What is downloaded and verified: {@code all}, {@code missing} (what has no strong hash) or {@code none}. */
    @Parameter(property = "ocnix.prefetch", defaultValue = "all")
    String prefetch;

    /**
     * Whether what {@code facts.json} of the tree says of its packages is believed ({@code trust}), or only what this machine has
     * seen ({@code verify}). With {@code trust} the tree must be your own; packages with install scripts, and repositories, are looked
     * into all the same.
     *
     * @since 0.2.0
     */
    @Parameter(property = "ocnix.facts", defaultValue = "verify")
    String facts;

    /** Parallel downloads, from 1 to 256. */
    @Parameter(property = "ocnix.concurrency", defaultValue = "32")
    int concurrency;

    /** What was learnt about tarballs and sources is kept here; never the tarballs themselves. */
    @Parameter(property = "ocnix.cacheDirectory", defaultValue = "${settings.localRepository}/.cache/ocnix")
    File cacheDirectory;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    /** What relative paths of the configuration start from. */
    abstract Path base();

    /** The addresses that the configuration gives beside registries; those that it does not give are null. */
    Stream<@Nullable String> servers() {
        return Stream.of(githubUrl, githubMirror, gitMirror, repository);
    }
}
