package dev.ocnix.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A place in node_modules: installed names from the root downwards, written with {@code /} as the keys of bun.lock are. A
 * first name that is a workspace member stands for the member's own folder.
 */
public record PlacementKey(List<String> names) implements Comparable<PlacementKey> {
    /** More levels than Bun itself can write (its paths end at 4096 bytes). */
    public static final int MAX_DEPTH = 512;

    private static final int MAX_NAME_LENGTH = 255;

    /** Folders for links to programs, for an isolated store, for a mark; and the folder that all of them are in. */
    private static final Set<String> KEPT = Set.of(".bin", ".bun", ".ocnix", "node_modules");

    public PlacementKey {
        names = List.copyOf(names);
    }

    /**
     * Reads a key of bun.lock.
     *
     * @return empty if a name is not a safe package name, a scope stands alone, or the key is deeper than {@link #MAX_DEPTH}
     */
    public static Optional<PlacementKey> parse(String key) {
        List<String> names = new ArrayList<>();
        String[] segments = key.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String name = segments[i];
            if (name.startsWith("@") && i + 1 < segments.length) {
                i++;
                name = name + "/" + segments[i];
            }
            if (!isName(name) || names.size() == MAX_DEPTH) {
                return Optional.empty();
            }
            names.add(name);
        }
        return Optional.of(new PlacementKey(names));
    }

    /**
     * Whether a text can be the installed name of a package: one folder name, or a scope and a folder name; no {@code .} or
     * {@code ..}, no separator, no control character, at most 255 characters, and none of the names that installers and the
     * builder keep for themselves. The scope may be a bare {@code @}, which
     * projects use for members of their own.
     */
    public static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            return false;
        }
        if (!name.startsWith("@")) {
            return isSegment(name) && !KEPT.contains(name.toLowerCase(Locale.ROOT));
        }
        int slash = name.indexOf('/');
        return slash > 0 && isScope(name.substring(1, slash)) && isSegment(name.substring(slash + 1));
    }

    private static boolean isScope(String scope) {
        return scope.isEmpty() || isSegment(scope);
    }

    private static boolean isSegment(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c < ' ' || c == 0x7f || c == '/' || c == '\\' || c == ':') {
                return false;
            }
        }
        return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
    }

    /** The name under which the package is installed. */
    public String installedName() {
        return names.get(names.size() - 1);
    }

    /** The key of the folder that this placement stands in; empty for the top. */
    public Optional<PlacementKey> parent() {
        return names.size() == 1 ? Optional.empty() : Optional.of(new PlacementKey(names.subList(0, names.size() - 1)));
    }

    /** The key of a package placed in this package's own node_modules. */
    public PlacementKey child(String name) {
        String[] longer = names.toArray(new String[names.size() + 1]);
        longer[names.size()] = name;
        return new PlacementKey(List.of(longer));
    }

    /** A key at the top of the tree. */
    public static PlacementKey top(String name) {
        return new PlacementKey(List.of(name));
    }

    /** The length of the text. */
    public int length() {
        int length = names.size() - 1;
        for (String name : names) {
            length += name.length();
        }
        return length;
    }

    // the key of large maps: what a record does by itself, but without the time a record takes to get ready
    @Override
    public boolean equals(Object other) {
        return other instanceof PlacementKey key && names.equals(key.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    /** The order of the texts. */
    @Override
    public int compareTo(PlacementKey other) {
        int common = Math.min(names.size(), other.names.size());
        for (int i = 0; i < common; i++) {
            String name = names.get(i);
            String its = other.names.get(i);
            int order = name.compareTo(its);
            if (order != 0) {
                int shorter = Math.min(name.length(), its.length());
                // only the difference of the lengths tells nothing: one may go on with a slash
                return order == name.length() - its.length() && name.regionMatches(0, its, 0, shorter)
                        ? Character.compare(after(i, shorter), other.after(i, shorter))
                        : order;
            }
        }
        return Integer.compare(names.size(), other.names.size());
    }

    /** The character of the text at a position in a name or just behind it; NUL at the end. */
    private char after(int index, int position) {
        String name = names.get(index);
        return position < name.length() ? name.charAt(position) : index + 1 < names.size() ? '/' : 0;
    }

    @Override
    public String toString() {
        return String.join("/", names);
    }
}
