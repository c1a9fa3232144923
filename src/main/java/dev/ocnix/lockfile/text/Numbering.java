package dev.ocnix.lockfile.text;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.Listing;
import dev.ocnix.model.Listing.Edge;
import dev.ocnix.model.Listing.Row;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.RangeKind;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.ScpAddress;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers packages and edges as Bun does when it reads a text lockfile (src/install/lockfile/bun.lock.zig): the root, the
 * members, then each package where it stands first. Of several places of a package the last one tells what its edges mean.
 */
final class Numbering {
    /** Links to members first, then by group and name. */
    private static final Comparator<Edge> ORDER =
            Comparator.comparingInt((Edge edge) -> group(edge.behavior())).thenComparing(Edge::alias);

    private final int version;
    private final Set<PlacementKey> bundled;
    private final List<Row> rows = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<PackageId, Integer> numbers = new HashMap<>();
    private final Map<PlacementKey, Integer> places = new LinkedHashMap<>();

    /**
     * An entry of {@code packages}.
     *
     * @param url the second element of an npm package, if it is not empty
     * @param tag Bun's tag of a commit, or empty
     */
    record Entry(PlacementKey key, LockedPackage locked, Optional<String> url, String tag) {}

    private Numbering(int version, Set<PlacementKey> bundled) {
        this.version = version;
        this.bundled = bundled;
    }

    /**
     * The listing of a text lockfile.
     *
     * @param entries of {@code packages}, in the file's order; absent if the file has no such key
     */
    static Listing of(Lockfile lockfile, Optional<List<Entry>> entries) {
        int version = lockfile.version();
        List<Workspace> workspaces = lockfile.workspaces();
        if (entries.isEmpty() && (version == 0 || workspaces.size() == 1)) {
            return Listing.empty();
        }
        Numbering numbering = new Numbering(version, bundled(lockfile));
        numbering.projects(workspaces);
        if (entries.isPresent()) {
            entries.get().forEach(numbering::entry);
            numbering.bind(entries.get());
        }
        return new Listing(LockfileKind.TEXT, Optional.empty(), numbering.rows, numbering.edges);
    }

    /** The places whose files come inside of another package's tarball. */
    private static Set<PlacementKey> bundled(Lockfile lockfile) {
        Set<PlacementKey> keys = new HashSet<>();
        for (Placement placement : lockfile.placements().values()) {
            if (placement.bundled()) {
                keys.add(placement.key());
            }
        }
        return keys;
    }

    private void projects(List<Workspace> workspaces) {
        List<Workspace> members = new ArrayList<>(workspaces);
        members.removeIf(Workspace::isRoot);
        Workspace root =
                workspaces.stream().filter(Workspace::isRoot).findFirst().orElseThrow();
        List<Edge> ofRoot = edges(root.dependencies(), Optional.empty());
        for (Workspace member : members) {
            ofRoot.add(new Edge(name(member), "", Optional.of(RangeKind.WORKSPACE), Edge.WORKSPACE, Edge.UNRESOLVED));
        }
        row(new PackageId(name(root), "root:"), new Resolution.Root(), ofRoot);
        if (version > 0) {
            for (Workspace member : members) {
                PackageId id = new PackageId(name(member), "workspace:" + member.path());
                numbers.put(id, rows.size());
                places.put(PlacementKey.top(id.name()), rows.size());
                row(id, new Resolution.Workspace(member.path()), edges(member.dependencies(), Optional.empty()));
            }
        }
    }

    private static String name(Workspace workspace) {
        return workspace.name().orElse("");
    }

    private void entry(Entry entry) {
        PackageId same = same(entry);
        Integer known = numbers.get(same);
        if (known == null) {
            numbers.put(same, rows.size());
            places.put(entry.key(), rows.size());
            row(entry);
        } else {
            places.put(entry.key(), known);
        }
    }

    /** Bun takes versions for the same that differ only in their builds, and commits that have the same tag. */
    private static PackageId same(Entry entry) {
        PackageId id = entry.locked().id();
        if (entry.locked().resolution() instanceof Resolution.Npm) {
            int plus = id.resolution().indexOf('+');
            return plus < 0 ? id : new PackageId(id.name(), id.resolution().substring(0, plus));
        }
        return entry.tag().isEmpty() ? id : new PackageId(id.name(), source(id) + "##" + entry.tag());
    }

    private void bind(List<Entry> entries) {
        EdgeBinding binding = new EdgeBinding(version, rows, edges, places);
        binding.projects();
        entries.forEach(entry -> binding.entry(entry.key()));
    }

    private void row(PackageId id, Resolution resolution, List<Edge> own) {
        add(
                new Row(
                        id,
                        Optional.of(resolution),
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        false,
                        edges.size(),
                        own.size()),
                own);
    }

    private void row(Entry entry) {
        LockedPackage locked = entry.locked();
        Resolution resolution = locked.resolution();
        List<Edge> own = resolution instanceof Resolution.Root
                ? new ArrayList<>()
                : edges(locked.dependencies(), Optional.of(entry.key()));
        PackageId id = locked.id();
        Optional<String> url = entry.url();
        String requested = "";
        if (resolution instanceof Resolution.GitHub hub) {
            requested = hub.committish();
            id = new PackageId(id.name(), source(id) + commit(entry.tag(), requested));
        } else if (resolution instanceof Resolution.Git git) {
            requested = git.commit();
            String source = source(id);
            String repository = source.startsWith("git+") ? source.substring("git+".length()) : source;
            url = Optional.of(repository);
            String ssh = ScpAddress.matches(repository) ? "ssh://" : "";
            id = new PackageId(id.name(), "git+" + ssh + repository + commit(entry.tag(), requested));
        }
        add(
                new Row(
                        id,
                        Optional.of(resolution),
                        url,
                        requested,
                        locked.integrity(),
                        false,
                        edges.size(),
                        own.size()),
                own);
    }

    /** The resolution without the commit. */
    private static String source(PackageId id) {
        int hash = id.resolution().lastIndexOf('#');
        return hash < 0 ? id.resolution() : id.resolution().substring(0, hash);
    }

    /** Bun goes by its own tag of the commit, if there is one. */
    private static String commit(String tag, String requested) {
        String commit = tag.isEmpty() ? requested : tag.substring(tag.lastIndexOf('-') + 1);
        return tag.isEmpty() && requested.isEmpty() ? "" : "#" + commit;
    }

    private void add(Row row, List<Edge> own) {
        rows.add(row);
        own.sort(ORDER);
        edges.addAll(own);
    }

    private List<Edge> edges(List<Dependency> dependencies, Optional<PlacementKey> from) {
        List<Edge> own = new ArrayList<>(dependencies.size());
        for (Dependency dependency : dependencies) {
            boolean inside = !bundled.isEmpty()
                    && from.isPresent()
                    && bundled.contains(from.get().child(dependency.alias()));
            own.add(new Edge(
                    dependency.alias(),
                    dependency.literal(),
                    Optional.empty(),
                    behavior(dependency) | (inside ? Edge.BUNDLED : 0),
                    Edge.UNRESOLVED));
        }
        return own;
    }

    private static int behavior(Dependency dependency) {
        return switch (dependency.kind()) {
            case PROD -> Edge.PROD;
            case DEV -> Edge.DEV;
            case OPTIONAL -> Edge.OPTIONAL;
            case PEER -> Edge.PEER;
            case OPTIONAL_PEER -> Edge.PEER | Edge.OPTIONAL;
        };
    }

    private static int group(int behavior) {
        int[] groups = {Edge.WORKSPACE, Edge.DEV, Edge.PEER, Edge.OPTIONAL};
        int[] ranks = {0, 1, 4, 2};
        for (int i = 0; i < groups.length; i++) {
            if ((behavior & groups[i]) != 0) {
                return ranks[i];
            }
        }
        return 3;
    }
}
