package dev.ocnix.model;

import dev.ocnix.hash.Sri;
import java.util.List;
import java.util.Optional;

/**
 * The packages and edges of a lockfile as Bun numbers them when it has read the file: in order, nothing merged, each edge
 * with the package chosen for it. A binary lockfile is such a listing; of a text one it is what the keys say.
 *
 * @param hash the 32 bytes, in hexadecimal, that a binary lockfile has about its packages; absent from text lockfiles
 * @param rows the root first; none if the lockfile is void
 * @param edges of all rows; may hold some that belong to no row
 */
public record Listing(LockfileKind kind, Optional<String> hash, List<Row> rows, List<Edge> edges) {
    public Listing {
        rows = List.copyOf(rows);
        edges = List.copyOf(edges);
    }

    /** What a text lockfile without packages lists: nothing, not even the root. */
    public static Listing empty() {
        return new Listing(LockfileKind.TEXT, Optional.empty(), List.of(), List.of());
    }

    /** The edges of a row, in the file's order. */
    public List<Edge> edges(Row row) {
        return edges.subList(row.firstEdge(), row.firstEdge() + row.edgeCount());
    }

    /**
     * One package.
     *
     * @param id the root's has the name of the project, possibly empty
     * @param resolution empty if the package was never resolved
     * @param url the tarball of an npm package, or the git repository, as recorded; absent where the file leaves a tarball
     *     to the registry, and for anything else
     * @param requested the branch, tag or commit of a git repository that was asked for; empty for anything else
     * @param hasOddIntegrity whether an integrity of an unknown algorithm is recorded, which is none
     * @param firstEdge index of the first of its edges
     */
    public record Row(
            PackageId id,
            Optional<Resolution> resolution,
            Optional<String> url,
            String requested,
            Optional<Sri> integrity,
            boolean hasOddIntegrity,
            int firstEdge,
            int edgeCount) {}

    /**
     * One edge.
     *
     * @param kind as recorded; in a text lockfile only known of edges to members, which are that whatever their range says
     * @param behavior the groups of package.json that it comes from, as the bits below
     * @param target the row of the package chosen for it, or {@link #UNRESOLVED}
     */
    public record Edge(String alias, String literal, Optional<RangeKind> kind, int behavior, int target) {
        public static final int UNRESOLVED = -1;

        public static final int PROD = 0x02;
        public static final int OPTIONAL = 0x04;
        public static final int DEV = 0x08;
        public static final int PEER = 0x10;
        /** The link from the root to a member; before Bun 1.2 also set on other edges of members. */
        public static final int WORKSPACE = 0x20;
        /** The target's files come inside the package's own tarball. */
        public static final int BUNDLED = 0x40;
    }
}
