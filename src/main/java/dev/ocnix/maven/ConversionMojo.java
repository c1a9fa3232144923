package dev.ocnix.maven;

import dev.ocnix.model.OcnixException;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** The parameters of every goal that converts a pinned source. */
abstract class ConversionMojo extends AbstractMojo {
    /** What the source is: {@code owner/name} on GitHub, or the URL of a git repository. */
    @Parameter(property = "ocnix.repository", defaultValue = "openchamber/openchamber")
    String repository;

    /** The pinned revision: a full commit id or a tag. */
    @Parameter(property = "ocnix.revision")
    String revision;

    /** The GitHub host that {@code owner/name} stands on. */
    @Parameter(property = "ocnix.githubUrl", defaultValue = "https://github.com")
    String githubUrl;

    /** The default npm registry, when it is not npm's own. */
    @Parameter(property = "ocnix.registry")
    String registry;

    /** Registries of single scopes, each with {@code scope}, {@code url} and optionally {@code serverId}. */
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

    /**
     * With a revision: a git work tree to take the pinned commit from. Without one: the project itself, in whose wrapper this
     * POM stands.
     */
    @Parameter(property = "ocnix.sourceDirectory")
    File sourceDirectory;

    /** An archive of the pinned revision, as GitHub makes them, to use instead of the network. */
    @Parameter(property = "ocnix.sourceArchive")
    File sourceArchive;

    /** The lockfile's path in the source; {@code bun.lock}, else {@code bun.lockb}, when not given. */
    @Parameter(property = "ocnix.lockfile")
    String lockfile;

    /** The folder of the generated tree. */
    @Parameter(property = "ocnix.outputDirectory", defaultValue = "${project.basedir}/nix")
    File outputDirectory;

    /** Where the reports go, however the run ends. */
    @Parameter(property = "ocnix.reportDirectory", defaultValue = "${project.build.directory}/ocnix")
    File reportDirectory;

    /** Whether a bill of materials in the form of CycloneDX goes there, too. */
    @Parameter(property = "ocnix.sbom", defaultValue = "true")
    boolean sbom;

    /** What is downloaded and verified: {@code all}, {@code missing} (what has no strong hash) or {@code none}. */
    @Parameter(property = "ocnix.prefetch", defaultValue = "all")
    String prefetch;

    /** Whether a tarball that cannot be had fails the run even though the lockfile has a strong hash for it. */
    @Parameter(property = "ocnix.failOnUnverified", defaultValue = "true")
    boolean failOnUnverified;

    /**
     * Whether registries must vouch for the hashes of their packages: {@code false}; {@code true}: a wrong signature fails the
     * run and a missing one is a warning; {@code required}: a missing one fails it, too.
     */
    @Parameter(property = "ocnix.verifySignatures", defaultValue = "false")
    String verifySignatures;

    /** A file or a URL of the keys that count for all registries; each registry's own, when not given. */
    @Parameter(property = "ocnix.signatureKeys")
    String signatureKeys;

    /** Parallel downloads. */
    @Parameter(property = "ocnix.concurrency", defaultValue = "32")
    int concurrency;

    /** What was learnt about tarballs and sources is kept here; never the tarballs themselves. */
    @Parameter(property = "ocnix.cacheDirectory", defaultValue = "${settings.localRepository}/.cache/ocnix")
    File cacheDirectory;

    /** {@code refuse} a source with submodules, since no fetcher of the tree follows them, or {@code omit} them. */
    @Parameter(property = "ocnix.submodules", defaultValue = "refuse")
    String submodules;

    /** The workspace that is the application; found when not given. */
    @Parameter(property = "ocnix.workspace")
    String workspace;

    /**
     * How node_modules is laid out: {@code hoisted}, {@code isolated}, or {@code auto}, which is what the profile says, else
     * the {@code bunfig.toml} of the source, else what Bun itself would do.
     */
    @Parameter(property = "ocnix.linker")
    String linker;

    /** What is special to the project: {@code auto}, {@code none} or a profile file. */
    @Parameter(property = "ocnix.profile", defaultValue = "auto")
    String profile;

    /** Whether generated files that were edited by hand are overwritten. */
    @Parameter(property = "ocnix.force", defaultValue = "false")
    boolean force;

    /** Whether the goal does nothing. */
    @Parameter(property = "ocnix.skip", defaultValue = "false")
    boolean skip;

    /** Whether the tree is attached to the project as a zip. */
    @Parameter(property = "ocnix.attach", defaultValue = "false")
    boolean attach;

    /** The classifier of that zip. */
    @Parameter(property = "ocnix.classifier", defaultValue = "nix")
    String classifier;

    @Parameter(defaultValue = "${project.basedir}", readonly = true, required = true)
    File basedir;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped: ocnix.skip is set.");
            return;
        }
        try {
            convert();
        } catch (OcnixException e) {
            Failures.raise(e);
        }
    }

    /** What the goal does. */
    abstract void convert() throws OcnixException;
}
