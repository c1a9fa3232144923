package dev.ocnix.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
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

/** Bun judges where the packages of projects made at random stand in a hoisted tree. */
@NeedsBun
class HoistedJudgeTest {
    @TempDir
    Path folder;

    @Test
    void packagesStandWhereBunPlacesThem() throws Exception {
        List<String> wrong = new ArrayList<>();
        int count = Integer.getInteger("ocnix.projects", 3);
        int first = Integer.getInteger("ocnix.first", 1);
        for (long seed : IntStream.range(first, first + count).asLongStream().toArray()) {
            try (LoopbackRegistry registry = LoopbackRegistry.start()) {
                for (String release : List.of("1.3.14", "1.4.5")) {
                    RandomProject random = new RandomProject(seed);
                    random.publish(registry);
                    Path project = folder.resolve(release + "-" + seed);
                    random.write(project);
                    Bun bun = Bun.version(release);
                    if (run(bun, registry, project, "--lockfile-only")
                            && run(bun, registry, project, "--frozen-lockfile", "--linker", "hoisted")) {
                        Lockfile lockfile =
                                LockfileReader.read("bun.lock", Files.readAllBytes(project.resolve("bun.lock")));
                        SortedMap<String, String> installed = actual(project);
                        // what is in there came inside of others' tarballs
                        lockfile.placements().values().stream()
                                .filter(Placement::bundled)
                                .forEach(placement ->
                                        installed.remove(placement.key().toString()));
                        String differences = differences(expected(lockfile), installed);
                        if (!differences.isEmpty()) {
                            wrong.add(project + "\n" + differences);
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
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

    private static SortedMap<String, String> expected(Lockfile lockfile) throws Exception {
        Layout layout = Layout.of(lockfile);
        SortedMap<String, String> versions = new TreeMap<>();
        Deque<PlacementKey> queue = new ArrayDeque<>();
        Set<PlacementKey> seen = new HashSet<>();
        for (Layout.Member member : layout.members().values()) {
            follow(layout, lockfile, member.dependencies(), queue, seen);
            follow(layout, lockfile, member.devDependencies(), queue, seen);
            follow(layout, lockfile, member.optionalPeers(), queue, seen);
        }
        while (!queue.isEmpty()) {
            PlacementKey key = queue.remove();
            Layout.Node node = Optional.ofNullable(layout.nodes().get(key)).orElseThrow();
            locked(lockfile, node.id()).ifPresent(locked -> versions.put(key.toString(), version(locked)));
            follow(layout, lockfile, node.edges(), queue, seen);
            follow(layout, lockfile, node.devEdges(), queue, seen);
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
                    versions.put(
                            named(project, key),
                            manifest.get("name").getAsString() + "@"
                                    + manifest.get("version").getAsString());
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
