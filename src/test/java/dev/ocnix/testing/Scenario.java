package dev.ocnix.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The world of one integration test below {@code src/it}: a registry on the loopback with two packages, a project locked to
 * them and committed as {@code example/tiny}, tag {@code v1.0.0}, and a {@code test.properties} that points the goal at them.
 *
 * <p>{@code prebuild.groovy} opens one and leaves it in the invoker's {@code context}; {@code verify.groovy} asks and closes
 * it. Both run in the invoker's JVM, so the servers outlive the Maven runs between them.
 */
public final class Scenario implements AutoCloseable {
    private final Path folder;
    private final LoopbackRegistry registry = LoopbackRegistry.start();
    private final List<PackageTarball> tarballs = List.of(
            PackageTarball.of("left", "1.0.0")
                    .file("index.js", "module.exports = 1;\n")
                    .build(),
            PackageTarball.of("@scope/right", "2.0.0")
                    .file("index.js", "module.exports = 2;\n")
                    .build());
    private String commit = "";

    private Scenario(Path folder) {
        this.folder = folder;
        tarballs.forEach(registry::publish);
        TinyProject.write(source(), "tiny", tarballs);
    }

    /** Makes the project and its registry; {@link #commit} makes it a source to pin. */
    public static Scenario open(Path folder) {
        return new Scenario(folder);
    }

    /** Commits the source as it is now and points the goal at it, with more properties that add or override. */
    public Scenario commit(Map<String, String> more) {
        commit = TinyProject.commit(source(), "v1.0.0");
        Map<String, String> properties = new TreeMap<>(Map.of(
                "ocnix.repository", "example/tiny",
                "ocnix.revision", "v1.0.0",
                "ocnix.gitMirror", source().toString()));
        properties.putAll(more);
        return properties(properties);
    }

    /** Publishes packages, locks the source to them alone and commits that under another tag; the goal stays where it points. */
    public String release(String tag, List<PackageTarball> packages) {
        packages.forEach(registry::publish);
        return releaseUnpublished(tag, packages);
    }

    /** The same without publishing, so that nobody can have what is new. */
    public String releaseUnpublished(String tag, List<PackageTarball> packages) {
        TinyProject.write(source(), "tiny", packages);
        return TinyProject.commit(source(), tag);
    }

    /** Points the goal at the source folder itself: local mode. */
    public Scenario local() {
        return properties(Map.of("ocnix.sourceDirectory", source().toString()));
    }

    private Scenario properties(Map<String, String> more) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "ocnix.registryMirror", registry.url(),
                "ocnix.cacheDirectory", folder.resolve("target/cache").toString()));
        properties.putAll(more);
        properties.values().removeIf(""::equals);
        try (OutputStream out = Files.newOutputStream(folder.resolve("test.properties"))) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Puts a tree of an earlier run in place: one file of ours and one of the user's. */
    public Scenario oldTree() {
        try {
            Files.createDirectories(tree());
            Files.writeString(tree().resolve("notes.txt"), "mine\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The project that is locked. */
    public Path source() {
        return folder.resolve("source");
    }

    /** The generated tree. */
    public Path tree() {
        return folder.resolve("nix");
    }

    public String commit() {
        return commit;
    }

    public LoopbackRegistry registry() {
        return registry;
    }

    public List<PackageTarball> tarballs() {
        return tarballs;
    }

    /** All files of the tree by their relative paths, in order, as text; nothing where there is no tree. */
    public Map<String, String> files() {
        if (!Files.isDirectory(tree())) {
            return Map.of();
        }
        try (Stream<Path> paths = Files.walk(tree())) {
            return paths.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            path -> tree().relativize(path).toString(), Scenario::read, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of the Maven run's log that say ERROR, without their mark. */
    public List<String> errors() {
        return read(folder.resolve("build.log"))
                .lines()
                .filter(line -> line.startsWith("[ERROR]"))
                .map(line -> line.substring("[ERROR]".length()).strip())
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
