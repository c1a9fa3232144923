package dev.ocnix.project.frozen;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OverrideRule;
import dev.ocnix.model.RangeKind;
import dev.ocnix.model.Workspace;
import dev.ocnix.project.Declarations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares what the root's package.json says of the whole project: overrides, catalogs and patches. */
final class SectionComparison {
    private static final String CATALOG = "catalog:";

    private final Lockfile lockfile;
    private final Declarations declared;
    private final String manifest;
    private final Differences differences;

    SectionComparison(Lockfile lockfile, Declarations declared, String manifest, Differences differences) {
        this.lockfile = lockfile;
        this.declared = declared;
        this.manifest = manifest;
        this.differences = differences;
    }

    void compare() {
        overrides();
        catalogs();
        patches();
    }

    private void overrides() {
        SortedMap<String, OverrideRule> before = rules(lockfile.overrides());
        SortedMap<String, OverrideRule> now = rules(declared.overrides());
        for (String key : keys(before, now)) {
            Optional<OverrideRule> recorded = Optional.ofNullable(before.get(key));
            Optional<OverrideRule> asked = Optional.ofNullable(now.get(key));
            boolean same = recorded.isPresent()
                    && asked.isPresent()
                    && Range.same(
                            name(asked.get()),
                            recorded.get().replacement(),
                            asked.get().replacement());
            if (!same) {
                differences.refuse(difference(
                        "overrides " + key,
                        asked.map(OverrideRule::replacement),
                        recorded.map(OverrideRule::replacement),
                        "with "));
            }
        }
    }

    private static String name(OverrideRule rule) {
        int at = rule.target().indexOf('@', 1);
        return at < 0 ? rule.target() : rule.target().substring(0, at);
    }

    private static SortedMap<String, OverrideRule> rules(List<OverrideRule> rules) {
        SortedMap<String, OverrideRule> byKey = new TreeMap<>();
        rules.forEach(rule -> byKey.put(
                Differences.shown(rule.target())
                        + rule.parent()
                                .map(parent -> " below " + Differences.shown(parent))
                                .orElse(""),
                rule));
        return byKey;
    }

    private static SortedSet<String> keys(Map<String, ?> one, Map<String, ?> other) {
        SortedSet<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys;
    }

    /** Bun goes on where package.json has an entry more that nothing uses. */
    private void catalogs() {
        SortedMap<String, SortedMap<String, String>> before = new TreeMap<>();
        lockfile.catalogs()
                .forEach((group, ranges) -> before.computeIfAbsent(
                                Declarations.catalogName(group), name -> new TreeMap<>())
                        .putAll(ranges));
        for (String group : keys(before, declared.catalogs())) {
            SortedMap<String, String> recorded = before.getOrDefault(group, new TreeMap<>());
            SortedMap<String, String> asked = declared.catalogs().getOrDefault(group, new TreeMap<>());
            for (String name : keys(recorded, asked)) {
                Optional<String> old = Optional.ofNullable(recorded.get(name));
                Optional<String> range = Optional.ofNullable(asked.get(name));
                boolean same = old.isPresent() && range.isPresent() && Range.same(name, old.get(), range.get());
                if (!same && (old.isPresent() || isUsed(group, name))) {
                    String catalog = group.isEmpty() ? "the catalog" : "the catalog " + Differences.shown(group);
                    differences.refuse(
                            difference("has " + Differences.shown(name) + " in " + catalog, range, old, "as "));
                }
            }
        }
    }

    private boolean isUsed(String group, String name) {
        Stream<Dependency> edges =
                lockfile.workspaces().stream().map(Workspace::dependencies).flatMap(List::stream);
        return edges.anyMatch(edge -> edge.alias().equals(name) && refers(edge.alias(), edge.literal(), group))
                || lockfile.overrides().stream()
                        .anyMatch(rule -> name(rule).equals(name) && refers(name, rule.replacement(), group));
    }

    private static boolean refers(String alias, String literal, String group) {
        return Range.of(alias, literal).kind() == RangeKind.CATALOG
                && Declarations.catalogName(literal.strip().substring(CATALOG.length()))
                        .equals(group);
    }

    private String difference(String what, Optional<String> asked, Optional<String> recorded, String preposition) {
        String locked = differences.lockfile();
        if (asked.isEmpty()) {
            return locked + " " + what
                    + recorded.map(value -> " " + preposition + Differences.shown(value))
                            .orElse("") + ", and " + manifest + " does not";
        }
        return manifest + " " + what + " " + preposition + Differences.shown(asked.get()) + ", but " + locked
                + recorded.map(value -> " " + preposition + Differences.shown(value))
                        .orElse(" does not");
    }

    private void patches() {
        for (String key : keys(lockfile.patchedDependencies(), declared.patches())) {
            Optional<String> recorded =
                    Optional.ofNullable(lockfile.patchedDependencies().get(key));
            Optional<String> asked = Optional.ofNullable(declared.patches().get(key));
            if (asked.isEmpty()) {
                differences.take(manifest + " does not patch " + Differences.shown(key));
            } else if (recorded.isEmpty() || !plain(recorded.get()).equals(plain(asked.get()))) {
                differences.take(
                        manifest + " patches " + Differences.shown(key) + " with " + Differences.shown(asked.get()));
            }
        }
    }

    private static String plain(String path) {
        return path.startsWith("./") ? path.substring(2) : path;
    }
}
