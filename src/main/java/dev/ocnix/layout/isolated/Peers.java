package dev.ocnix.layout.isolated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The peers that a node's subtree takes from above it: one package for each real name, in the names' order. */
final class Peers {
    private final List<Peer> first = new ArrayList<>(0);
    private final List<Peer> others = new ArrayList<>(0);

    /**
     * One of them.
     *
     * @param rank of the package's real name
     * @param alias the number of the name that the dependency calls it
     * @param isAuto whether nobody above declares it, so that Bun added it by itself
     */
    record Peer(int rank, int vertex, int alias, boolean isAuto) {}

    /** Of two packages with one real name the first counts. Returns whether the peer is new. */
    boolean add(Peer peer) {
        int at = place(peer.rank());
        if (at == first.size() || first.get(at).rank() != peer.rank()) {
            first.add(at, peer);
            return true;
        }
        if (first.get(at).equals(peer) || others.contains(peer)) {
            return false;
        }
        others.add(peer);
        return true;
    }

    /** The first place that is not before a name. */
    private int place(int rank) {
        int low = 0;
        int high = first.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (first.get(middle).rank() < rank) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    Optional<Peer> called(int alias) {
        for (Peer peer : first) {
            if (peer.alias() == alias) {
                return Optional.of(peer);
            }
        }
        return Optional.empty();
    }

    /** Those that count. */
    List<Peer> all() {
        return List.copyOf(first);
    }

    /** Those that came too late for their real name. */
    List<Peer> late() {
        return List.copyOf(others);
    }

    List<Integer> vertices() {
        return first.stream().map(Peer::vertex).toList();
    }
}
