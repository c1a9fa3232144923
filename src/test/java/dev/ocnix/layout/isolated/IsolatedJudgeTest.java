package dev.ocnix.layout.isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Bun;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.PeerGraph;
import dev.ocnix.testing.RandomProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bun's isolated linker judges the entries and links of projects made at random and of those that peers multiply. */
@NeedsBun
class IsolatedJudgeTest {
    private static final Map<BunRules, String> RELEASES = Map.of(BunRules.BUN_1_3, "1.3.14", BunRules.BUN_1_4, "1.4.5");

    /** Projects in which peers once meant something else here than to Bun. */
    private static final List<Long> ONCE_WRONG = List.of(24L, 71L, 159L);

    @TempDir
    Path folder;

    @Test
    void entriesAndLinksAreThoseOfBun() throws Exception {
        List<String> wrong = new ArrayList<>();
        int count = Integer.getInteger("ocnix.projects", 6);
        int first = Integer.getInteger("ocnix.first", 1);
        Set<Long> seeds = new TreeSet<>(ONCE_WRONG);
        IntStream.range(first, first + count).forEach(seed -> seeds.add((long) seed));
        for (long seed : seeds) {
            try (LoopbackRegistry registry = LoopbackRegistry.start()) {
                for (BunRules rules : new TreeSet<>(RELEASES.keySet())) {
                    RandomProject random = new RandomProject(seed);
                    random.publish(registry);
                    Path project = folder.resolve(rules + "-" + seed);
                    random.write(project);
                    Bun bun = Bun.version(RELEASES.get(rules));
                    if (LinkedTree.lock(bun, registry, project)) {
                        wrong.addAll(differences(bun, registry, project, rules));
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static List<String> differences(Bun bun, LoopbackRegistry registry, Path project, BunRules rules)
            throws Exception {
        List<String> wrong = new ArrayList<>();
        for (boolean dev : new boolean[] {true, false}) {
            Optional<LinkedTree> installed = LinkedTree.installed(bun, registry, project, dev);
            if (installed.isPresent()) {
                String differences =
                        LinkedTree.of(project.resolve("bun.lock"), rules, dev).differences(installed.get());
                if (!differences.isEmpty()) {
                    wrong.add(project + (dev ? "" : " --production") + "\n" + differences);
                }
            }
        }
        return wrong;
    }

    @ParameterizedTest
    @EnumSource
    void whatPeersMultiplyIsLaidOutAsByBun(PeerGraph.Shape shape) throws Exception {
        PeerGraph graph = PeerGraph.of(shape, 6);
        try (LoopbackRegistry registry = LoopbackRegistry.start()) {
            graph.publish(registry);
            for (BunRules rules : BunRules.values()) {
                Path project = folder.resolve(rules.toString());
                graph.write(project);
                LinkedTree installed = LinkedTree.installed(Bun.version(RELEASES.get(rules)), registry, project, true)
                        .orElseThrow();
                assertEquals(
                        "",
                        LinkedTree.of(project.resolve("bun.lock"), rules, true).differences(installed));
            }
        }
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
            assertTrue(LinkedTree.lock(bun, registry, folder));
            Files.writeString(manifest, Files.readString(manifest).replace("\"host\": \"2.0.0\", ", ""));
            Files.writeString(lockfile, Files.readString(lockfile).replace("\"host\": \"2.0.0\",", ""));
            LinkedTree installed =
                    LinkedTree.installed(bun, registry, folder, true).orElseThrow();
            assertEquals("", LinkedTree.of(lockfile, BunRules.BUN_1_4, true).differences(installed));
        }
    }
}
