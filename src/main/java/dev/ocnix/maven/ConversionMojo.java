package dev.ocnix.maven;

import dev.ocnix.disk.Premises;
import dev.ocnix.model.OcnixException;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of every goal that converts a pinned source. */
abstract class ConversionMojo extends SourceMojo {
    /** The pinned revision: a full commit id or a tag. */
    @Parameter(property = "ocnix.revision")
    String revision;

    /**
     * With a revision: a git work tree to take the pinned commit from. Without one: the project itself, in whose wrapper this
     * POM stands.
     */
    @Parameter(property = "ocnix.sourceDirectory")
    File sourceDirectory;

    /** An archive of the pinned revision, as GitHub makes them, to use instead of the network. */
    @Parameter(property = "ocnix.sourceArchive")
    File sourceArchive;

    /** The folder of the generated tree. */
    @Parameter(property = "ocnix.outputDirectory", defaultValue = "${project.basedir}/nix")
    File outputDirectory;

    /** Where the reports go, however the run ends. */
    @Parameter(property = "ocnix.reportDirectory", defaultValue = "${project.build.directory}/ocnix")
    File reportDirectory;

    /** Whether a bill of materials in the form of CycloneDX goes there, too. */
    @Parameter(property = "ocnix.sbom", defaultValue = "true")
    boolean sbom;

    /** Whether a tarball that cannot be had fails the run even though the lockfile has a strong hash for it. */
    @Parameter(property = "ocnix.failOnUnverified", defaultValue = "true")
    boolean failOnUnverified;

    /**
     * Whether a lockfile that does not fit the package.json files beside it fails the run, as it does in
     * {@code bun install --frozen-lockfile}; {@code false} makes it a warning.
     *
     * @since 0.2.0
     */
    @Parameter(property = "ocnix.frozen", defaultValue = "true")
    boolean frozen;

    /**
     * Whether registries must vouch for the hashes of their packages: {@code false}; {@code true}: a wrong signature fails the
     * run and a missing one is a warning; {@code required}: a missing one fails it, too.
     */
    @Parameter(property = "ocnix.verifySignatures", defaultValue = "false")
    String verifySignatures;

    /** A file or a URL of the keys that count for all registries; each registry's own, when not given. */
    @Parameter(property = "ocnix.signatureKeys")
    String signatureKeys;

    /**
     * Which of the project's own lifecycle scripts the build runs, as {@code bun install} does: {@code auto} those that the
     * profile names, {@code true} all of them, {@code false} none.
     *
     * @since 0.2.0
     */
    @Parameter(property = "ocnix.ownScripts", defaultValue = "auto")
    String ownScripts;

    /** {@code refuse} a source with submodules, since no fetcher of the tree follows them, or {@code omit} them. */
    @Parameter(property = "ocnix.submodules", defaultValue = "refuse")
    String submodules;

    /** The workspace that is the application, by its path or its name; found when not given. */
    @Parameter(property = "ocnix.workspace")
    String workspace;

    /**
     * How node_modules is laid out: {@code hoisted}, {@code isolated}, or {@code auto}, which is what the profile says, else
     * the {@code bunfig.toml} of the source, else what Bun itself would do.
     */
    @Parameter(property = "ocnix.linker")
    String linker;

    /**
     * What is special to the project: {@code auto}, which is what is built in for the source's repository, {@code none}, a
     * profile file, or the name of a built-in profile, such as {@code openchamber} for a fork of OpenChamber.
     */
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

    @Parameter(defaultValue = "${project.build.directory}", readonly = true, required = true)
    File buildDirectory;

    @Parameter(defaultValue = "${project.basedir}", readonly = true, required = true)
    File basedir;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        try {
            LogListener log = new LogListener(getLog(), Optional.empty());
            new ParameterCheck(session, execution, log).run();
            if (skip) {
                log.info("Skipped: ocnix.skip is set.");
                return;
            }
            requireOwnFolders();
            Places.of(this).warnings().forEach(log::warn);
            convert();
        } catch (OcnixException e) {
            Failures.raise(e);
        }
    }

    /** A checkout may hold links where this run writes. */
    private void requireOwnFolders() throws OcnixException {
        Premises premises = new Premises(base());
        premises.require(outputDirectory.toPath(), "ocnix.outputDirectory");
        premises.require(reportDirectory.toPath(), "ocnix.reportDirectory");
        premises.require(cacheDirectory.toPath(), "ocnix.cacheDirectory");
        if (attach) {
            premises.require(buildDirectory.toPath(), "the project's <build><directory>");
        }
    }

    @Override
    final Path base() {
        return basedir.toPath();
    }

    @Override
    final Stream<@Nullable String> servers() {
        return Stream.concat(super.servers(), Stream.of(signatureKeys));
    }

    /** What the goal does. */
    abstract void convert() throws OcnixException;
}
