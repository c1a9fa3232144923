package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsNix
class NixTreeTest {
    private static final List<String> SYSTEMS =
            List.of("x86_64-linux", "aarch64-linux", "x86_64-darwin", "aarch64-darwin");

    @TempDir
    static Path folder;

    private final Nix nix = Nix.get();

    @BeforeAll
    static void write() throws IOException, OcnixException {
        writeTo(folder, SampleTree.small().tree());
    }

    private static void writeTo(Path target, NixTree tree) throws IOException {
        for (Map.Entry<String, FileContent> file : tree.files().entrySet()) {
            Path path = target.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().bytes());
        }
    }

    @Test
    void everyNixFileParses() throws IOException {
        List<Path> files = new ArrayList<>();
        try (var walk = Files.walk(folder)) {
            walk.filter(path -> path.toString().endsWith(".nix")).forEach(files::add);
        }
        assertTrue(files.size() > 10);
        nix.parse(files.toArray(Path[]::new));
    }

    @Test
    void dependenciesHoldWhatTheFetchersAreGiven() {
        JsonObject all = nix.eval("import " + folder + "/dependencies.nix { fetchurl = a: a; fetchgit = a: a; "
                        + "fetchFromGitHub = a: a; fromSource = a: a; }")
                .getAsJsonObject();
        assertEquals(
                "@rollup/x-4.0.0.tgz".substring(1).replace('/', '-'),
                all.getAsJsonObject("@rollup/x@4.0.0")
                        .getAsJsonObject("src")
                        .get("name")
                        .getAsString());
        assertEquals(
                "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz",
                all.getAsJsonObject("ms@2.1.3")
                        .getAsJsonObject("src")
                        .get("url")
                        .getAsString());
    }

    @Test
    void theApplicationIsADerivationOnEachSystem() {
        for (String system : SYSTEMS) {
            List<String> paths = nix.instantiate("import " + folder + "/default.nix { pkgs = import " + standIn()
                    + " { system = \"" + system + "\"; }; }");
            assertTrue(paths.get(0).endsWith("-web-1.0.0.drv"), paths::toString);
        }
    }

    static Path standIn() {
        return Path.of(System.getProperty("basedir", ""), "nix", "tests", "nixpkgs")
                .toAbsolutePath();
    }
}
