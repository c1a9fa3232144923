package dev.ocnix.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Place;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private final SortedMap<PackageId, LockedPackage> packages = new TreeMap<>();
    private final SortedMap<PlacementKey, Placement> placements = new TreeMap<>();
    private final List<Workspace> workspaces = new ArrayList<>();

    @Test
    void anEdgeMeansTheNearestPlaceOutwards() throws OcnixException {
        root("prod a", "prod ms", "prod debug");
        npm("a", "a@1", "prod ms", "prod debug");
        npm("a/debug", "debug@2", "prod ms");
        npm("a/ms", "ms@1");
        npm("ms", "ms@2");
        npm("debug", "debug@1", "prod ms");
        Layout layout = layout();
        assertEquals(List.of("a/debug", "a/ms"), edges(layout, "a"));
        assertEquals(List.of("a/ms"), edges(layout, "a/debug"));
        assertEquals(List.of("ms"), edges(layout, "debug"));
        assertEquals(List.of("a", "debug", "ms"), keys(layout.members().get("").dependencies()));
    }

    @Test
    void scopedNamesAreOneStepOfTheWalk() throws OcnixException {
        root("prod @a/b", "prod @c/d", "prod e");
        npm("e", "e@2");
        npm("@a/b", "@a/b@1", "prod @c/d");
        npm("@a/b/@c/d", "@c/d@1", "prod e");
        npm("@a/b/@c/d/e", "e@1");
        npm("@c/d", "@c/d@2");
        assertEquals(List.of("@a/b/@c/d"), edges(layout(), "@a/b"));
        assertEquals(List.of("@a/b/@c/d/e"), edges(layout(), "@a/b/@c/d"));
    }

    @Test
    void aMembersOwnFolderComesBeforeTheTop() throws OcnixException {
        root("prod ms", "prod debug");
        npm("debug", "debug@2");
        workspaces.add(workspace("packages/web", "web", "prod ms", "dev debug", "prod top"));
        member("web", "packages/web");
        npm("web/ms", "ms@1");
        npm("ms", "ms@2");
        npm("web/debug", "debug@1", "prod ms");
        npm("top", "top@1", "prod ms");
        Layout layout = layout();
        assertEquals(
                List.of("top", "web/ms"),
                keys(layout.members().get("packages/web").dependencies()));
        assertEquals(
                List.of("web/debug"), keys(layout.members().get("packages/web").devDependencies()));
        assertEquals(List.of("top", "web/ms"), edges(layout, "web"));
        assertEquals(List.of("web/ms"), edges(layout, "web/debug"));
        assertEquals(List.of("ms"), edges(layout, "top"));
    }

    @Test
    void requiredPeersAreEdgesAndOptionalOnesNever() throws OcnixException {
        root("prod a");
        npm("a", "a@1", "peer p", "optional_peer q", "optional o", "peer gone", "optional gone2");
        npm("p", "p@1");
        npm("q", "q@1");
        npm("o", "o@1");
        assertEquals(List.of("o", "p"), edges(layout(), "a"));
    }

    @Test
    void optionalPeersThatAreLockedAreEdgesUnlessAnotherGroupHasThem() throws OcnixException {
        root("prod a", "peer p", "dev x", "dev d", "optional_peer d", "optional_peer o", "optional_peer nowhere");
        npm("a", "a@1", "optional_peer o", "optional_peer nowhere", "prod p", "optional_peer p");
        npm("x", "x@1", "prod o");
        npm("o", "o@1");
        npm("p", "p@1");
        npm("d", "d@1");
        Layout layout = layout();
        Layout.Node node = Optional.ofNullable(layout.nodes().get(key("a"))).orElseThrow();
        assertEquals(List.of("p"), keys(node.edges()));
        assertEquals(List.of("o"), keys(node.peerEdges()));
        Layout.Member root = Optional.ofNullable(layout.members().get("")).orElseThrow();
        assertEquals(List.of("a", "p"), keys(root.dependencies()));
        assertEquals(List.of("p"), keys(root.peerDependencies()));
        assertEquals(List.of("o"), keys(root.optionalPeers()));
    }

    @Test
    void everyEdgeWithoutAPlaceIsNamed() {
        root("prod nothing", "dev neither");
        npm("a", "a@1", "prod missing");
        OcnixException e = assertThrows(OcnixException.class, this::layout);
        assertEquals(3, e.problems().size());
        assertTrue(
                e.problems().stream().anyMatch(problem -> problem.contains("missing") && problem.contains("a@1 at a")),
                e::getMessage);
    }

    @Test
    void bundledPlacesKeepTheirEdges() throws OcnixException {
        root("prod a", "prod c");
        npm("a", "a@1", "prod b");
        npm("a/b", "b@1", "prod c");
        npm("c", "c@1");
        placements.compute(key("a/b"), (key, placement) -> new Placement(key, placement.id(), true));
        Layout layout = layout();
        assertTrue(layout.nodes().get(key("a/b")).bundled());
        assertEquals(List.of("c"), edges(layout, "a/b"));
    }

    @Test
    void aDeepTreeWithHopelessLookupsIsQuick() {
        root();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            names.add("n" + i);
            npm(String.join("/", names), "n" + i + "@1", "optional nowhere" + i, "optional missing");
        }
        Assertions.assertTimeout(Duration.ofSeconds(5), this::layout);
    }

    @Test
    void whatMultipliesWithoutEndStaysWhereTheLockfileHasIt() {
        // twice as many copies on each level of what w brings, which the places below y do not show
        List<String> all = new ArrayList<>(List.of("prod w", "prod y"));
        for (int level = 0; level < 30; level++) {
            for (String half : List.of("a", "b")) {
                String name = half + level;
                all.add("prod " + name);
                npm(name, name + "@1");
                String[] next =
                        level == 29 ? new String[0] : new String[] {"prod a" + (level + 1), "prod b" + (level + 1)};
                npm("y/" + name, name + "@2", next);
            }
        }
        root(all.toArray(String[]::new));
        npm("y", "y@1", all.stream().skip(2).toArray(String[]::new));
        npm("w", "w@1", "prod a0");
        npm("w/a0", "a0@2", "prod a1", "prod b1");
        Layout layout = Assertions.assertTimeout(Duration.ofSeconds(5), this::layout);
        assertEquals(placements.keySet(), layout.nodes().keySet());
    }

    private Layout layout() throws OcnixException {
        return Layout.of(new Lockfile(
                LockfileKind.TEXT,
                1,
                OptionalInt.empty(),
                workspaces,
                packages,
                placements,
                Optional.empty(),
                Collections.emptySortedMap(),
                List.of(),
                Collections.emptySortedMap(),
                List.of()));
    }

    private void root(String... dependencies) {
        workspaces.add(workspace("", "root", dependencies));
    }

    private static Workspace workspace(String path, String name, String... dependencies) {
        return new Workspace(path, Optional.of(name), Optional.empty(), Bin.none(), dependencies(dependencies));
    }

    private void member(String name, String path) {
        add(name, new PackageId(name, "workspace:" + path), new Resolution.Workspace(path));
    }

    private void npm(String key, String id, String... dependencies) {
        int at = id.lastIndexOf('@');
        PackageId packageId = new PackageId(id.substring(0, at), id.substring(at + 1));
        add(key, packageId, new Resolution.Npm(packageId.resolution(), Optional.empty()), dependencies);
    }

    private void add(String key, PackageId id, Resolution resolution, String... dependencies) {
        packages.put(
                id,
                new LockedPackage(
                        id,
                        resolution,
                        Optional.empty(),
                        Constraint.unrestricted(),
                        Constraint.unrestricted(),
                        Constraint.unspecified(),
                        Bin.none(),
                        dependencies(dependencies),
                        Optional.empty(),
                        Place.of("bun.lock, line 1")));
        placements.put(key(key), new Placement(key(key), id, false));
    }

    private static List<Dependency> dependencies(String... dependencies) {
        return Arrays.stream(dependencies)
                .map(text -> text.split(" "))
                .map(parts -> new Dependency(parts[1], "*", DependencyKind.valueOf(parts[0].toUpperCase(Locale.ROOT))))
                .toList();
    }

    private static PlacementKey key(String key) {
        return PlacementKey.parse(key).orElseThrow();
    }

    private static List<String> edges(Layout layout, String key) {
        return keys(layout.nodes().get(key(key)).edges());
    }

    private static List<String> keys(List<PlacementKey> keys) {
        return keys.stream().map(PlacementKey::toString).toList();
    }
}
