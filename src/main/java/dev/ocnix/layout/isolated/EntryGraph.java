package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Graph.Edge;
import dev.ocnix.layout.isolated.Graph.Vertex;
import dev.ocnix.layout.isolated.IsolatedLayout.Entry;
import dev.ocnix.layout.isolated.IsolatedLayout.Link;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Resolution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The second pass of Bun's isolated linker: nodes of one package with the same peers become one entry. */
final class EntryGraph {
    private static final int LONGEST_NAME = 255;

    private final Graph graph;
    private final EntryNames names;
    private final Map<Identity, Folder> folders = new HashMap<>();
    private final Map<Node, Folder> ofNodes = new HashMap<>();
    private final Map<String, Identity> taken = new TreeMap<>();
    private final SortedMap<String, Folder> members = new TreeMap<>();
    private final Deque<Folder> queue = new ArrayDeque<>();

    private record Identity(int vertex, List<Integer> peers) {}

    /** An entry or a member while its links are found. */
    private static final class Folder {
        private final Node node;
        private final String name;
        private final List<Link> links = new ArrayList<>();
        private final Set<String> aliases = new HashSet<>();

        Folder(Node node, String name) {
            this.node = node;
            this.name = name;
        }

        void link(String alias, String target, boolean isMember) {
            if (aliases.add(alias)) {
                links.add(new Link(alias, target, isMember));
            }
        }
    }

    EntryGraph(Graph graph, BunRules rules) {
        this.graph = graph;
        this.names = new EntryNames(rules);
    }

    /** Walks the nodes breadth first. */
    void walk(Node root) throws OcnixException {
        member("", root);
        while (!queue.isEmpty()) {
            Folder folder = queue.remove();
            for (Node.Child child : folder.node.children()) {
                follow(folder, child.edge(), child.node());
            }
        }
    }

    private void follow(Folder from, Edge edge, Node node) throws OcnixException {
        Vertex vertex = graph.vertices().get(node.vertex());
        if (vertex.member().isPresent()) {
            String path = vertex.member().get();
            if (edge.isImplicit()) {
                member(path, node);
            } else {
                from.link(edge.alias(), path, true);
            }
            return;
        }
        Folder known = ofNodes.get(node);
        if (known == null) {
            known = folder(node, vertex.locked().orElseThrow());
            ofNodes.put(node, known);
        }
        from.link(edge.alias(), known.name, false);
    }

    private Folder folder(Node node, LockedPackage locked) throws OcnixException {
        Identity identity = new Identity(node.vertex(), node.peers().vertices());
        Folder known = folders.get(identity);
        if (known == null) {
            known = new Folder(node, name(locked, identity));
            folders.put(identity, known);
            queue.add(known);
        }
        return known;
    }

    private void member(String path, Node node) {
        Folder folder = new Folder(node, path);
        if (members.putIfAbsent(path, folder) == null) {
            queue.add(folder);
        }
    }

    private String name(LockedPackage locked, Identity identity) throws OcnixException {
        String name = names.of(
                locked, identity.peers().stream().map(graph.vertices()::get).toList());
        Identity other = taken.putIfAbsent(name, identity);
        if (other != null && !other.equals(identity)) {
            throw OcnixException.input("The packages " + locked.id() + " and "
                    + graph.vertices().get(other.vertex()).id() + " would both be node_modules/.bun/" + name
                    + "; set ocnix.linker to hoisted.");
        }
        if (name.length() > LONGEST_NAME) {
            throw OcnixException.input("The package " + locked.id()
                    + " would have a folder in node_modules/.bun whose name is longer than " + LONGEST_NAME
                    + " characters; set ocnix.linker to hoisted.");
        }
        return name;
    }

    SortedMap<String, Entry> entries() {
        SortedMap<String, Entry> entries = new TreeMap<>();
        for (Folder folder : folders.values()) {
            LockedPackage locked =
                    graph.vertices().get(folder.node.vertex()).locked().orElseThrow();
            boolean isCopied =
                    locked.resolution() instanceof Resolution.Folder || locked.resolution() instanceof Resolution.Link;
            entries.put(folder.name, new Entry(locked.id(), !isCopied, folder.links));
        }
        return entries;
    }

    SortedMap<String, List<Link>> members() {
        SortedMap<String, List<Link>> links = new TreeMap<>();
        members.forEach((path, folder) -> links.put(path, folder.links));
        return links;
    }
}
