package dev.ocnix.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One release of Bun, with a home and a cache of its own. The property {@code ocnix.bun} names a folder that holds
 * {@code VERSION/bun}; without it {@code target/oracles/bun} is tried, where {@code .ci/oracles} puts them.
 */
public final class Bun {
    private final Path program;
    private final Path home;

    private Bun(Path program) {
        this.program = program;
        this.home = TemporaryFolder.create("ocnix-bun-");
    }

    /** A release such as {@code 1.3.14}; for tests with {@link NeedsBun}. */
    public static Bun version(String version) {
        Path program = folder().orElseThrow().resolve(version).resolve("bun");
        if (!Files.isExecutable(program)) {
            throw new AssertionError("Bun " + version + " is not among the oracles: " + program);
        }
        return new Bun(program);
    }

    static Optional<Path> folder() {
        return Tool.folder("ocnix.bun", "target/oracles/bun");
    }

    /** A command of this Bun in a folder. */
    public Command in(Path folder, String... arguments) {
        return Command.of(program.toString())
                .and(arguments)
                .in(folder)
                .within(Duration.ofMinutes(2))
                .with("HOME", home.toString())
                .with("BUN_INSTALL_CACHE_DIR", home.resolve("cache").toString())
                .with("DO_NOT_TRACK", "1")
                .with("NO_COLOR", "1")
                .with("CI", "");
    }

    /** The same, but npm packages come from this registry. */
    public Command from(String registry, Path folder, String... arguments) {
        return in(folder, arguments).with("NPM_CONFIG_REGISTRY", registry).with("npm_config_registry", registry);
    }
}
