package dev.ocnix.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import dev.ocnix.nix.PlatformLimits;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.RandomProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bun judges where the packages of projects made at random stand in a hoisted tree. */
@NeedsBun
class HoistedJudgeTest {
    private static final String JUDGE = "1.4.5";
    private static final String OLDER = "1.3.14";

    @TempDir
    Path folder;

    /**
     * Projects in which, one after the other, what a bundle brings is not shared, is asked for by a peer, stands in the way; a
     * peer would be another one further up; an optional peer is wanted nowhere else; a peer finds what only development needs.
     */
    @ParameterizedTest
    @ValueSource(longs = {10, 30, 53, 153, 183, 242, 251, 268, 520, 524})
    void packagesStandWhereBunPlacesThem(long seed) throws Exception {
        Verdict verdict = judge(seed);
        assertEquals(List.of(), verdict.wrong());
        assertTrue(verdict.judged() >= 2, "only " + verdict.judged() + " installs could be judged");
    }

    /** As many others as wanted. */
    @Test
    void packagesOfOtherProjectsStandWhereBunPlacesThem() throws Exception {
        List<String> wrong = new ArrayList<>();
        int judged = 0;
        int count = Integer.getInteger("ocnix.projects", 3);
        int first = Integer.getInteger("ocnix.first", 1);
        for (long seed : IntStream.range(first, first + count).asLongStream().toArray()) {
            Verdict verdict = judge(seed);
            wrong.addAll(verdict.wrong());
            judged += verdict.judged();
        }
        assertEquals(List.of(), wrong, judged + " installs judged");
        assertTrue(judged >= 2 * count, "only " + judged + " installs could be judged");
    }

    private record Verdict(int judged, List<String> wrong) {}

    /** Installs from the lockfiles that two releases write, for development and for production. */
    private Verdict judge(long seed) throws Exception {
        int judged = 0;
        List<String> wrong = new ArrayList<>();
        try (LoopbackRegistry registry = LoopbackRegistry.start()) {
            for (String writer : List.of(OLDER, JUDGE)) {
                RandomProject random = new RandomProject(seed);
                random.publish(registry);
                Path project = folder.resolve(writer + "-" + seed);
                random.write(project);
                if (!run(Bun.version(writer), registry, project, "--lockfile-only")) {
                    continue;
                }
                Lockfile lockfile = LockfileReader.read("bun.lock", Files.readAllBytes(project.resolve("bun.lock")));
                for (boolean isProduction : List.of(false, true)) {
                    delete(project);
                    if (run(
                            Bun.version(JUDGE),
                            registry,
                            project,
                            "--frozen-lockfile",
                            "--linker=hoisted",
                            isProduction ? "--production" : "--no-progress")) {
                        judged++;
                        String differences = differences(expected(lockfile, isProduction), actual(project));
                        if (!differences.isEmpty()) {
                            wrong.add(project + (isProduction ? " for production" : "") + "\n" + differences);
                        }
                    }
                }
            }
        }
        return new Verdict(judged, wrong);
    }

    private static void delete(Path project) throws IOException {
        try (Stream<Path> paths = Files.walk(project)) {
            for (Path path : paths.filter(
                            path -> project.relativize(path).toString().contains("node_modules"))
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Files.delete(path);
            }
        }
    }

    /** Whether Bun can: some projects it refuses, and over some it never ends. */
    private static boolean run(Bun bun, LoopbackRegistry registry, Path project, String... arguments) {
        try {
            return bun.from(registry.url(), project, "install", "--ignore-scripts")
                            .and(arguments)
                            .within(Duration.ofSeconds(10))
                            .run()
                            .exit()
                    == 0;
        } catch (AssertionError e) {
            return false;
        }
    }

    private static SortedMap<String, String> expected(Lockfile lockfile, boolean isProduction) throws Exception {
        Layout layout = Layout.of(lockfile);
        SortedMap<String, String> versions = new TreeMap<>();
        Deque<PlacementKey> queue = new ArrayDeque<>();
        Set<PlacementKey> seen = new HashSet<>();
        for (Layout.Member member : layout.members().values()) {
            follow(layout, lockfile, member.dependencies(), queue, seen);
            follow(layout, lockfile, isProduction ? List.of() : member.devDependencies(), queue, seen);
            follow(layout, lockfile, member.optionalPeers(), queue, seen);
        }
        while (!queue.isEmpty()) {
            PlacementKey key = queue.remove();
            Layout.Node node = Optional.ofNullable(layout.nodes().get(key)).orElseThrow();
            locked(lockfile, node.id()).ifPresent(locked -> versions.put(key.toString(), version(locked)));
            follow(layout, lockfile, node.edges(), queue, seen);
            follow(layout, lockfile, isProduction ? List.of() : node.devEdges(), queue, seen);
            follow(layout, lockfile, node.peerEdges(), queue, seen);
        }
        return versions;
    }

    private static void follow(
            Layout layout,
            Lockfile lockfile,
            Collection<PlacementKey> edges,
            Deque<PlacementKey> queue,
            Set<PlacementKey> seen) {
        for (PlacementKey key : edges) {
            Layout.Node node = Optional.ofNullable(layout.nodes().get(key)).orElseThrow();
            boolean fits = locked(lockfile, node.id())
                    .map(locked ->
                            PlatformLimits.of(locked, Optional.empty()).admit("linux", "x64", Optional.of("glibc")))
                    .orElse(true);
            if (!node.bundled() && fits && seen.add(key)) {
                queue.add(key);
            }
        }
    }

    /** What has files of its own. */
    private static Optional<LockedPackage> locked(Lockfile lockfile, PackageId id) {
        return Optional.ofNullable(lockfile.packages().get(id))
                .filter(locked -> !(locked.resolution() instanceof Resolution.Workspace
                        || locked.resolution() instanceof Resolution.Root));
    }

    private static String version(LockedPackage locked) {
        return locked.id().name() + "@" + (locked.resolution() instanceof Resolution.Npm npm ? npm.version() : "1.0.0");
    }

    /** The packages by their place as the lockfile would call it. */
    private static SortedMap<String, String> actual(Path project) throws IOException {
        SortedMap<String, String> versions = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(project)) {
            for (Path path : paths.filter(path -> path.endsWith("package.json")).toList()) {
                String place = project.relativize(path.getParent()).toString();
                String key = place.replaceFirst("^packages/(m\\d)/node_modules/", "$1/node_modules/")
                        .replaceFirst("^node_modules/", "")
                        .replace("/node_modules/", "/");
                if (place.contains("node_modules/")) {
                    JsonObject manifest =
                            JsonParser.parseString(Files.readString(path)).getAsJsonObject();
                    if (!manifest.has(RandomProject.BUNDLED)) {
                        versions.put(
                                named(project, key),
                                manifest.get("name").getAsString() + "@"
                                        + manifest.get("version").getAsString());
                    }
                }
            }
        }
        return versions;
    }

    /** A place below a member's folder has the member's name. */
    private static String named(Path project, String key) throws IOException {
        Path manifest =
                project.resolve("packages").resolve(key.split("/", 2)[0]).resolve("package.json");
        return Files.exists(manifest)
                ? JsonParser.parseString(Files.readString(manifest))
                                .getAsJsonObject()
                                .get("name")
                                .getAsString()
                        + key.substring(key.indexOf('/'))
                : key;
    }

    private static String differences(SortedMap<String, String> ours, SortedMap<String, String> bun) {
        StringBuilder differences = new StringBuilder();
        ours.forEach((key, version) -> {
            if (!version.equals(bun.get(key))) {
                differences.append("  ours " + key + " " + version + ", Bun " + bun.get(key) + "\n");
            }
        });
        bun.forEach((key, version) -> {
            if (!ours.containsKey(key)) {
                differences.append("  Bun  " + key + " " + version + "\n");
            }
        });
        return differences.toString();
    }
}
