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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which packages required peers mean to Bun since 1.4, whatever the lockfile's places give: the highest version that everybody
 * accepts who has this peer, else the highest that the range itself accepts. Everybody is each package of a registry that the
 * root and the members come to without peers. A member's own peer is the highest that its range accepts. Seen of Bun 1.4.5.
 */
final class PeerBinding {
    private static final Pattern RANGE = Pattern.compile("[\\s\\dvxX*^~<>=.+A-Za-z|-]+");
    private static final Pattern START = Pattern.compile("\\s*[\\dvxX*^~<>=|].*", Pattern.DOTALL);

    private final List<Vertex> vertices;
    private final List<List<Edge>> edges;
    private final Map<String, List<Candidate>> candidates = new HashMap<>();
    /** The ranges of required peers, by name. */
    private final Map<String, Map<String, BunRange>> asked = new HashMap<>();

    private record Candidate(int number, BunVersion.Core version) {}

    /** @param edges with what the lockfile's places give */
    PeerBinding(List<Vertex> vertices, List<List<Edge>> edges) {
        this.vertices = vertices;
        this.edges = edges;
        BitSet declared = declared();
        for (int number = 0; number < vertices.size(); number++) {
            Vertex vertex = vertices.get(number);
            if (!isOfRegistry(vertex)) {
                continue;
            }
            candidates
                    .computeIfAbsent(vertex.id().name(), name -> new ArrayList<>())
                    .add(new Candidate(
                            number, BunVersion.scan(vertex.id().resolution(), 0).lowest()));
            if (declared.get(number)) {
                edges.get(number).stream()
                        .filter(PeerBinding::isByRange)
                        .forEach(peer -> asked.computeIfAbsent(peer.alias(), name -> new TreeMap<>())
                                .computeIfAbsent(peer.literal(), BunRange::parse));
            }
        }
    }

    /** What the root and the members come to without peers. */
    private BitSet declared() {
        BitSet declared = new BitSet();
        Deque<Integer> queue = new ArrayDeque<>();
        for (int number = 0; number < vertices.size(); number++) {
            if (vertices.get(number).member().isPresent()) {
                declared.set(number);
                queue.add(number);
            }
        }
        while (!queue.isEmpty()) {
            for (Edge edge : edges.get(queue.remove())) {
                if (!edge.isPeer() && !edge.isOpen() && !declared.get(edge.target())) {
                    declared.set(edge.target());
                    queue.add(edge.target());
                }
            }
        }
        return declared;
    }

    private static boolean isOfRegistry(Vertex vertex) {
        return vertex.locked()
                .filter(locked -> locked.resolution() instanceof Resolution.Npm)
                .isPresent();
    }

    private static boolean isByRange(Edge edge) {
        return edge.isPeer() && !edge.isOptional() && isRange(edge.literal());
    }

    /** Whether a text means versions. */
    static boolean isRange(String literal) {
        return RANGE.matcher(literal).matches() && START.matcher(literal).matches();
    }

    /** The edge of a package with what it means. */
    Edge bind(Vertex owner, Edge edge) {
        if (!isByRange(edge)) {
            return edge;
        }
        BunRange own = BunRange.parse(edge.literal());
        List<Candidate> accepted = candidates.getOrDefault(edge.alias(), List.of()).stream()
                .filter(candidate -> own.admits(candidate.version()))
                .toList();
        Collection<BunRange> others = owner.member().isPresent()
                ? List.of()
                : asked.getOrDefault(edge.alias(), Map.of()).values();
        List<Candidate> byAll = accepted.stream()
                .filter(candidate -> others.stream().allMatch(range -> range.admits(candidate.version())))
                .toList();
        return highest(byAll).or(() -> highest(accepted)).map(edge::to).orElse(edge);
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
