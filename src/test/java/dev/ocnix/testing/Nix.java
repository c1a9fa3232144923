package dev.ocnix.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One installed Nix, with an empty store of its own in a temporary folder: no daemon, no {@code /nix}, no root and no network
 * are needed to evaluate. Store paths still read {@code /nix/store/…}.
 *
 * <p>The property {@code ocnix.nix.bin} names the folders of {@code nix-instantiate}, several of them separated like the
 * PATH, the main one first; without it the PATH is asked.
 */
public final class Nix {
    private static final String CONFIG = """
            substituters =
            build-users-group =
            sandbox = false
            experimental-features = nix-command flakes
            """;
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

    private final Path bin;
    private final Path home;

    private Nix(Path bin) {
        this.bin = bin;
        this.home = TemporaryFolder.create("ocnix-nix-");
    }

    /** The main Nix; for tests with {@link NeedsNix}. */
    public static Nix get() {
        return folders().stream().findFirst().map(Nix::new).orElseThrow();
    }

    /** Every Nix at hand, the main one first: for tests that must hold on old and new ones. */
    public static Stream<Nix> all() {
        return folders().stream().map(Nix::new);
    }

    static List<Path> folders() {
        return Optional.ofNullable(System.getProperty("ocnix.nix.bin"))
                .filter(value -> !value.isBlank())
                .map(value -> Arrays.stream(value.split(File.pathSeparator)).map(Path::of))
                .orElseGet(() -> Command.onPath("nix-instantiate").stream().map(Path::getParent))
                .map(Path::toAbsolutePath)
                .filter(folder -> Files.isExecutable(folder.resolve("nix-instantiate")))
                .toList();
    }

    /** A command of this Nix, such as {@code nix-hash}, in the environment of its private store. */
    public Command command(String program, String... arguments) {
        return Command.of(bin.resolve(program).toString()).and(arguments).with(environment());
    }

    /** Whether this Nix brings a program of that name. */
    public boolean has(String program) {
        return Files.isExecutable(bin.resolve(program));
    }

    /** The value of an expression, deeply; fails the test when it does not evaluate. */
    public JsonElement eval(String expression) {
        return json(tryEval(expression).runOrFail());
    }

    /** The value of a file's expression, deeply. */
    public JsonElement evalFile(Path file) {
        return json(command("nix-instantiate", "--eval", "--strict", "--json", file.toString())
                .runOrFail());
    }

    /** The evaluation of an expression as a command, for those that are expected to fail. */
    public Command tryEval(String expression) {
        return command("nix-instantiate", "--eval", "--strict", "--json", "-E", expression);
    }

    /** Parses files, and fails the test with Nix's message when one is not Nix. */
    public void parse(Path... files) {
        command("nix-instantiate", "--parse")
                .and(Arrays.stream(files).map(Path::toString).toArray(String[]::new))
                .runOrFail();
    }

    /** The derivations that an expression stands for, written into the private store: paths below {@code /nix/store}. */
    public List<String> instantiate(String expression) {
        return command("nix-instantiate", "-E", expression)
                .runOrFail()
                .out()
                .lines()
                .toList();
    }

    /** What Nix says the NAR of a path hashes to, as SRI. */
    public String narHash(Path path) {
        Command hash = command("nix-hash", "--type", "sha256", "--base32", path.toString());
        String base32 = hash.runOrFail().out().strip();
        String base16 = command("nix-hash", "--type", "sha256", "--to-base16", base32)
                .runOrFail()
                .out()
                .strip();
        return "sha256-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(base16));
    }

    /** The same of many, as hexadecimal digits, in one process. */
    public List<String> narHashes(List<Path> paths) {
        return command("nix-hash", "--type", "sha256")
                .and(paths.stream().map(Path::toString).toArray(String[]::new))
                .runOrFail()
                .out()
                .lines()
                .toList();
    }

    /** For example {@code 2.8.0}. */
    public String version() {
        Matcher matcher = VERSION.matcher(
                command("nix-instantiate", "--version").runOrFail().out());
        if (!matcher.find()) {
            throw new AssertionError("no version number in nix-instantiate --version");
        }
        return matcher.group();
    }

    private Map<String, String> environment() {
        return Map.of(
                "NIX_CONFIG", CONFIG,
                "NIX_REMOTE", "local?root=" + home.resolve("root"),
                "NIX_CONF_DIR", home.resolve("conf").toString(),
                "NIX_USER_CONF_FILES", home.resolve("none").toString(),
                "NIX_STATE_DIR", home.resolve("state").toString(),
                "NIX_PATH", "",
                "HOME", emptyHome(),
                "XDG_CACHE_HOME", home.resolve("cache").toString());
    }

    private String emptyHome() {
        try {
            return Files.createDirectories(home.resolve("home")).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonElement json(Command.Result result) {
        return JsonParser.parseString(result.out());
    }

    @Override
    public String toString() {
        return "Nix " + version();
    }
}
