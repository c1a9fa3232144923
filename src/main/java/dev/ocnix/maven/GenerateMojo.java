package dev.ocnix.maven;

import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Writes the Nix expression tree of a pinned revision. */
@SuppressWarnings("deprecation") // inheritByDefault still is what Maven reads
@Mojo(name = "generate", threadSafe = true, aggregator = true, inheritByDefault = false)
public final class GenerateMojo extends AbstractMojo {

    /**
     * Does nothing when set.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ocnix.skip", defaultValue = "false")
    private boolean skip;

    @Override
    public void execute() {
        if (skip) {
            getLog().info("Skipped: ocnix.skip is set.");
        }
    }
}
