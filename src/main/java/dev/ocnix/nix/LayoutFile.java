package dev.ocnix.nix;

import dev.ocnix.layout.Layout;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code layout.nix}: places, edges and workspaces. */
final class LayoutFile {
    private static final String COMMENT = "# Written by ocnix: where each package stands, and what it needs.\n";

    private LayoutFile() {}

    static FileContent of(Lockfile lockfile, Layout layout) throws OcnixException {
        SortedMap<String, NixExpr> placements = new TreeMap<>();
        for (Map.Entry<PlacementKey, Layout.Node> node : layout.nodes().entrySet()) {
            Optional<Resolution> resolution = Optional.ofNullable(
                            lockfile.packages().get(node.getValue().id()))
                    .map(LockedPackage::resolution);
            placements.put(node.getKey().toString(), place(node.getValue(), resolution));
        }
        SortedMap<String, NixExpr> workspaces = new TreeMap<>();
        for (Map.Entry<String, Layout.Member> member : layout.members().entrySet()) {
            String path = SafePath.inSource(member.getKey(), "the workspaces");
            workspaces.put(path, workspace(member.getValue()));
        }
        NixExpr file = attrs("placements", new NixExpr.Attrs(placements), "workspaces", new NixExpr.Attrs(workspaces));
        return FileContent.of(COMMENT + NixPrinter.print(file) + "\n");
    }

    private static NixExpr place(Layout.Node node, Optional<Resolution> resolution) {
        SortedMap<String, NixExpr> entry = new TreeMap<>();
        if (resolution.orElse(null) instanceof Resolution.Workspace workspace) {
            entry.put("workspace", NixExpr.text(workspace.path()));
        } else if (resolution.orElse(null) instanceof Resolution.Root) {
            entry.put("workspace", NixExpr.text(""));
        } else {
            entry.put("id", NixExpr.text(node.id().toString()));
        }
        if (node.bundled()) {
            entry.put("bundled", new NixExpr.Bool(true));
        }
        entry.put("edges", keys(node.edges()));
        putSome(entry, "optionalEdges", node.optionalEdges());
        putSome(entry, "peerEdges", node.peerEdges());
        putSome(entry, "devEdges", node.devEdges());
        return new NixExpr.Attrs(entry);
    }

    private static NixExpr workspace(Layout.Member member) {
        SortedMap<String, NixExpr> entry = new TreeMap<>();
        member.name().ifPresent(name -> entry.put("name", NixExpr.text(name)));
        member.version().ifPresent(version -> entry.put("version", NixExpr.text(version)));
        DependenciesFile.bin(member.bin(), entry);
        entry.put("dependencies", keys(member.dependencies()));
        putSome(entry, "optionalDependencies", member.optionalDependencies());
        putSome(entry, "peerDependencies", member.peerDependencies());
        putSome(entry, "optionalPeers", member.optionalPeers());
        entry.put("devDependencies", keys(member.devDependencies()));
        return new NixExpr.Attrs(entry);
    }

    private static void putSome(SortedMap<String, NixExpr> entry, String name, List<PlacementKey> keys) {
        if (!keys.isEmpty()) {
            entry.put(name, keys(keys));
        }
    }

    private static NixExpr keys(List<PlacementKey> keys) {
        return NixExpr.texts(keys.stream().map(PlacementKey::toString).toList());
    }

    private static NixExpr attrs(String first, NixExpr one, String second, NixExpr two) {
        return new NixExpr.Attrs(new TreeMap<>(Map.of(first, one, second, two)));
    }
}
