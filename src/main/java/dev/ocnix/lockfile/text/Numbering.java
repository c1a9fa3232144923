package dev.ocnix.lockfile.text;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.Listing;
import dev.ocnix.model.Listing.Edge;
import dev.ocnix.model.Listing.Row;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.RangeKind;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.ScpAddress;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
     * @param bundled the places whose files come inside of another package's tarball
     */
    static Listing of(
            int version, List<Workspace> workspaces, Optional<List<Entry>> entries, Set<PlacementKey> bundled) {
        if (entries.isEmpty() && (version == 0 || workspaces.size() == 1)) {
            return Listing.empty();
        }
        Numbering numbering = new Numbering(version, bundled);
        numbering.projects(workspaces);
        if (entries.isPresent()) {
            entries.get().forEach(numbering::entry);
            numbering.bind(entries.get());
        }
        return new Listing(Optional.empty(), numbering.rows, numbering.edges);
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
        LockedPackage locked = entry.locked();
        PackageId same = withoutBuild(locked);
        Integer known = numbers.get(same);
        if (known == null) {
            numbers.put(same, rows.size());
            places.put(entry.key(), rows.size());
            row(entry);
        } else {
            places.put(entry.key(), known);
        }
    }

    /** Bun takes versions for the same that differ only in their builds. */
    private static PackageId withoutBuild(LockedPackage locked) {
        PackageId id = locked.id();
        int plus =
                locked.resolution() instanceof Resolution.Npm ? id.resolution().indexOf('+') : -1;
        return plus < 0 ? id : new PackageId(id.name(), id.resolution().substring(0, plus));
    }

    private void bind(List<Entry> entries) {
        EdgeBinding binding = new EdgeBinding(version, rows, edges, places);
        binding.projects();
        entries.forEach(entry -> binding.entry(entry.key()));
    }

    private void row(PackageId id, Resolution resolution, List<Edge> own) {
        add(
                new Row(id, Optional.of(resolution), Optional.empty(), "", Optional.empty(), edges.size(), own.size()),
                own);
    }

    private void row(Entry entry) {
        LockedPackage locked = entry.locked();
        List<Edge> own = edges(locked.dependencies(), Optional.of(entry.key()));
        String requested = requested(locked.resolution());
        PackageId id = new PackageId(
                locked.id().name(),
                resolution(locked.id().resolution(), locked.resolution(), commit(entry.tag(), requested)));
        add(
                new Row(
                        id,
                        Optional.of(locked.resolution()),
                        entry.url(),
                        requested,
                        locked.integrity(),
                        edges.size(),
                        own.size()),
                own);
    }

    private void add(Row row, List<Edge> own) {
        rows.add(row);
        own.sort(ORDER);
        edges.addAll(own);
    }

    private static String requested(Resolution resolution) {
        if (resolution instanceof Resolution.GitHub hub) {
            return hub.committish();
        }
        return resolution instanceof Resolution.Git git ? git.commit() : "";
    }

    private static String commit(String tag, String requested) {
        return tag.isEmpty() ? requested : tag.substring(tag.lastIndexOf('-') + 1);
    }

    /** The text that Bun prints, which goes by its tag of the commit. */
    private static String resolution(String text, Resolution resolution, String commit) {
        String suffix = commit.isEmpty() ? "" : "#" + commit;
        int hash = text.lastIndexOf('#');
        String source = hash < 0 ? text : text.substring(0, hash);
        if (resolution instanceof Resolution.GitHub) {
            return source + suffix;
        }
        if (resolution instanceof Resolution.Git) {
            String url = source.startsWith("git+") ? source.substring("git+".length()) : source;
            return "git+" + (ScpAddress.matches(url) ? "ssh://" : "") + url + suffix;
        }
        return text;
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
