package dev.ocnix.nix;

import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.SourcePin;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where the generated tree finds the project. */
public sealed interface TreeSource {
    /**
     * A pinned revision. Of a {@code file:} repository only the commit is written, and users of the tree pass {@code src}.
     */
    record Pinned(SourcePin pin) implements TreeSource {
        boolean isPrivateToMachine() {
            return pin.identity() instanceof SourceIdentity.Git git && git.isPrivateToMachine();
        }
    }

    /**
     * A folder beside the tree, without a hash.
     *
     * @param path from the tree's folder to the project's, with {@code /}, such as {@code ..}
     * @param excluded paths in the project, with {@code /}, that are no part of the source: the tree itself, build output
     */
    record Local(String path, SortedSet<String> excluded) implements TreeSource {
        public Local {
            excluded = Collections.unmodifiableSortedSet(new TreeSet<>(excluded));
        }
    }
}
