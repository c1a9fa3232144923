package dev.ocnix.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A store that one Nix builds in: empty at first, in a folder of its own, with the sandbox on and no substitutes. The
 * store paths of builders read {@code /nix/store/…}; on disk they are below the folder. What is built with the stand-in
 * for nixpkgs runs inside a build only, where the host's folders are at the places that {@code sandbox-paths} gives.
 */
public final class NixStore implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final Nix nix;
    private final Path folder;
    private final String config;

    private NixStore(Nix nix) {
        this.nix = nix;
        this.folder = TemporaryFolder.create("ocnix-store-");
        this.config = config();
    }

    /** An empty store of the main Nix; for tests with {@link NeedsBuilds}. */
    public static NixStore open() {
        return of(Nix.get());
    }

    public static NixStore of(Nix nix) {
        return new NixStore(nix);
    }

    /** The folder of the stand-in for nixpkgs: {@code import} it with an attribute set. */
    public static Path standIn() {
        return Path.of(System.getProperty("basedir", ""), "nix", "tests", "nixpkgs")
                .toAbsolutePath();
    }

    /** What keeps the main Nix from building here, if anything: the last line that it said. */
    static Optional<String> obstacle() {
        return Probe.OBSTACLE;
    }

    /** Builds what an expression stands for and fails the test, with the log, when it cannot. */
    public List<Path> build(String expression) {
        return command(expression).runOrFail().out().lines().map(this::onDisk).toList();
    }

    /** Builds once more what has been built, and fails the test, with the log, when a byte differs. */
    public void rebuild(String expression) {
        nix("nix-build", "--check", "--no-out-link", "-E", expression)
                .within(LIMIT)
                .runOrFail();
    }

    /** Builds what is expected to fail, or whose log is asked for: the log is the result's standard error. */
    public Command.Result tryBuild(String expression) {
        return command(expression).run();
    }

    private Command command(String expression) {
        return nix("nix-build", "--no-out-link", "-E", expression).within(LIMIT);
    }

    /** A command of this Nix on this store, such as {@code nix-store}. */
    public Command nix(String program, String... arguments) {
        return nix.command(program, arguments)
                .with("NIX_CONFIG", config)
                .with("NIX_REMOTE", "local?root=" + folder.resolve("root"))
                .with("NIX_STATE_DIR", folder.resolve("state").toString());
    }

    /** The store paths that a path of this store, as it is on disk, mentions. */
    public SortedSet<String> references(Path path) {
        return query("--references", path);
    }

    /** The store paths that are needed where a path of this store is, itself among them. */
    public SortedSet<String> closure(Path path) {
        return query("--requisites", path);
    }

    private SortedSet<String> query(String what, Path path) {
        String answer =
                nix("nix-store", "--query", what, inStore(path)).runOrFail().out();
        return new TreeSet<>(answer.lines().toList());
    }

    /** Where a store path of this store is on disk. */
    public Path onDisk(String storePath) {
        return folder.resolve("root").resolve(storePath.substring(1));
    }

    /** A path of this store, as builders see it. */
    public String inStore(Path onDisk) {
        return "/" + folder.resolve("root").relativize(onDisk);
    }

    private String config() {
        try {
            // an answer for Nix, which would ask its own program otherwise, by a path that need not be right
            Path hook = Files.writeString(folder.resolve("no-hook"), "#!/bin/sh\necho '# decline-permanently' >&2\n");
            Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
            return """
                    substituters =
                    build-users-group =
                    sandbox = true
                    sandbox-fallback = false
                    builders =
                    build-hook = %s
                    sandbox-paths = %s
                    experimental-features = nix-command flakes
                    """.formatted(hook, String.join(" ", sandboxPaths()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sandboxPaths() throws IOException {
        try (Stream<String> lines = Files.lines(standIn().resolve("sandbox-paths"))) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    @Override
    public void close() {
        TemporaryFolder.delete(folder);
    }

    @Override
    public String toString() {
        return "store of " + nix;
    }

    /** Tried once, when first asked for. */
    private static final class Probe {
        static final Optional<String> OBSTACLE = find();

        private static Optional<String> find() {
            if (Nix.folders().isEmpty()) {
                return Optional.of("there is no Nix");
            }
            String expression =
                    "derivation { name = \"probe\"; system = builtins.currentSystem; builder = \"/bin/sh\"; "
                            + "args = [ \"-c\" \"test ! -e /usr/bin && test -x /host/bin/mkdir && echo built > $out; exit 0\" ]; }";
            try (NixStore store = open()) {
                Command.Result result = store.tryBuild(expression);
                return result.exit() == 0
                        ? Optional.empty()
                        : Arrays.stream(result.err().split("\n"))
                                .filter(line -> line.contains("error") || line.contains("while setting up"))
                                .findFirst()
                                .or(() -> Optional.of(result.err().strip()));
            }
        }
    }
}
