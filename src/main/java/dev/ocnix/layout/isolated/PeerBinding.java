package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.layout.isolated.Graph.Vertex;
import dev.ocnix.model.BunRange;
import dev.ocnix.model.BunVersion;
import dev.ocnix.model.Resolution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which packages required peers mean to Bun since 1.4, whatever the lockfile's places give: if these give what the root itself
 * depends on, and the range accepts it, then that, else the highest version that everybody accepts who has this peer, else the
 * highest that the range itself accepts. Everybody is each package of a registry to which a way from the root leads, without
 * peers, on which nobody has the package as a dependency. Packages to which some way leads on which somebody has it follow their
 * own range alone, and so do members. A name of which an override speaks keeps its place. Seen of Bun 1.4.5.
 */
final class PeerBinding {
    private static final Pattern RANGE = Pattern.compile("[\\s\\dvxX*^~<>=.+A-Za-z|-]+");
    private static final Pattern START = Pattern.compile("\\s*[\\dvxX*^~<>=|].*", Pattern.DOTALL);

    private final List<Vertex> vertices;
    private final List<List<Edge>> edges;
    private final Set<String> overridden;
    private final Map<String, List<Candidate>> candidates = new HashMap<>();
    private final Map<String, Askers> askers = new HashMap<>();
    private final Map<String, BunRange> parsed = new HashMap<>();
    /** What the root has, without peers. */
    private final Set<Own> ofRoot = new HashSet<>();

    private record Own(String alias, int target) {}

    private record Candidate(int number, BunVersion.Core version) {}

    /**
     * Those who have a peer of one name.
     *
     * @param given packages below somebody who has it as a dependency
     * @param ranges of those who are also, or only, elsewhere
     */
    private record Askers(BitSet given, Collection<BunRange> ranges) {
        List<Candidate> admit(List<Candidate> candidates) {
            return candidates.stream()
                    .filter(candidate -> ranges.stream().allMatch(range -> range.admits(candidate.version())))
                    .toList();
        }
    }

    /**
     * @param edges with what the lockfile's places give
     * @param overridden names of which some override speaks
     */
    PeerBinding(List<Vertex> vertices, List<List<Edge>> edges, Set<String> overridden) {
        this.vertices = vertices;
        this.edges = edges;
        this.overridden = overridden;
        edges.get(Graph.ROOT).stream()
                .filter(own -> !own.isPeer())
                .forEach(own -> ofRoot.add(new Own(own.alias(), own.target())));
        for (int number = 0; number < vertices.size(); number++) {
            Vertex vertex = vertices.get(number);
            if (isOfRegistry(vertex)) {
                candidates
                        .computeIfAbsent(vertex.id().name(), name -> new ArrayList<>())
                        .add(new Candidate(
                                number,
                                BunVersion.scan(vertex.id().resolution(), 0).lowest()));
            }
        }
    }

    private Askers askers(String name) {
        BitSet givers = new BitSet();
        for (int number = 0; number < vertices.size(); number++) {
            givers.set(number, gives(number, name));
        }
        BitSet elsewhere = members();
        elsewhere.andNot(givers);
        elsewhere = givers.get(Graph.ROOT) ? new BitSet() : below(elsewhere, givers);
        givers.and(below(members(), new BitSet()));
        BitSet given = new BitSet();
        givers.stream().forEach(giver -> uses(giver).forEach(given::set));
        Map<String, BunRange> ranges = new TreeMap<>();
        elsewhere.stream()
                .filter(number -> isOfRegistry(vertices.get(number)))
                .mapToObj(edges::get)
                .flatMap(List::stream)
                .filter(edge -> isByRange(edge) && edge.alias().equals(name))
                .forEach(edge -> ranges.computeIfAbsent(edge.literal(), BunRange::parse));
        return new Askers(below(given, new BitSet()), ranges.values());
    }

    private BitSet members() {
        BitSet members = new BitSet();
        for (int number = 0; number < vertices.size(); number++) {
            members.set(number, vertices.get(number).member().isPresent());
        }
        return members;
    }

    /** Whether a package has another as a dependency, or is a member that has it as a required peer. */
    private boolean gives(int number, String name) {
        return edges.get(number).stream()
                .filter(edge -> edge.alias().equals(name) && !edge.isOpen())
                .anyMatch(edge -> edge.isPeer()
                        ? !edge.isOptional() && vertices.get(number).member().isPresent()
                        : vertices.get(edge.target()).id().name().equals(name));
    }

    private IntStream uses(int number) {
        return edges.get(number).stream()
                .filter(edge -> !edge.isPeer() && !edge.isOpen())
                .mapToInt(Edge::target);
    }

    /** Some packages with all that they come to without peers; who is a barrier leads nowhere. */
    private BitSet below(BitSet first, BitSet barriers) {
        BitSet reached = (BitSet) first.clone();
        Deque<Integer> queue = new ArrayDeque<>(first.stream().boxed().toList());
        while (!queue.isEmpty()) {
            uses(queue.remove())
                    .filter(target -> !reached.get(target) && !barriers.get(target))
                    .forEach(target -> {
                        reached.set(target);
                        queue.add(target);
                    });
        }
        return reached;
    }

    private static boolean isOfRegistry(Vertex vertex) {
        return vertex.locked()
                .filter(locked -> locked.resolution() instanceof Resolution.Npm)
                .isPresent();
    }

    /** Whether an edge is a required peer with a range of versions. */
    static boolean isByRange(Edge edge) {
        return edge.isPeer() && !edge.isOptional() && isRange(edge.literal());
    }

    /** Whether a text means versions. */
    static boolean isRange(String literal) {
        return RANGE.matcher(literal).matches() && START.matcher(literal).matches();
    }

    /**
     * An edge with what it means while packages are hoisted: what the root has, if the lockfile's places give that and the range
     * accepts it, else the highest version that the range accepts.
     */
    Edge hoisted(Edge edge) {
        List<Candidate> accepted = accepted(edge);
        return isOfRoot(edge, accepted) ? edge : highest(edge, accepted);
    }

    /** The edge of a package, as the lockfile's places give it, with what it means in isolation. */
    Edge bind(int owner, Edge edge) {
        List<Candidate> accepted = accepted(edge);
        if (isOfRoot(edge, accepted)) {
            return edge;
        }
        if (accepted.size() < 2 || vertices.get(owner).member().isPresent()) {
            return highest(edge, accepted);
        }
        Askers all = askers.computeIfAbsent(edge.alias(), this::askers);
        return all.given().get(owner)
                ? highest(edge, accepted)
                : highest(all.admit(accepted)).map(edge::to).orElseGet(() -> highest(edge, accepted));
    }

    private List<Candidate> accepted(Edge edge) {
        if (!isByRange(edge) || overridden.contains(edge.alias())) {
            return List.of();
        }
        BunRange range = parsed.computeIfAbsent(edge.literal(), BunRange::parse);
        return candidates.getOrDefault(edge.alias(), List.of()).stream()
                .filter(candidate -> range.admits(candidate.version()))
                .toList();
    }

    /** Whether an edge means what the root has itself, and accepts that. */
    private boolean isOfRoot(Edge edge, List<Candidate> accepted) {
        return accepted.stream().anyMatch(candidate -> candidate.number() == edge.target())
                && ofRoot.contains(new Own(edge.alias(), edge.target()));
    }

    private static Edge highest(Edge edge, List<Candidate> candidates) {
        return highest(candidates).map(edge::to).orElse(edge);
    }

    private static Optional<Integer> highest(List<Candidate> candidates) {
        Optional<Candidate> best = Optional.empty();
        for (Candidate candidate : candidates) {
            if (best.isEmpty() || best.get().version().compareTo(candidate.version()) < 0) {
                best = Optional.of(candidate);
            }
        }
        return best.map(Candidate::number);
    }
}
