package dev.ocnix.lockfile;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.OverrideRule;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Place;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Collects what a reader finds, in any order, and makes the lockfile of it. */
public final class LockfileAssembler {
    /** By alias, then kind: the order of dependencies in the model. */
    public static final Comparator<Dependency> BY_ALIAS = new Comparator<>() {
        @Override
        public int compare(Dependency a, Dependency b) {
            int order = a.alias().compareTo(b.alias());
            return order == 0 ? a.kind().compareTo(b.kind()) : order;
        }
    };

    private final String fileName;
    private final EdgeBudget budget;
    private final Map<PackageId, LockedPackage> packages;
    private final Map<PlacementKey, Placement> placements;
    private final List<Workspace> workspaces = new ArrayList<>();
    private final SortedMap<String, String> patched = new TreeMap<>();
    private final List<OverrideRule> overrides = new ArrayList<>();
    private final SortedMap<String, SortedMap<String, String>> catalogs = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<SortedSet<String>> trusted = Optional.empty();
    private OptionalInt configVersion = OptionalInt.empty();

    /** @param packages how many there may be; the file is large enough for them */
    public LockfileAssembler(String fileName, int packages) {
        this.fileName = fileName;
        this.budget = new EdgeBudget(fileName);
        this.packages = new LinkedHashMap<>(packages * 4 / 3 + 1);
        this.placements = new LinkedHashMap<>(packages * 4 / 3 + 1);
    }

    /** The root or a member: nothing limits or fetches it, and its manifest, not the lockfile, knows its scripts. */
    public static LockedPackage ofProject(
            PackageId id, Resolution resolution, Bin bin, List<Dependency> dependencies, Place place) {
        return new LockedPackage(
                id,
                resolution,
                Optional.empty(),
                Constraint.unrestricted(),
                Constraint.unrestricted(),
                Constraint.unrestricted(),
                bin,
                dependencies,
                Optional.empty(),
                place);
    }

    /**
     * Adds a package, or another entry of one that is known: of several the first one counts, but what it lacks another one
     * may have.
     *
     * @return what counts by now
     * @throws LockfileException if the two entries disagree about where the content comes from or what it is
     */
    public LockedPackage add(LockedPackage entry) throws LockfileException {
        LockedPackage first = packages.putIfAbsent(entry.id(), entry);
        if (first == null) {
            return entry;
        }
        if (!first.resolution().equals(entry.resolution()) || isContradicted(first.integrity(), entry.integrity())) {
            throw LockfileException.at(
                    fileName,
                    entry.place().toString(),
                    entry.id() + " has " + origin(entry) + " here, but " + origin(first) + " at " + first.place(),
                    LockfileException.RELOCK);
        }
        LockedPackage merged = merge(first, entry);
        packages.put(entry.id(), merged);
        return merged;
    }

    private static boolean isContradicted(Optional<Sri> first, Optional<Sri> second) {
        return first.isPresent()
                && second.isPresent()
                && first.get().algorithm() == second.get().algorithm()
                && !first.get().equals(second.get());
    }

    /** Npm's lockfiles, which Bun migrates entry by entry, may lack an integrity, a limit or commands in one place of several. */
    private static LockedPackage merge(LockedPackage first, LockedPackage second) {
        return new LockedPackage(
                first.id(),
                first.resolution(),
                stronger(first.integrity(), second.integrity()),
                wider(first.os(), second.os()),
                wider(first.cpu(), second.cpu()),
                first.libc() instanceof Constraint.Unspecified ? second.libc() : first.libc(),
                first.bin().equals(Bin.none()) ? second.bin() : first.bin(),
                first.dependencies(),
                Stream.of(first.installScript(), second.installScript())
                        .flatMap(Optional::stream)
                        .reduce(Boolean::logicalOr),
                first.place());
    }

    private static Optional<Sri> stronger(Optional<Sri> first, Optional<Sri> second) {
        boolean isSecond = first.isEmpty()
                || (second.isPresent()
                        && second.get().algorithm().compareTo(first.get().algorithm()) > 0);
        return isSecond ? second : first;
    }

    private static Constraint wider(Constraint first, Constraint second) {
        return second instanceof Constraint.Unrestricted ? second : first;
    }

    private static String origin(LockedPackage entry) {
        String url = entry.resolution() instanceof Resolution.Npm npm
                ? npm.tarballUrl().orElse("the default registry")
                : entry.id().resolution();
        String integrity = entry.integrity().map(Sri::toString).orElse("no integrity");
        return integrity + " from " + url;
    }

    /**
     * Puts a package at a place; what stood there before is returned.
     *
     * @throws LockfileException if the edges of all packages at all their places are too many
     */
    public Optional<Placement> place(PlacementKey key, LockedPackage entry, boolean bundled) throws LockfileException {
        budget.spend(key, entry);
        return Optional.ofNullable(placements.put(key, new Placement(key, entry.id(), bundled)));
    }

    /** Adds the root or a member. */
    public void add(Workspace workspace) {
        workspaces.add(workspace);
    }

    /** Adds a patch of {@code name@resolution}. */
    public void patch(String target, String path) {
        patched.put(target, path);
    }

    /** Adds an override. */
    public void override(OverrideRule rule) {
        overrides.add(rule);
    }

    /** Adds a range to a catalog; the default one has the empty name. */
    public void catalog(String group, String name, String range) {
        catalogs.computeIfAbsent(group, key -> new TreeMap<>()).put(name, range);
    }

    /** Adds a sentence about something tolerated; the file's name is put before it. */
    public void warn(String where, String sentence) {
        warnings.add(fileName + ", " + where + ": " + sentence);
    }

    public void trust(SortedSet<String> names) {
        trusted = Optional.of(names);
    }

    /** Takes the number as Bun does: everything above 1 is 1. */
    public void configVersion(long number) {
        configVersion = OptionalInt.of((int) Math.min(number, 1));
    }

    /** All that was placed. */
    public Collection<Placement> placements() {
        return placements.values();
    }

    /** The root and the members. */
    public List<Workspace> workspaces() {
        return workspaces;
    }

    /** A package that was added. */
    public Optional<LockedPackage> find(PackageId id) {
        return Optional.ofNullable(packages.get(id));
    }

    /** The lockfile, in the model's order. */
    public Lockfile finish(LockfileKind kind, int version) {
        SortedMap<String, Workspace> byPath = new TreeMap<>();
        for (Workspace workspace : workspaces) {
            byPath.put(workspace.path(), workspace);
        }
        Collections.sort(overrides);
        return new Lockfile(
                kind,
                version,
                configVersion,
                List.copyOf(byPath.values()),
                packages,
                placements,
                trusted,
                patched,
                overrides,
                catalogs,
                warnings);
    }
}
