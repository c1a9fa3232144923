package dev.ocnix.maven;

import dev.ocnix.model.Words;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apache.maven.project.MavenProject;

/** The command line that writes the tree of a goal's execution anew, as it must be typed where Maven was started. */
final class MendingCommand {
    static final String PLUGIN = "dev.ocnix:ocnix-maven-plugin";

    private final ConversionMojo mojo;

    MendingCommand(ConversionMojo mojo) {
        this.mojo = mojo;
    }

    /** @param force whether files that were edited by hand are to be overwritten */
    String of(boolean force) {
        StringJoiner words = new StringJoiner(" ");
        words.add("mvn").add(goal());
        Path start = Path.of(mojo.session.getExecutionRootDirectory())
                .toAbsolutePath()
                .normalize();
        Path project = mojo.basedir.toPath().toAbsolutePath().normalize();
        if (!start.equals(project)) {
            words.add("-f").add(Words.shell(start.relativize(project).toString()));
        }
        Map<String, String> given = new TreeMap<>();
        mojo.session.getUserProperties().forEach((name, value) -> given.put(name.toString(), value.toString()));
        given.forEach((name, value) -> {
            if (name.startsWith("ocnix.") && !name.startsWith("ocnix.check.") && !name.equals("ocnix.force")) {
                words.add(Words.shell("-D" + name + "=" + value));
            }
        });
        if (force) {
            words.add("-Docnix.force");
        }
        return words.toString();
    }

    /** With the execution's own configuration; by full coordinates where the POM does not name the plugin. */
    private String goal() {
        MavenProject project = mojo.session.getCurrentProject();
        boolean isNamed = project != null && project.getPlugin(PLUGIN) != null;
        String id = mojo.execution.getExecutionId();
        boolean isFromCommandLine = id == null || id.isEmpty() || id.equals("default-cli");
        return (isNamed ? "ocnix" : PLUGIN + ":" + mojo.execution.getVersion()) + ":generate"
                + (isFromCommandLine ? "" : "@" + id);
    }
}
