package dev.ocnix.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Our own application in the shape of OpenChamber, see its README: {@code src/test/projects/miniature}. */
public final class Miniature {
    private static final Path PROJECT = Path.of("src/test/projects/miniature").toAbsolutePath();

    private Miniature() {}

    /** What is special to it. */
    public static Path profile() {
        return PROJECT.resolve("profile.json");
    }

    /** A client that lets a terminal of the server at a port of the loopback run a command, and prints what it saw. */
    public static Path client() {
        return PROJECT.resolve("client.js");
    }

    /** Copies the project into a folder. */
    public static Path copy(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(PROJECT)) {
            for (Path path : paths.sorted().toList()) {
                Path to = folder.resolve(PROJECT.relativize(path).toString());
                if (!Files.isDirectory(to)) {
                    Files.copy(path, to);
                }
            }
        }
        return folder;
    }
}
