package dev.ocnix.layout.isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.PeerGraph;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walk through a project's graph is as large as what comes of it, whatever its peers multiply. */
class NodeTreeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"DIAMONDS, 200, 2", "WIDE, 60, 2", "CIRCLES, 60, 15", "MEMBERS, 60, 2", "MONOREPO, 200, 3"})
    void nodesAreAsManyAsEntries(PeerGraph.Shape shape, int size, int times) throws Exception {
        GraphBuilder builder = new GraphBuilder(
                LockfileReader.read("bun.lock", PeerGraph.of(shape, size).lockfile()));
        for (BunRules rules : BunRules.values()) {
            Graph graph = builder.build(rules, new EdgeFilter(true, true, id -> true));
            Node root = NodeTree.of(graph, rules);
            EntryGraph entries = new EntryGraph(graph, rules);
            entries.walk(root);
            int result = entries.entries().size() + entries.members().size();
            int nodes = nodes(root);
            assertTrue(nodes <= times * result, rules + ": " + nodes + " nodes for " + result + " entries");
        }
    }

    private static int nodes(Node root) {
        Set<Node> nodes = new HashSet<>();
        Deque<Node> queue = new ArrayDeque<>();
        queue.add(root);
        nodes.add(root);
        while (!queue.isEmpty()) {
            for (Node.Child child : queue.remove().children()) {
                if (nodes.add(child.node())) {
                    queue.add(child.node());
                }
            }
        }
        return nodes.size();
    }

    @Test
    void aMonorepoOfThousandsIsLaidOutInHalfAGigabyte() throws Exception {
        Path log = folder.resolve("log");
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Monorepo.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
        assertTrue(run.waitFor(120, TimeUnit.SECONDS));
        assertEquals(0, run.exitValue(), Files.readString(log));
        assertEquals("200 members, 3200 packages\n", Files.readString(log));
    }

    /** Lays out a monorepo with many peers. */
    static final class Monorepo {
        private Monorepo() {}

        public static void main(String[] arguments) throws OcnixException {
            IsolatedLayout layout = IsolatedLayout.of(
                    LockfileReader.read(
                            "bun.lock",
                            PeerGraph.of(PeerGraph.Shape.MONOREPO, 3400).lockfile()),
                    (id, platform) -> true);
            long packages = layout.variants().stream()
                    .flatMap(variant -> variant.entries().values().stream())
                    .map(IsolatedLayout.Entry::id)
                    .distinct()
                    .count();
            System.out.println(layout.variants().get(0).members().size() - 1 + " members, " + packages + " packages");
        }
    }
}
