package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.Ancestors.Role;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The nodes that there are for uses of packages, so that one is made for all uses that come out the same. */
final class Uses {
    private final Map<Context, Node> known = new HashMap<>();
    private final Map<Likeness, Node> alike = new HashMap<>();
    private final Questions questions;
    private final boolean isExact;
    /** Packages whose uses differ by what is given to them, whatever it means, as some get a peer that others are refused. */
    private final BitSet told = new BitSet();

    /**
     * A package with what those above it give for the peers that it and those below ask for.
     *
     * @param given packages, or {@link Questions#NOBODY}
     */
    record Context(int vertex, int[] given) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Context context && vertex == context.vertex && Arrays.equals(given, context.given);
        }

        @Override
        public int hashCode() {
            return 31 * vertex + Arrays.hashCode(given);
        }
    }

    /**
     * One use.
     *
     * @param meaning the context with what is the same to the package in place of what is given
     * @param isShared whether Bun shares it
     * @param within the parent if the package can be above it, too
     */
    record Use(Role role, Context context, Context meaning, boolean isShared, Optional<Node> within) {}

    /** @param isSame whether the context is just that, or one that means the same */
    private record Likeness(Role role, Context context, boolean isSame, Optional<Node> within) {
        static Likeness same(Use use) {
            return new Likeness(use.role(), use.context(), true, use.within());
        }

        static Likeness meaning(Use use) {
            return new Likeness(use.role(), use.meaning(), false, use.within());
        }
    }

    /** @param isExact whether uses that Bun tells apart are told apart where that changes the tree */
    Uses(Questions questions, boolean isExact) {
        this.questions = questions;
        this.isExact = isExact;
    }

    /** The node that Bun has for a use. */
    Optional<Node> known(Use use) {
        return Optional.of(use)
                .filter(Use::isShared)
                .map(shared -> known.get(shared.context()))
                .filter(node ->
                        node.edge().map(Role::of).filter(use.role()::equals).isPresent());
    }

    /** A node that has the same subtree. */
    Optional<Node> alike(Use use) {
        boolean isTold = isExact && told.get(use.context().vertex());
        return Optional.ofNullable(alike.get(isTold ? Likeness.same(use) : Likeness.meaning(use)));
    }

    void add(Use use, Node node) {
        if (use.isShared()) {
            known.putIfAbsent(use.context(), node);
        }
        alike.put(Likeness.same(use), node);
        alike.put(Likeness.meaning(use), node);
    }

    /** Tells apart the uses of a package, and of all that can be above it, by all that is given to them. */
    void tell(int vertex) {
        questions.tell(told, vertex);
    }
}
