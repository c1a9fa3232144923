package dev.ocnix.layout.isolated;

import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The isolated tree of a lockfile, in each variant that machines and scopes can ask for. A variant still holds what single
 * platforms leave out without consequences; only packages that change the peers of others are decided in it.
 *
 * @param deciding packages whose absence changes the names or links of others, sorted
 * @param hoisted of rules for which the project asks for something
 */
public record IsolatedLayout(
        SortedSet<PackageId> deciding, List<Variant> variants, SortedMap<BunRules, Hoisted> hoisted) {
    public IsolatedLayout {
        deciding = Collections.unmodifiableSortedSet(new TreeSet<>(deciding));
        variants = List.copyOf(variants);
        hoisted = Collections.unmodifiableSortedMap(new TreeMap<>(hoisted));
    }

    /**
     * The names that {@link Hoisting} chooses of those that the layout has.
     *
     * @param fallback absent if all may be there
     */
    public record Hoisted(Optional<SortedSet<String>> fallback, SortedSet<String> top) {}

    /**
     * One way to lay out the project.
     *
     * @param dev whether development dependencies are there
     * @param optional whether optional dependencies are there
     * @param admitted those of {@link IsolatedLayout#deciding} that the platform admits
     * @param entries by their folder's name below {@code node_modules/.bun}
     * @param members by path, the root's is empty; in the order in which Bun comes upon them are their links
     */
    public record Variant(
            BunRules rules,
            boolean dev,
            boolean optional,
            SortedSet<PackageId> admitted,
            SortedMap<String, Entry> entries,
            SortedMap<String, List<Link>> members) {
        public Variant {
            admitted = Collections.unmodifiableSortedSet(new TreeSet<>(admitted));
            entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
            members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        }
    }

    /**
     * One folder below {@code node_modules/.bun}.
     *
     * @param isShared whether packages find it that do not declare it: Bun has no such fallback for copied folders
     * @param links to its dependencies, in the order in which Bun comes upon them
     */
    public record Entry(PackageId id, boolean isShared, List<Link> links) {
        public Entry {
            links = List.copyOf(links);
        }
    }

    /**
     * A dependency of an entry or a member.
     *
     * @param alias the name of the link
     * @param target the name of an entry, or the path of a member
     */
    public record Link(String alias, String target, boolean isMember) {}

    /** Which packages a platform admits. */
    @FunctionalInterface
    public interface Limits {
        /** Whether a package is installed there; names are npm's. */
        boolean admit(PackageId id, Platform platform);
    }

    /**
     * A platform in npm's names.
     *
     * @param libc empty where the question does not arise
     */
    public record Platform(String os, String cpu, Optional<String> libc) {}

    /**
     * Computes all variants.
     *
     * @throws OcnixException if peers multiply the packages beyond all bounds
     */
    public static IsolatedLayout of(Lockfile lockfile, Limits limits) throws OcnixException {
        return new Variants(lockfile, limits).all();
    }

    /** The same layout as a project wants it hoisted. */
    public IsolatedLayout hoisting(Map<BunRules, Hoisting> wanted) {
        SortedMap<BunRules, Hoisted> chosen = new TreeMap<>();
        wanted.forEach((rules, hoisting) -> {
            if (!hoisting.equals(Hoisting.usual())) {
                SortedSet<String> top = new TreeSet<>();
                hoisting.top().ifPresent(pattern -> top.addAll(names(rules, pattern)));
                chosen.put(rules, new Hoisted(hoisting.fallback().map(pattern -> names(rules, pattern)), top));
            }
        });
        return new IsolatedLayout(deciding, variants, chosen);
    }

    private SortedSet<String> names(BunRules rules, NamePattern pattern) {
        return variants.stream()
                .filter(variant -> variant.rules() == rules)
                .flatMap(variant -> Stream.concat(
                        variant.members().values().stream(),
                        variant.entries().values().stream().map(Entry::links)))
                .flatMap(List::stream)
                .map(Link::alias)
                .filter(pattern::chooses)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
