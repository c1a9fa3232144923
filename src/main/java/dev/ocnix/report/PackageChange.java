package dev.ocnix.report;

import java.util.Locale;
import java.util.Optional;

/**
 * One package that is not the same in two snapshots.
 *
 * @param name the package's real name, without its version
 * @param from its resolution before, what follows {@code name@}; empty if it is added
 * @param to its resolution after; empty if it is removed
 * @param detail what is different where the resolutions do not show it, such as two hashes or two URLs; else empty
 */
public record PackageChange(Kind kind, String name, Optional<String> from, Optional<String> to, String detail) {
    /** What became of it; in the order in which they are listed. */
    public enum Kind {
        ADDED,
        REMOVED,
        UPGRADED,
        DOWNGRADED,
        /** It comes from elsewhere: another registry, URL, repository or kind of source. */
        MOVED,
        /** Another content or another commit from the same place. */
        CHANGED;

        /** The term in files, such as {@code upgraded}. */
        public String term() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The line that people read, such as {@code upgraded  left-pad  1.2.0 -> 1.3.0}, without columns. */
    public String sentence() {
        String versions = from.isPresent() && to.isPresent()
                ? from.equals(to) ? " " + to.get() : " " + from.get() + " -> " + to.get()
                : " " + from.or(() -> to).orElse("");
        return kind.term() + " " + name + versions + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
