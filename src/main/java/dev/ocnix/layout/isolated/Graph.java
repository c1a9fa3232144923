package dev.ocnix.layout.isolated;

import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The packages that one variant can install, and the edges between them. The root is number 0, the members follow.
 *
 * @param edges of each package, in Bun's order
 * @param peers of each package the names of its peers, with those that nothing is chosen for
 */
record Graph(List<Vertex> vertices, List<List<Edge>> edges, List<Set<String>> peers) {
    static final int ROOT = 0;

    /**
     * A package.
     *
     * @param member the path of a member, empty for the root; absent from other packages
     * @param locked absent for the root and members
     */
    record Vertex(PackageId id, Optional<String> member, Optional<LockedPackage> locked) {
        boolean isRoot() {
            return member.filter(String::isEmpty).isPresent();
        }

        boolean isMember() {
            return member.filter(path -> !path.isEmpty()).isPresent();
        }
    }

    /** The groups of edges, in Bun's order. */
    enum Group {
        WORKSPACE,
        DEV,
        OPTIONAL,
        PROD,
        PEER
    }

    /**
     * A dependency with the package that is chosen for it.
     *
     * @param literal the range as it is written
     * @param isOptional of a peer, whether it may be absent
     * @param isNested whether the lockfile has what it means in the package's own folder
     * @param isBundled whether it comes inside the package's own tarball
     * @param target number of a package, or {@link #OPEN}
     */
    record Edge(
            String alias,
            Group group,
            String literal,
            boolean isOptional,
            boolean isNested,
            boolean isBundled,
            int target) {
        /** The target where nothing is chosen, as for an optional peer that nobody has. */
        static final int OPEN = -1;

        boolean isOpen() {
            return target == OPEN;
        }

        Edge to(int other) {
            return new Edge(alias, group, literal, isOptional, isNested, isBundled, other);
        }

        Edge inside() {
            return new Edge(alias, group, literal, isOptional, isNested, true, target);
        }

        boolean isPeer() {
            return group == Group.PEER;
        }

        /** From the root to a member, as no package.json says it. */
        boolean isImplicit() {
            return group == Group.WORKSPACE;
        }
    }
}
