package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.cache.CacheDirectory;
import dev.ocnix.fetch.http.HttpLimits;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.fetch.source.Transport;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.nix.TreeWriter;
import dev.ocnix.report.TreeDifference;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.LoopbackGitHub;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.LoopbackServer;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * A registry and a GitHub on the loopback, a source, a cache and an output folder, and what a user asks for: {@code example/tiny}
 * at {@code v1.0.0}, through a clone, unless a test says otherwise.
 */
final class World implements AutoCloseable {
    static final String SLUG = "example/tiny";
    static final String TAG = "v1.0.0";
    private static final HttpLimits IMPATIENT = new HttpLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            2,
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            1 << 24);

    final LoopbackRegistry registry;
    final LoopbackGitHub github;
    final List<String> infos = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();
    final Path source;
    Path reports;
    Path tree;
    Path cache;
    String revision = TAG;
    Transport transport;
    PrefetchMode prefetch = PrefetchMode.ALL;
    FactsMode facts = FactsMode.VERIFY;
    boolean failOnUnverified = true;
    boolean frozen = true;
    SignatureMode verifySignatures = SignatureMode.OFF;
    Optional<String> signatureKeys = Optional.empty();
    boolean force;
    boolean sbom = true;
    boolean omitsSubmodules;
    boolean offline;
    boolean asksTag = true;
    boolean local;
    Optional<String> lockfile = Optional.empty();
    Optional<String> workspace = Optional.empty();
    Optional<String> linker = Optional.empty();
    Optional<Boolean> ownScripts = Optional.empty();
    ProfileChoice profile = new ProfileChoice.Auto();
    Optional<String> registryMirror;
    HttpLimits limits = IMPATIENT;
    Function<HttpUrl, Optional<String>> authorization = url -> Optional.empty();

    /** @param folder empty, and the test's own */
    World(Path folder) {
        this(folder, LoopbackRegistry.start(), LoopbackGitHub.start());
    }

    /** A world beside others on the same servers. */
    World(Path folder, LoopbackRegistry registry, LoopbackGitHub github) {
        this.registry = registry;
        this.github = github;
        registryMirror = Optional.of(registry.url());
        source = folder.resolve("source");
        reports = folder.resolve("reports");
        tree = folder.resolve("wrapper/nix");
        cache = folder.resolve("cache");
        transport = new Transport.GitMirror(source.toString());
    }

    /** A world whose source is locked to these packages, published and committed. */
    static World of(Path folder, PackageTarball... tarballs) {
        World world = new World(folder);
        List.of(tarballs).forEach(world.registry::publish);
        TinyProject.write(world.source, "tiny", List.of(tarballs));
        return world;
    }

    static PackageTarball left() {
        return PackageTarball.of("left", "1.0.0")
                .file("index.js", "module.exports = 1;\n")
                .build();
    }

    static PackageTarball right() {
        return PackageTarball.of("@scope/right", "2.0.0")
                .file("index.js", "module.exports = 2;\n")
                .build();
    }

    /** Commits the source as it is, and tags it. */
    String commit() {
        return TinyProject.commit(source, TAG);
    }

    /** Commits the source as it is now, under a tag of its own, and pins that. */
    String release(String tag) {
        revision = tag;
        return TinyProject.commit(source, tag);
    }

    /** Serves the source's commit as GitHub does; needs git. */
    World onGitHub(String commit) {
        github.publish(SLUG, source, commit);
        transport = new Transport.GitHubMirror(github.url());
        return this;
    }

    TreeWriter.Changes generate() throws OcnixException {
        return new Conversion(request(), http(), ears()).write();
    }

    /** What the goal finds; it leaves everything in and beside the tree as it was. */
    Drift check() throws OcnixException {
        SortedMap<String, String> before = files(tree.getParent());
        Drift drift = new Check(
                        request(),
                        http(),
                        ears(),
                        asksTag,
                        force -> "mvn ocnix:generate" + (force ? " -Docnix.force" : ""),
                        Optional.of("test"))
                .run();
        assertEquals(before, files(tree.getParent()));
        return drift;
    }

    Optional<String> update(Optional<String> to, PomFile pom) throws OcnixException {
        return new Update(request(), http(), ears()).run(to, false, pom);
    }

    TreeDifference diff(String from, String to) throws OcnixException {
        ConversionRequest request = request();
        SourceChoice.Pinned pinned = (SourceChoice.Pinned) request.source();
        return new Comparison(request, pinned::at, source.getParent(), http(), ears()).between(from, to);
    }

    private Ears ears() {
        return new Ears(infos, warnings);
    }

    private HttpSettings http() {
        return HttpSettings.standard()
                .withTrusted(registry.url())
                .withTrusted(github.url())
                .withTrusted(registryMirror.orElse(registry.url()))
                .withCredentials(url -> authorization.apply(url).map(value -> Headers.of("Authorization", value)))
                .withOffline(offline)
                .withLimits(limits);
    }

    private ConversionRequest request() {
        SourceIdentity identity = new SourceIdentity.GitHub(SourceIdentity.GitHub.PUBLIC_HOST, "example", "tiny");
        return new ConversionRequest(
                local
                        ? new SourceChoice.Local(source)
                        : new SourceChoice.Pinned(identity, revision, transport, omitsSubmodules),
                Optional.empty(),
                new TreeMap<>(),
                registryMirror,
                Optional.of(github.url()),
                lockfile,
                tree,
                reports,
                sbom,
                prefetch,
                facts,
                failOnUnverified,
                frozen,
                verifySignatures,
                signatureKeys,
                cache,
                workspace,
                linker,
                profile,
                ownScripts,
                force,
                offline);
    }

    /**
     * What a run says that must fail; it leaves everything in and beside the tree as it was, and tells the user in sentences
     * that name nothing of Java's.
     */
    OcnixException failure() {
        // this machine's, whatever becomes of the tree
        assertDoesNotThrow(() -> CacheDirectory.require(cache));
        SortedMap<String, String> before = files(tree.getParent());
        OcnixException failure = assertThrows(OcnixException.class, this::generate);
        assertEquals(before, files(tree.getParent()));
        for (String problem : failure.problems()) {
            assertTrue(problem.endsWith("."), problem);
            assertTrue(problem.contains("; ") || problem.contains(". "), () -> "no next step: " + problem);
            assertFalse(problem.matches("(?s).*(Exception|Error\\b|null|dev\\.ocnix|java\\.|[\\n\\r]).*"), problem);
        }
        return failure;
    }

    /** The one sentence of a run that must fail for the user's input. */
    String refusal() {
        OcnixException failure = failure();
        assertEquals(1, failure.problems().size(), failure::getMessage);
        assertEquals(OcnixException.Fault.INPUT, failure.fault());
        return failure.getMessage();
    }

    /** Serves a clone as plain files, which git calls the dumb protocol, and gives its URL; needs git. */
    String serveClone(Path clone) throws IOException {
        serveGit(registry, "/dep.git", clone, source.resolveSibling("dep.git"));
        return registry.url() + "/dep.git";
    }

    /** Serves a clone as plain files at a path of a server. */
    static void serveGit(LoopbackServer server, String at, Path clone, Path bare) throws IOException {
        Command.of("git", "clone", "-q", "--bare", clone.toString(), bare.toString())
                .runOrFail();
        Command.of("git", "-C", bare.toString(), "update-server-info").runOrFail();
        try (Stream<Path> files = Files.walk(bare)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = at + "/" + bare.relativize(file);
                byte[] content = Files.readAllBytes(file);
                server.serve(path, "text/plain", content);
                server.serve(path + "?service=git-upload-pack", "text/plain", content);
            }
        }
    }

    /** Writes a file of the source. */
    void write(String path, String text) throws IOException {
        Files.createDirectories(source.resolve(path).getParent());
        Files.writeString(source.resolve(path), text);
    }

    /** Leaves the lockfile a sha1 of one package and no hash of the other. */
    void weaken(PackageTarball toSha1, PackageTarball toNothing) throws IOException {
        relock(toSha1.integrity(), toSha1.integrity("SHA-1"));
        relock(toNothing.integrity(), "");
    }

    /** Changes the text lockfile; fails the test if that changes nothing. */
    void relock(String from, String to) throws IOException {
        String text = Files.readString(source.resolve("bun.lock"));
        assertTrue(text.contains(from), text);
        write("bun.lock", text.replace(from, to));
    }

    String text(String path) throws IOException {
        return Files.readString(tree.resolve(path));
    }

    /** How many requests reached any server so far. */
    int requests() {
        return registry.requests().size() + github.requests().size();
    }

    void forgetRequests() {
        registry.forgetRequests();
        github.forgetRequests();
    }

    /** The tree's files: path to bytes and time of change. */
    SortedMap<String, String> stamped() {
        return files(tree);
    }

    /** The tree's files: path to bytes. */
    SortedMap<String, String> bytes() {
        SortedMap<String, String> bytes = files(tree);
        bytes.replaceAll((path, content) -> content.substring(content.indexOf('\n') + 1));
        return bytes;
    }

    /** A copy of the tree in a fresh clone on another machine: nothing in the cache. */
    void moveToFreshClone(Path folder) throws IOException {
        Path copy = folder.resolve("nix");
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted().toList()) {
                Path to = copy.resolve(tree.relativize(path).toString());
                Files.createDirectories(to.getParent());
                Files.copy(path, to);
            }
        }
        tree = copy;
        cache = folder.resolve("cache");
        forgetRequests();
    }

    private static SortedMap<String, String> files(Path folder) {
        if (!Files.exists(folder)) {
            return new TreeMap<>();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.collect(Collectors.toMap(
                    path -> folder.relativize(path).toString(), World::content, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path path) {
        try {
            return Files.isDirectory(path)
                    ? "folder\n"
                    : Files.getLastModifiedTime(path) + "\n"
                            + new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        registry.close();
        github.close();
    }
}
