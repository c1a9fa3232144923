package dev.ocnix.maven;

import dev.ocnix.model.OcnixException;
import dev.ocnix.nix.TreeZip;
import java.nio.file.Path;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Named;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;

/** Attaches a tree to its project as a zip, so that {@code install} and {@code deploy} take it along. */
@Named
final class Attachment {
    private final MavenProjectHelper helper;

    @Inject
    Attachment(MavenProjectHelper helper) {
        this.helper = helper;
    }

    /** Does nothing unless the goal's {@code attach} is set. */
    void attach(ConversionMojo mojo) throws OcnixException {
        if (!mojo.attach) {
            return;
        }
        MavenProject project = mojo.session.getCurrentProject();
        Path zip = Path.of(project.getBuild().getDirectory())
                .resolve(project.getBuild().getFinalName() + "-" + mojo.classifier + ".zip");
        new TreeZip(mojo.outputDirectory.toPath()).write(zip);
        helper.attachArtifact(project, "zip", mojo.classifier, zip.toFile());
        new LogListener(mojo.getLog(), Optional.empty()).info("Attached " + zip + ".");
    }
}
