package dev.ocnix.maven;

import dev.ocnix.model.OcnixException;
import dev.ocnix.pipeline.PomFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.model.Build;
import org.apache.maven.model.BuildBase;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** Finds the POM whose {@code <properties>} say which revision is pinned, or says why it cannot be moved. */
final class PinPlace {
    private static final String PROPERTY = "ocnix.revision";
    private static final String REFERENCE = "${" + PROPERTY + "}";
    private static final String ADVICE = "; write <" + PROPERTY
            + "> into the <properties> of this POM, or of a parent beside it in the same build, and"
            + " nothing else, and it can be moved.";

    private final ConversionMojo mojo;
    private final MavenProject project;

    PinPlace(ConversionMojo mojo) {
        this.mojo = mojo;
        this.project = mojo.session.getCurrentProject();
    }

    /**
     * The POM.
     *
     * @throws OcnixException saying where the revision comes from, if that is anywhere else
     */
    PomFile find() throws OcnixException {
        if (mojo.session.getUserProperties().containsKey(PROPERTY)) {
            throw OcnixException.input(PROPERTY
                    + " is given on the command line or in .mvn/maven.config, where it cannot be moved; leave it"
                    + " out there, and name the revision to move to with ocnix.update.to.");
        }
        refuseLiteral();
        for (MavenProject at = project; at != null; at = at.getParent()) {
            Model model = at.getOriginalModel();
            refuseProfile(at, model);
            String value = model.getProperties().getProperty(PROPERTY);
            if (value != null) {
                return file(at, value);
            }
        }
        throw OcnixException.input(
                mojo.revision == null
                        ? "No revision is pinned" + ADVICE
                        : "The revision " + mojo.revision
                                + " comes from no POM but from settings.xml or the JVM's properties" + ADVICE);
    }

    private PomFile file(MavenProject owner, String value) throws OcnixException {
        Path repository = Path.of(mojo.session.getLocalRepository().getBasedir());
        if (owner.getFile() == null || owner.getFile().toPath().startsWith(repository)) {
            throw OcnixException.input(
                    "The revision stands in the <properties> of the parent " + owner.getGroupId() + ":"
                            + owner.getArtifactId() + ":" + owner.getVersion()
                            + ", which comes from a repository and cannot be changed here" + ADVICE);
        }
        // an expression is refused with its line when it is looked for
        if (!value.contains("${") && !value.trim().equals(mojo.revision)) {
            throw OcnixException.input(owner.getFile() + " pins " + value.trim() + ", but " + mojo.revision
                    + " is what counts, from settings.xml or a profile" + ADVICE);
        }
        return PomFile.read(owner.getFile().toPath());
    }

    private void refuseProfile(MavenProject at, Model model) throws OcnixException {
        for (Profile active : at.getActiveProfiles()) {
            for (Profile profile : model.getProfiles()) {
                if (profile.getId().equals(active.getId())
                        && profile.getProperties().containsKey(PROPERTY)) {
                    throw OcnixException.input("The revision stands in the profile " + profile.getId() + " of "
                            + describe(at) + ", where it is one of several" + ADVICE);
                }
            }
        }
    }

    /** Nothing but the property may stand in the goal's configuration. */
    private void refuseLiteral() throws OcnixException {
        for (MavenProject at = project; at != null; at = at.getParent()) {
            for (Plugin plugin : plugins(at.getOriginalModel())) {
                refuse(plugin.getConfiguration(), at);
                for (PluginExecution execution : plugin.getExecutions()) {
                    if (execution.getId().equals(mojo.execution.getExecutionId())) {
                        refuse(execution.getConfiguration(), at);
                    }
                }
            }
        }
    }

    private static List<Plugin> plugins(Model model) {
        Stream<Build> own = Stream.ofNullable(model.getBuild());
        Stream<BuildBase> all = Stream.concat(own, model.getProfiles().stream().flatMap(PinPlace::build));
        return all.flatMap(build -> Stream.concat(
                        build.getPlugins().stream(),
                        Stream.ofNullable(build.getPluginManagement())
                                .flatMap(management -> management.getPlugins().stream())))
                .filter(plugin -> plugin.getKey().equals(MendingCommand.PLUGIN))
                .toList();
    }

    private static Stream<BuildBase> build(Profile profile) {
        return Stream.ofNullable(profile.getBuild());
    }

    private static void refuse(@Nullable Object configuration, MavenProject at) throws OcnixException {
        if (!(configuration instanceof Xpp3Dom dom)) {
            return;
        }
        Optional<String> value = Optional.ofNullable(dom.getChild("revision"))
                .map(Xpp3Dom::getValue)
                .map(String::trim)
                .filter(text -> !text.equals(REFERENCE));
        if (value.isPresent()) {
            throw OcnixException.input("The <configuration> in " + describe(at) + " says <revision>" + value.get()
                    + "</revision>; write <revision>" + REFERENCE + "</revision> there, or nothing, and <" + PROPERTY
                    + ">"
                    + value.get() + "</" + PROPERTY + "> into its <properties>.");
        }
    }

    private static String describe(MavenProject at) {
        return at.getFile() != null
                ? at.getFile().toString()
                : at.getGroupId() + ":" + at.getArtifactId() + ":" + at.getVersion();
    }
}
