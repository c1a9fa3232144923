package dev.ocnix.layout.isolated;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The peers that a node's subtree takes from above it: one package for each real name, in the names' order. */
final class Peers {
    private final TreeMap<String, Peer> byName = new TreeMap<>((Comparator<String>) GraphBuilder::compareBytes);

    /**
     * One of them.
     *
     * @param alias as the dependency calls it
     * @param isAuto whether nobody above declares it, so that Bun added it by itself
     */
    record Peer(int vertex, String alias, boolean isAuto) {}

    /** Of two packages with one name the first stays. */
    void add(String name, Peer peer) {
        byName.putIfAbsent(name, peer);
    }

    Optional<Peer> called(String alias) {
        return byName.values().stream()
                .filter(peer -> peer.alias().equals(alias))
                .findFirst();
    }

    Collection<Peer> all() {
        return byName.values();
    }

    List<Integer> vertices() {
        return byName.values().stream().map(Peer::vertex).toList();
    }
}
