package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.hash.Sri;
import dev.ocnix.testing.LoopbackServer;
import dev.ocnix.testing.PackageTarball;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in processes of their own, of which some do not live to their end. */
class KilledRunTest {
    private static final int PACKAGES = 300;
    private static final int KILLS = 20;
    private static final int CONCURRENCY = 32;
    private static final long SEED = Long.getLong("ocnix.kill.seed", 1);

    @TempDir
    Path folder;

    private final List<PackageTarball> packages = IntStream.range(0, PACKAGES)
            .mapToObj(index -> PackageTarball.of("package-" + index, "1.0.0")
                    .file("index.js", "module.exports = " + index + ";\n")
                    .build())
            .toList();
    private World world;

    @BeforeEach
    void open() {
        world = World.of(folder, packages.toArray(PackageTarball[]::new));
        world.commit();
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** A run of its own: folder of the world, registry, tree, cache. */
    static final class Run {
        private Run() {}

        public static void main(String[] arguments) throws Exception {
            try (World own = new World(Path.of(arguments[0]))) {
                own.registryMirror = Optional.of(arguments[1]);
                own.tree = Path.of(arguments[2]);
                own.cache = Path.of(arguments[3]);
                own.generate();
            }
        }
    }

    private Process start(Path tree, Path cache) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Run.class.getName(),
                        folder.toString(),
                        world.registry.url(),
                        tree.toString(),
                        cache.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "run.log"))
                .start();
    }

    private void succeed(Process run) throws Exception {
        assertTrue(run.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, run.exitValue(), Files.readString(folder.resolve("run.log")));
    }

    private Set<String> asked() {
        return world.registry.requests().stream()
                .map(LoopbackServer.Request::path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The paths of the tarballs that a cache knows. */
    private Set<String> known(Path cache) {
        List<String> warnings = new ArrayList<>();
        try (FactsCache facts = new FactsCache(cache, warnings::add)) {
            return packages.stream()
                    .filter(one ->
                            facts.find(Sri.parse(one.integrity()).orElseThrow()).isPresent())
                    .map(PackageTarball::path)
                    .collect(Collectors.toCollection(TreeSet::new));
        } finally {
            assertEquals(List.of(), warnings);
        }
    }

    /** Waits until a run has asked for so many tarballs, however slow the machine is. */
    private void awaitDownloads(Process run, int tarballs) throws InterruptedException {
        while (run.isAlive() && world.registry.requests().size() < tarballs) {
            Thread.sleep(2);
        }
    }

    @Test
    void aRunThatIsKilledCostsTheNextOneNothingButWhatWasNotVerified() throws Exception {
        long start = System.nanoTime();
        succeed(start(folder.resolve("reference/nix"), folder.resolve("reference-cache")));
        long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        world.tree = folder.resolve("reference/nix");
        SortedMap<String, String> right = world.bytes();
        Random random = new Random(SEED);
        int inTheMiddle = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            world.tree = folder.resolve("tree-" + kill + "/nix");
            world.cache = folder.resolve("cache-" + kill);
            world.forgetRequests();
            Process run = start(world.tree, world.cache);
            if (kill % 2 == 0) {
                Thread.sleep(whole / 4 + random.nextLong(whole));
            } else {
                awaitDownloads(run, CONCURRENCY + random.nextInt(PACKAGES - 2 * CONCURRENCY));
            }
            run.destroyForcibly().waitFor();
            Set<String> before = asked();
            Set<String> known = known(world.cache);
            assertTrue(before.containsAll(known));
            assertTrue(before.size() - known.size() <= CONCURRENCY, () -> before.size() + " and " + known.size());
            inTheMiddle += known.isEmpty() || known.size() == PACKAGES ? 0 : 1;
            world.forgetRequests();
            world.generate();
            Set<String> missing = packages.stream().map(PackageTarball::path).collect(Collectors.toSet());
            missing.removeAll(known);
            assertEquals(new TreeSet<>(missing), asked(), "seed " + SEED + ", kill " + kill);
            assertEquals(right, world.bytes(), "seed " + SEED + ", kill " + kill);
            assertEquals(PACKAGES, known(world.cache).size());
        }
        assertTrue(inTheMiddle > KILLS / 10, "only " + inTheMiddle + " runs were killed while they downloaded");
    }

    @Test
    void twoProcessesAtOnceOnOneEmptyCacheAreBothRight() throws Exception {
        Path cache = folder.resolve("shared");
        List<Path> trees = List.of(folder.resolve("one/nix"), folder.resolve("two/nix"));
        List<Process> runs = new ArrayList<>();
        for (Path tree : trees) {
            runs.add(start(tree, cache));
        }
        for (Process run : runs) {
            succeed(run);
        }
        world.tree = trees.get(0);
        SortedMap<String, String> one = world.bytes();
        world.tree = trees.get(1);
        assertEquals(one, world.bytes());
        assertEquals(PACKAGES, known(cache).size());
    }

    @Test
    void twoProcessesAtOnceOnOneTreeLeaveItRight() throws Exception {
        Path tree = folder.resolve("one/nix");
        List<Process> runs = List.of(start(tree, folder.resolve("a")), start(tree, folder.resolve("b")));
        for (Process run : runs) {
            succeed(run);
        }
        world.tree = tree;
        assertTrue(world.bytes().containsKey("ocnix.json"));
        assertEquals(List.of(), left(tree, ".ocnix"));
    }

    @Test
    void aRunThatIsInterruptedLeavesNothingBehind() throws Exception {
        world.registry.fault(packages.get(200).path(), (exchange, right) -> {
            try {
                Thread.sleep(20_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Path tree = folder.resolve("one/nix");
        Process run = start(tree, folder.resolve("a"));
        while (world.registry.requests().size() < PACKAGES && run.isAlive()) {
            Thread.sleep(20);
        }
        // SIGTERM, which the JVM takes as it takes Ctrl-C
        run.destroy();
        assertTrue(run.waitFor(10, TimeUnit.SECONDS));
        assertTrue(Files.notExists(tree));
        assertEquals(List.of(), left(folder.resolve("tmp"), ""));
    }

    private static List<Path> left(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> !file.getFileName().toString().startsWith("hsperfdata"))
                    .toList();
        }
    }
}
