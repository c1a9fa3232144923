package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Vertex;
import dev.ocnix.model.BunRange;
import dev.ocnix.model.BunVersion;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Resolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which package a dependency means: the one that the lockfile's places give. Since 1.4 Bun chooses required peers by their
 * ranges instead: the highest version that everybody accepts who has this peer, else the highest that the range itself
 * accepts; of ranges with alternatives the first that the lockfile lists. Seen of Bun 1.4.5.
 */
final class PeerBinding {
    private static final Pattern RANGE = Pattern.compile("[\\s\\dvxX*^~<>=.+A-Za-z-]+");
    private static final Pattern START = Pattern.compile("\\s*[\\dvxX*^~<>=].*", Pattern.DOTALL);

    private final BunRules rules;
    private final Map<String, List<Candidate>> candidates = new HashMap<>();
    /** The ranges of required peers, by name. */
    private final Map<String, Map<String, BunRange>> asked = new HashMap<>();

    private record Candidate(int number, BunVersion.Core version) {}

    /** @param fetched which packages have files of their own */
    PeerBinding(BunRules rules, List<Vertex> vertices, Predicate<PackageId> fetched) {
        this.rules = rules;
        for (int number = 0; number < vertices.size(); number++) {
            Vertex vertex = vertices.get(number);
            int position = number;
            vertex.locked().ifPresent(locked -> {
                if (locked.resolution() instanceof Resolution.Npm && fetched.test(locked.id())) {
                    candidates
                            .computeIfAbsent(locked.id().name(), name -> new ArrayList<>())
                            .add(new Candidate(
                                    position,
                                    BunVersion.scan(locked.id().resolution(), 0).lowest()));
                }
                locked.dependencies().stream()
                        .filter(PeerBinding::isByRange)
                        .forEach(peer -> asked.computeIfAbsent(peer.alias(), name -> new TreeMap<>())
                                .computeIfAbsent(peer.literal(), BunRange::parse));
            });
        }
    }

    /** Whether it is a required peer whose range is one of versions, without alternatives. */
    private static boolean isByRange(Dependency dependency) {
        return dependency.kind() == DependencyKind.PEER && isRange(dependency.literal());
    }

    /** Whether a text means versions, without alternatives. */
    static boolean isRange(String literal) {
        return RANGE.matcher(literal).matches() && START.matcher(literal).matches();
    }

    /** @param walked what the places give */
    Optional<Integer> choose(Dependency dependency, Optional<Integer> walked) {
        if (!rules.isNew() || dependency.kind() != DependencyKind.PEER) {
            return walked;
        }
        if (dependency.literal().contains("||")) {
            return first(dependency).or(() -> walked);
        }
        if (!isByRange(dependency)) {
            return walked;
        }
        BunRange own = BunRange.parse(dependency.literal());
        List<Candidate> accepted = candidates.getOrDefault(dependency.alias(), List.of()).stream()
                .filter(candidate -> own.admits(candidate.version()))
                .toList();
        List<Candidate> byAll = accepted.stream()
                .filter(candidate -> asked.getOrDefault(dependency.alias(), Map.of()).values().stream()
                        .allMatch(range -> range.admits(candidate.version())))
                .toList();
        return highest(byAll).or(() -> highest(accepted)).or(() -> walked);
    }

    /** The one that the lockfile lists first. */
    private Optional<Integer> first(Dependency dependency) {
        BunRange range = BunRange.parse(dependency.literal());
        return candidates.getOrDefault(dependency.alias(), List.of()).stream()
                .filter(candidate -> range.admits(candidate.version()))
                .map(Candidate::number)
                .findFirst();
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
