package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.layout.isolated.IsolatedLayout.Entry;
import dev.ocnix.layout.isolated.IsolatedLayout.Limits;
import dev.ocnix.layout.isolated.IsolatedLayout.Link;
import dev.ocnix.layout.isolated.IsolatedLayout.Platform;
import dev.ocnix.layout.isolated.IsolatedLayout.Variant;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Finds out which variants of a project there are, and lays out each. */
final class Variants {
    /** What Nix can run on, in npm's names; the last stands for all that no package names. */
    private static final List<String> PROCESSORS = List.of(
            "x64", "arm64", "arm", "ia32", "loong64", "mips", "mipsel", "ppc", "ppc64", "riscv64", "s390", "s390x",
            "x32", "other");

    private final GraphBuilder builder;
    /** The platforms that admit a package, by their numbers; none for packages that all admit. */
    private final Map<PackageId, BitSet> limited = new HashMap<>();

    private final List<Platform> platforms = new ArrayList<>();

    /** What decides on the entries: the packages are the same in all variants. */
    private record Input(BunRules rules, List<List<Edge>> edges) {}

    private record Laid(SortedMap<String, Entry> entries, SortedMap<String, List<Link>> members) {}

    Variants(Lockfile lockfile, Limits limits) {
        this.builder = new GraphBuilder(lockfile);
        for (String cpu : PROCESSORS) {
            platforms.add(new Platform("linux", cpu, Optional.of("glibc")));
            platforms.add(new Platform("linux", cpu, Optional.of("musl")));
            platforms.add(new Platform("darwin", cpu, Optional.empty()));
        }
        for (PackageId id : lockfile.packages().keySet()) {
            BitSet admitting = new BitSet();
            for (int i = 0; i < platforms.size(); i++) {
                admitting.set(i, limits.admit(id, platforms.get(i)));
            }
            if (admitting.cardinality() < platforms.size()) {
                limited.put(id, admitting);
            }
        }
    }

    IsolatedLayout all() throws OcnixException {
        SortedSet<PackageId> deciding = deciding();
        Set<SortedSet<PackageId>> classes = new LinkedHashSet<>();
        for (int i = 0; i < platforms.size(); i++) {
            int platform = i;
            SortedSet<PackageId> admitted = new TreeSet<>(deciding);
            admitted.removeIf(id -> !admits(id, platform));
            classes.add(admitted);
        }
        List<Variant> variants = new ArrayList<>();
        for (SortedSet<PackageId> admitted : classes) {
            Predicate<PackageId> kept = id -> deciding.contains(id) ? admitted.contains(id) : isSomewhere(id);
            Map<Input, Laid> known = new HashMap<>();
            for (boolean dev : new boolean[] {true, false}) {
                for (boolean optional : new boolean[] {true, false}) {
                    for (BunRules rules : new BunRules[] {BunRules.BUN_1_4, BunRules.BUN_1_3}) {
                        Graph graph = builder.build(rules, new EdgeFilter(dev, optional, kept));
                        Laid laid = lay(rules, graph, known);
                        variants.add(new Variant(rules, dev, optional, admitted, laid.entries(), laid.members()));
                    }
                }
            }
        }
        return new IsolatedLayout(deciding, variants, new TreeMap<>());
    }

    private boolean admits(PackageId id, int platform) {
        return Optional.ofNullable(limited.get(id))
                .map(admitting -> admitting.get(platform))
                .orElse(true);
    }

    private boolean isSomewhere(PackageId id) {
        return Optional.ofNullable(limited.get(id))
                .map(admitting -> !admitting.isEmpty())
                .orElse(true);
    }

    /** @param known what has been laid out: many variants have the same edges */
    private static Laid lay(BunRules rules, Graph graph, Map<Input, Laid> known) throws OcnixException {
        Input input = new Input(rules, graph.edges());
        Laid laid = known.get(input);
        if (laid == null) {
            EntryGraph entries = new EntryGraph(graph, rules);
            entries.walk(NodeTree.of(graph, rules));
            laid = new Laid(entries.entries(), entries.members());
            known.put(input, laid);
        }
        return laid;
    }

    /** Packages for some platforms only that are peers of others, or have peers themselves or below them. */
    private SortedSet<PackageId> deciding() {
        SortedSet<PackageId> deciding = new TreeSet<>();
        if (limited.values().stream().allMatch(BitSet::isEmpty)) {
            return deciding;
        }
        for (BunRules rules : BunRules.values()) {
            Graph graph = builder.build(rules, new EdgeFilter(true, true, this::isSomewhere));
            touching(graph).stream()
                    .mapToObj(number -> graph.vertices().get(number).id())
                    .filter(id -> limited.containsKey(id) && isSomewhere(id))
                    .forEach(deciding::add);
        }
        return deciding;
    }

    private static BitSet touching(Graph graph) {
        List<List<Integer>> users = new ArrayList<>();
        graph.vertices().forEach(vertex -> users.add(new ArrayList<>()));
        BitSet withPeers = new BitSet();
        BitSet peers = new BitSet();
        Set<String> names = new HashSet<>();
        graph.peers().forEach(names::addAll);
        for (int number = 0; number < users.size(); number++) {
            for (Edge edge : graph.edges().get(number)) {
                users.get(edge.target()).add(number);
                if (edge.isPeer()) {
                    withPeers.set(number);
                }
                // who asks for a peer of that name would find it
                if (names.contains(edge.alias())) {
                    peers.set(edge.target());
                }
            }
        }
        Deque<Integer> queue = new ArrayDeque<>(withPeers.stream().boxed().toList());
        while (!queue.isEmpty()) {
            for (int user : users.get(queue.remove())) {
                if (!withPeers.get(user)) {
                    withPeers.set(user);
                    queue.add(user);
                }
            }
        }
        withPeers.or(peers);
        return withPeers;
    }
}
