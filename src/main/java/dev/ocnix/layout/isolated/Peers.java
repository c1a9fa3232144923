package dev.ocnix.layout.isolated;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The peers that a node's subtree takes from above it: one package for each real name, in the names' order. */
final class Peers {
    private final List<Peer> first = new ArrayList<>(0);
    private final Set<Peer> others = new LinkedHashSet<>(0);

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
        return !first.get(at).equals(peer) && others.add(peer);
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

    /** Those that count. */
    List<Peer> all() {
        return List.copyOf(first);
    }

    /** Those that came too late for their real name. */
    List<Peer> late() {
        return List.copyOf(others);
    }

    /** Whether some came too late, so that the order in which peers are passed on tells. */
    boolean areSomeLate() {
        return !others.isEmpty();
    }

    List<Integer> vertices() {
        return first.stream().map(Peer::vertex).toList();
    }
}
