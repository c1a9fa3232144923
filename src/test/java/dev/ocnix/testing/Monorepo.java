package dev.ocnix.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Our own small monorepo, see its README: {@code src/test/projects/monorepo}. */
public final class Monorepo {
    private static final Path PROJECT = Path.of("src/test/projects/monorepo").toAbsolutePath();

    private Monorepo() {}

    /** The lockfile that a version of Bun wrote: {@code 1.2.23}, {@code 1.3.14} or {@code 1.4.5}. */
    public static Path lockfile(String bun, String name) {
        return PROJECT.resolve("lockfiles").resolve(bun).resolve(name);
    }

    /** Copies the project with lockfiles of one Bun, {@code bun.lock}, {@code bun.lockb} or both, into a folder. */
    public static Path copy(Path folder, String bun, String... lockfiles) {
        try {
            for (String part : List.of("package.json", "packages", "patches")) {
                copyTree(PROJECT.resolve(part), folder.resolve(part));
            }
            for (String name : lockfiles) {
                Files.copy(lockfile(bun, name), folder.resolve(name));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted().toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
