package dev.ocnix.nix;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How Bun reads the {@code bin} of a package: which commands it links, and to what; seen of Bun 1.4.5. */
public final class BinNames {
    private BinNames() {}

    /**
     * The command that a key means: what follows its last slash, backslash or colon.
     *
     * @return empty if that is no file name
     */
    public static Optional<String> command(String key) {
        String last = key.replaceAll("(?s)^.*[/\\\\:]", "");
        boolean usable = !last.isEmpty()
                && !last.equals(".")
                && !last.equals("..")
                // stands for all files of a folder where the builder links commands
                && !last.equals("*")
                && last.chars().noneMatch(BinNames::isControl);
        return usable ? Optional.of(last) : Optional.empty();
    }

    /**
     * The file or folder that a path of a {@code bin} means, relative to the package, without {@code .} and {@code ..}, and
     * without a slash at its end.
     *
     * @return empty if it is absolute, climbs out of the package (even if it comes back), is the package itself, or holds a
     *     backslash or a control character
     */
    public static Optional<String> target(String path) {
        if (path.startsWith("/") || path.indexOf('\\') >= 0 || path.chars().anyMatch(BinNames::isControl)) {
            return Optional.empty();
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                if (segments.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return segments.isEmpty() ? Optional.empty() : Optional.of(String.join("/", segments));
    }

    private static boolean isControl(int c) {
        return c < ' ' || c == 0x7f;
    }
}
