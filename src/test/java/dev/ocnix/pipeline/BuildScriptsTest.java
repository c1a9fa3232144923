package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.model.Bin;
import dev.ocnix.model.Workspace;
import dev.ocnix.testing.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line that runs a workspace's script, as a shell takes it. */
class BuildScriptsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "packages/app",
                "-",
                "-P/a",
                "~",
                "~root/a",
                "a b/c'd\"$(touch pwned)`id`;#",
                "*",
                "ä",
                "x\ny"
            })
    void theScriptRunsInTheWorkspacesFolder(String path) throws Exception {
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.createDirectories(project.resolve(path.replaceFirst("^(?=-)", "./")));
        Path bun = Files.writeString(
                Files.createDirectory(folder.resolve("bin")).resolve("bun"), "#!/bin/sh\npwd\necho \"$@\"\n");
        bun.toFile().setExecutable(true);
        Workspace workspace = new Workspace(path, Optional.of("x"), Optional.empty(), Bin.none(), List.of());
        String script = "set -e\n" + new BuildScripts.Built(workspace, "build").command() + "\npwd\n";
        String out = Command.of("sh", "-c", script)
                .in(project)
                .with("PATH", bun.getParent() + ":" + System.getenv("PATH"))
                .runOrFail()
                .out();
        String root = project.toRealPath().toString();
        assertEquals(root + (path.isEmpty() ? "" : "/" + path) + "\nrun build\n" + root + "\n", out);
    }
}
