package dev.ocnix.project.frozen;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.OverrideRule;
import dev.ocnix.model.RangeKind;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import dev.ocnix.project.Declarations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells whether Bun would give an edge of a manifest the package that the lockfile has for it. */
final class Meaning {
    private static final String WORKSPACE = "workspace:";
    private static final String CATALOG = "catalog:";
    private static final String FILE = "file:";

    private final Pins pins;
    private final Declarations declared;
    private final Map<String, Workspace> members = new HashMap<>();

    Meaning(Pins pins, Declarations declared) {
        this.pins = pins;
        this.declared = declared;
        declared.workspaces().stream()
                .filter(workspace -> !workspace.isRoot())
                .forEach(workspace -> members.put(workspace.name().orElse(""), workspace));
    }

    /** Whether a recorded edge and a declared one of the same alias mean the same; Bun before 1.2 records a member's path. */
    boolean isSame(Dependency recorded, Dependency edge) {
        Workspace member = members.get(edge.alias());
        return Range.same(edge.alias(), recorded.literal(), edge.literal())
                || (member != null && recorded.literal().equals(member.path()));
    }

    /**
     * Whether a new edge, or one with another range, is given what stands in its place.
     *
     * @param same what the lockfile records for the alias in the same group
     * @param other what it records for the alias in some group
     */
    boolean agrees(
            Workspace workspace,
            Dependency edge,
            Optional<Dependency> same,
            Optional<Dependency> other,
            Optional<LockedPackage> target) {
        if (target.isEmpty()) {
            return false;
        }
        boolean moved = other.isPresent() && isSame(other.get(), edge);
        for (String literal : literals(workspace, edge)) {
            Range range = Range.of(edge.alias(), literal);
            if (range.kind() != RangeKind.NPM && moved) {
                return true;
            }
            if (means(range, workspace, target.get(), same.isPresent())) {
                return true;
            }
        }
        return false;
    }

    /** The ranges that can decide: those of overrides, and the own one, from its catalog if it stands there. */
    private List<String> literals(Workspace workspace, Dependency edge) {
        List<String> literals = new ArrayList<>();
        String name = Range.of(edge.alias(), edge.literal()).name();
        for (OverrideRule rule : declared.overrides()) {
            boolean here = rule.parent().isEmpty()
                    || workspace.name().filter(rule.parent().get()::equals).isPresent();
            if (here && (rule.target().equals(name) || rule.target().startsWith(name + "@"))) {
                literals.add(rule.replacement());
            }
        }
        literals.add(edge.literal());
        List<String> resolved = new ArrayList<>();
        for (String literal : literals) {
            fromCatalog(edge.alias(), literal).ifPresent(resolved::add);
        }
        return resolved;
    }

    private Optional<String> fromCatalog(String alias, String literal) {
        if (Range.of(alias, literal).kind() != RangeKind.CATALOG) {
            return Optional.of(literal);
        }
        String group = Declarations.catalogName(literal.strip().substring(CATALOG.length()));
        return Optional.ofNullable(declared.catalogs().get(group)).map(catalog -> catalog.get(alias));
    }

    private boolean means(Range range, Workspace workspace, LockedPackage target, boolean kept) {
        Resolution resolution = target.resolution();
        if (resolution instanceof Resolution.Workspace member) {
            return links(range, member.path());
        }
        return switch (range.kind()) {
            case NPM ->
                resolution instanceof Resolution.Npm npm
                        && target.id().name().equals(range.name())
                        && range.admits(npm.version())
                        && (kept || pins.isHighest(npm.version(), range));
            case FOLDER ->
                resolution instanceof Resolution.Folder folder
                        && normal(folder.path()).equals(normal(workspace.path() + "/" + path(range)));
            case TARBALL ->
                (resolution instanceof Resolution.LocalTarball tarball
                                && tarball.path().equals(path(range)))
                        || (resolution instanceof Resolution.RemoteTarball remote
                                && remote.url().equals(range.text()));
            default -> false;
        };
    }

    /** Whether a range links a member. */
    private boolean links(Range range, String path) {
        String text = range.kind() == RangeKind.WORKSPACE ? range.text().substring(WORKSPACE.length()) : range.text();
        int at = range.kind() == RangeKind.WORKSPACE ? text.lastIndexOf('@') : 0;
        Workspace member = members.get(at > 0 ? text.substring(0, at) : range.name());
        if (member == null || !member.path().equals(path)) {
            return false;
        }
        String wanted = (at > 0 ? text.substring(at + 1) : text).strip();
        Range version = Range.of(range.name(), wanted);
        return switch (range.kind()) {
            case NPM, WORKSPACE ->
                version.kind() != RangeKind.NPM
                        || wanted.length() <= 1
                        || member.version().filter(version::admits).isPresent()
                        || (range.kind() == RangeKind.WORKSPACE
                                && member.version().isEmpty());
            case DIST_TAG -> true;
            default -> false;
        };
    }

    private static String path(Range range) {
        return range.text().startsWith(FILE) ? range.text().substring(FILE.length()) : range.text();
    }

    private static String normal(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..") && !names.isEmpty()) {
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return String.join("/", names);
    }
}
