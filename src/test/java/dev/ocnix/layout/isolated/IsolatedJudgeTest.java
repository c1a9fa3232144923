package dev.ocnix.layout.isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.layout.isolated.IsolatedLayout.Link;
import dev.ocnix.layout.isolated.IsolatedLayout.Platform;
import dev.ocnix.layout.isolated.IsolatedLayout.Variant;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.nix.PlatformLimits;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.PackageTarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bun's isolated linker judges the entries and links of projects made at random. */
@NeedsBun
class IsolatedJudgeTest {
    private static final Platform HERE = new Platform("linux", "x64", Optional.of("glibc"));

    @TempDir
    Path folder;

    @Test
    void entriesAndLinksAreThoseOfBun() throws Exception {
        List<String> wrong = new ArrayList<>();
        Map<BunRules, Bun> releases =
                Map.of(BunRules.BUN_1_3, Bun.version("1.3.14"), BunRules.BUN_1_4, Bun.version("1.4.5"));
        int count = Integer.getInteger("ocnix.projects", 6);
        int first = Integer.getInteger("ocnix.first", 1);
        for (long seed : IntStream.range(first, first + count).asLongStream().toArray()) {
            try (LoopbackRegistry registry = LoopbackRegistry.start()) {
                for (BunRules rules : new TreeSet<>(releases.keySet())) {
                    RandomProject random = new RandomProject(seed);
                    random.publish(registry);
                    Path project = folder.resolve(rules + "-" + seed);
                    random.write(project);
                    if (lock(releases.get(rules), registry, project)) {
                        for (boolean dev : new boolean[] {true, false}) {
                            if (!install(releases.get(rules), registry, project, dev)) {
                                continue;
                            }
                            String differences =
                                    compare(expected(project.resolve("bun.lock"), rules, dev), actual(project));
                            if (!differences.isEmpty()) {
                                wrong.add(project + (dev ? "" : " --production") + "\n" + differences);
                            }
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** What the lockfile has for an optional peer alone, since the root no longer asks for it. */
    @ParameterizedTest
    @ValueSource(strings = {"early", "zealous"})
    void anOptionalPeerIsWhatOthersHaveBroughtAlongByThen(String user) throws Exception {
        try (LoopbackRegistry registry = LoopbackRegistry.start()) {
            registry.publish(PackageTarball.of("host", "1.0.0").build());
            registry.publish(PackageTarball.of("host", "2.0.0").build());
            registry.publish(
                    PackageTarball.of(user, "1.0.0").dependency("host", "1.0.0").build());
            registry.publish(PackageTarball.of("maybe", "1.0.0")
                    .field("peerDependencies", "{ \"host\": \"*\" }")
                    .field("peerDependenciesMeta", "{ \"host\": { \"optional\": true } }")
                    .build());
            Bun bun = Bun.version("1.4.5");
            Path manifest = folder.resolve("package.json");
            Path lockfile = folder.resolve("bun.lock");
            Files.writeString(
                    manifest,
                    "{ \"dependencies\": { \"host\": \"2.0.0\", \"maybe\": \"1.0.0\", \"" + user + "\": \"1.0.0\" } }");
            assertTrue(lock(bun, registry, folder));
            Files.writeString(manifest, Files.readString(manifest).replace("\"host\": \"2.0.0\", ", ""));
            Files.writeString(lockfile, Files.readString(lockfile).replace("\"host\": \"2.0.0\",", ""));
            assertTrue(install(bun, registry, folder, true));
            assertEquals("", compare(expected(lockfile, BunRules.BUN_1_4, true), actual(folder)));
        }
    }

    /** Whether Bun can: some projects it refuses, and over some it never ends. */
    private static boolean lock(Bun bun, LoopbackRegistry registry, Path project) {
        try {
            return bun.from(registry.url(), project, "install", "--lockfile-only", "--ignore-scripts")
                            .within(Duration.ofSeconds(10))
                            .run()
                            .exit()
                    == 0;
        } catch (AssertionError e) {
            return false;
        }
    }

    private static boolean install(Bun bun, LoopbackRegistry registry, Path project, boolean dev) throws IOException {
        try (Stream<Path> paths = Files.walk(project)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (path.toString().contains("/node_modules")) {
                    Files.delete(path);
                }
            }
        }
        return bun.from(
                                registry.url(),
                                project,
                                "install",
                                "--frozen-lockfile",
                                "--ignore-scripts",
                                "--linker",
                                "isolated",
                                dev ? "--no-progress" : "--production")
                        .run()
                        .exit()
                == 0;
    }

    private static String compare(Set<String> expected, Set<String> actual) {
        StringBuilder differences = new StringBuilder();
        expected.stream()
                .filter(line -> !actual.contains(line))
                .forEach(line -> differences.append("  ours " + line + "\n"));
        actual.stream()
                .filter(line -> !expected.contains(line))
                .forEach(line -> differences.append("  Bun  " + line + "\n"));
        return differences.toString();
    }

    private static Set<String> expected(Path file, BunRules rules, boolean dev) throws Exception {
        Lockfile lockfile = LockfileReader.read("bun.lock", Files.readAllBytes(file));
        Map<PackageId, PlatformLimits> limits = new HashMap<>();
        lockfile.packages()
                .values()
                .forEach(locked -> limits.put(locked.id(), PlatformLimits.of(locked, Optional.empty())));
        IsolatedLayout.Limits admit =
                (id, platform) -> limits.get(id).admit(platform.os(), platform.cpu(), platform.libc());
        IsolatedLayout layout = IsolatedLayout.of(lockfile, admit);
        Variant variant = layout.variants().stream()
                .filter(candidate -> candidate.rules() == rules && candidate.dev() == dev && candidate.optional())
                .filter(candidate -> layout.deciding().stream()
                        .allMatch(id ->
                                admit.admit(id, HERE) == candidate.admitted().contains(id)))
                .findFirst()
                .orElseThrow();
        Set<String> lines = new TreeSet<>();
        Deque<String> queue = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        variant.members().forEach((path, links) -> follow(variant, admit, "/" + path, links, lines, queue, seen));
        while (!queue.isEmpty()) {
            String name = queue.remove();
            follow(variant, admit, name, variant.entries().get(name).links(), lines, queue, seen);
        }
        return lines;
    }

    private static void follow(
            Variant variant,
            IsolatedLayout.Limits limits,
            String from,
            List<Link> links,
            Set<String> lines,
            Deque<String> queue,
            Set<String> seen) {
        for (Link link : links) {
            if (link.isMember()) {
                lines.add(from + " | " + link.alias() + " -> /" + link.target());
            } else if (limits.admit(variant.entries().get(link.target()).id(), HERE)) {
                lines.add(from + " | " + link.alias() + " -> " + link.target());
                if (seen.add(link.target())) {
                    queue.add(link.target());
                }
            }
        }
    }

    private static Set<String> actual(Path project) throws IOException {
        Set<String> lines = new TreeSet<>();
        try (Stream<Path> paths = Files.walk(project)) {
            for (Path path : paths.filter(Files::isSymbolicLink).toList()) {
                String place = project.relativize(path).toString();
                if (place.contains("/.bin/")
                        || place.contains("/.bun/node_modules/")
                        || place.startsWith(".bun/node_modules/")) {
                    continue;
                }
                int at = place.lastIndexOf("node_modules/");
                String owner = place.substring(0, at).replaceAll("/$", "");
                String inside = owner.replaceFirst("^node_modules/\\.bun/", "");
                String target = project.relativize(path.resolveSibling(Files.readSymbolicLink(path))
                                .normalize())
                        .toString();
                String entry = target.replaceFirst("^node_modules/\\.bun/", "").replaceFirst("/node_modules/.*", "");
                lines.add((inside.equals(owner) ? "/" + owner : inside) + " | "
                        + place.substring(at + "node_modules/".length()) + " -> "
                        + (target.startsWith("node_modules/.bun/") ? entry : "/" + target));
            }
        }
        return lines;
    }
}
