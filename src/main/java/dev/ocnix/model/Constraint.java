package dev.ocnix.model;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The platforms, along one {@link PlatformAxis}, on which a package is installed. */
public sealed interface Constraint {
    /** Installed everywhere. */
    record Unrestricted() implements Constraint {
        private static final Constraint INSTANCE = new Unrestricted();
    }

    /** The lockfile cannot say: {@code libc} before Bun 1.4. */
    record Unspecified() implements Constraint {
        private static final Constraint INSTANCE = new Unspecified();
    }

    /**
     * Installed only where the platform's name is in the set; negated lists arrive here expanded over Bun's names. An empty
     * set stands for {@code "none"}: the package names only platforms that Bun does not know.
     */
    record Only(SortedSet<String> names) implements Constraint {
        public Only {
            names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
        }
    }

    static Constraint unrestricted() {
        return Unrestricted.INSTANCE;
    }

    static Constraint unspecified() {
        return Unspecified.INSTANCE;
    }

    static Constraint only(Collection<String> names) {
        return new Only(new TreeSet<>(names));
    }
}
