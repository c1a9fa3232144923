package dev.ocnix.project.frozen;

import dev.ocnix.lockfile.LockfileAssembler;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares the dependencies of a workspace's package.json with those that the lockfile records of it. */
final class EdgeComparison {
    private static final String ANY = "*";

    private final Pins pins;
    private final Meaning meaning;
    private final Differences differences;

    EdgeComparison(Pins pins, Meaning meaning, Differences differences) {
        this.pins = pins;
        this.meaning = meaning;
        this.differences = differences;
    }

    private record Slot(String alias, DependencyKind kind) {
        static Slot of(Dependency edge) {
            return new Slot(edge.alias(), edge.kind());
        }
    }

    /**
     * The edges that count: those of package.json that the lockfile has a package for, each as the lockfile writes it if that
     * means the same.
     *
     * @param manifest the path of package.json, for messages
     */
    List<Dependency> edges(Workspace recorded, Workspace declared, String manifest) {
        Map<Slot, Dependency> before = new HashMap<>();
        recorded.dependencies().forEach(edge -> before.put(Slot.of(edge), edge));
        Map<String, Dependency> byAlias = new HashMap<>();
        recorded.dependencies().forEach(edge -> byAlias.putIfAbsent(edge.alias(), edge));
        List<Dependency> edges = new ArrayList<>();
        for (Dependency edge : declared.dependencies()) {
            Optional<Dependency> same = Optional.ofNullable(before.get(Slot.of(edge)));
            if (same.isPresent() && meaning.isSame(same.get(), edge)) {
                edges.add(same.get());
            } else if (edge.kind() == DependencyKind.OPTIONAL_PEER) {
                if (PlacementKey.isName(edge.alias())) {
                    edges.add(edge);
                }
            } else if (compare(recorded, edge, same, Optional.ofNullable(byAlias.get(edge.alias())), manifest)) {
                edges.add(edge);
            }
        }
        addImplied(recorded, declared, edges);
        edges.sort(LockfileAssembler.BY_ALIAS);
        return edges;
    }

    /** Keeps the optional peers that Bun 1.4 makes of {@code peerDependenciesMeta} alone. */
    private static void addImplied(Workspace recorded, Workspace declared, List<Dependency> edges) {
        Set<String> known = new HashSet<>();
        declared.dependencies().forEach(edge -> known.add(edge.alias()));
        recorded.dependencies().stream()
                .filter(edge -> edge.kind() == DependencyKind.OPTIONAL_PEER
                        && edge.literal().equals(ANY)
                        && !known.contains(edge.alias()))
                .forEach(edges::add);
    }

    /** Notes a difference, and says whether the lockfile has a package for the edge at all. */
    private boolean compare(
            Workspace workspace,
            Dependency edge,
            Optional<Dependency> same,
            Optional<Dependency> other,
            String manifest) {
        Optional<LockedPackage> target = pins.place(workspace, edge.alias()).flatMap(pins::at);
        String asked = manifest + " asks for " + Differences.shown(edge.alias(), edge.literal()) + " in "
                + Differences.group(edge);
        if (meaning.agrees(workspace, edge, same, other, target)) {
            // old versions of Bun left ranges out
            if (other.isEmpty() || !other.get().literal().isEmpty()) {
                differences.take(asked
                        + other.map(before -> ", " + differences.lockfile() + " records "
                                        + Differences.shown(before.literal()) + " in " + Differences.group(before))
                                .orElse(""));
            }
            return true;
        }
        String recorded;
        if (other.isPresent() && !meaning.isSame(other.get(), edge)) {
            recorded = ", but " + differences.lockfile() + " has "
                    + Differences.shown(other.get().alias(), other.get().literal());
        } else if (target.isPresent()) {
            recorded = ", but " + differences.lockfile() + " has "
                    + Differences.shown(target.get().id().toString()) + " in its place";
        } else {
            recorded = ", which " + differences.lockfile() + " does not have";
        }
        differences.refuse(asked + recorded);
        return target.isPresent();
    }
}
