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
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which package a dependency means: the one that the lockfile's places give, unless Bun chooses a peer by its range. */
final class PeerBinding {
    private static final Pattern RANGE = Pattern.compile("[\\s\\dvxX*^~<>=|.+A-Za-z-]+");
    private static final Pattern START = Pattern.compile("\\s*[\\dvxX*^~<>=].*", Pattern.DOTALL);

    private final BunRules rules;
    private final Map<String, List<Candidate>> candidates = new HashMap<>();

    private record Candidate(int number, BunVersion.Core version) {}

    /** @param fetched which packages have files of their own */
    PeerBinding(BunRules rules, List<Vertex> vertices, Predicate<PackageId> fetched) {
        this.rules = rules;
        for (int number = 0; number < vertices.size(); number++) {
            Vertex vertex = vertices.get(number);
            int position = number;
            vertex.locked()
                    .filter(locked -> locked.resolution() instanceof Resolution.Npm && fetched.test(locked.id()))
                    .ifPresent(locked -> candidates
                            .computeIfAbsent(vertex.id().name(), name -> new ArrayList<>())
                            .add(new Candidate(
                                    position,
                                    BunVersion.scan(vertex.id().resolution(), 0).lowest())));
        }
    }

    /** @param walked what the places give */
    Optional<Integer> choose(Dependency dependency, Optional<Integer> walked) {
        String range = dependency.literal();
        if (!rules.isNew()
                || dependency.kind() != DependencyKind.PEER
                || range.strip().equals("*")
                || !RANGE.matcher(range).matches()
                || !START.matcher(range).matches()) {
            return walked;
        }
        BunRange asked = BunRange.parse(range);
        Optional<Candidate> best = Optional.empty();
        for (Candidate candidate : candidates.getOrDefault(dependency.alias(), List.of())) {
            if (asked.admits(candidate.version())
                    && (best.isEmpty() || best.get().version().compareTo(candidate.version()) < 0)) {
                best = Optional.of(candidate);
            }
        }
        return best.map(Candidate::number).or(() -> walked);
    }
}
