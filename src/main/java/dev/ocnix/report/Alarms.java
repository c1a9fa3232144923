package dev.ocnix.report;

import dev.ocnix.model.AddonKind;
import dev.ocnix.model.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds what is dangerous in a change. */
final class Alarms {
    private static final Comparator<Alarm> ORDER =
            Comparator.comparing(Alarm::kind).thenComparing(Alarm::subject).thenComparing(Alarm::detail);

    /** What runs on every platform as it is. */
    private static final Set<AddonKind> PORTABLE = Set.of(AddonKind.WASM, AddonKind.SCRIPT_ONLY);

    private static final int SHOWN = 3;

    private final TreeSnapshot before;
    private final TreeSnapshot after;
    private final List<Alarm> found = new ArrayList<>();

    Alarms(TreeSnapshot before, TreeSnapshot after) {
        this.before = before;
        this.after = after;
    }

    List<Alarm> all() {
        for (Matching.Pair pair : Matching.of(before, after)) {
            pair.after().ifPresent(young -> {
                pair.before().ifPresent(old -> changed(old, young));
                scripts(pair.before(), young);
                addons(pair.before(), young);
            });
        }
        hosts();
        names();
        found.sort(ORDER);
        return found;
    }

    private void add(Alarm.Kind kind, SnapshotPackage one, String detail) {
        found.add(new Alarm(kind, one.id().toString(), detail));
    }

    private void changed(SnapshotPackage old, SnapshotPackage young) {
        if (old.id().equals(young.id())) {
            Hashes.changed(old, young)
                    .ifPresent(hashes -> add(
                            Alarm.Kind.HASH_CHANGED, young, "has another content under the same version: " + hashes));
        }
        if (old.isFromRegistry() && !young.isFromRegistry()) {
            String place = young.location().map(url -> ", " + url).orElse("");
            add(
                    Alarm.Kind.LEFT_REGISTRY,
                    young,
                    "was " + old.id() + " from a registry and comes from elsewhere now (" + young.kind() + place + ")");
        }
        // what comes from git or a folder never has a hash in a lockfile
        if (old.isFromRegistry() && young.isFromRegistry()) {
            Hashes.weaker(old, young)
                    .ifPresent(hashes ->
                            add(Alarm.Kind.WEAKER_INTEGRITY, young, "has a weaker hash in the lockfile: " + hashes));
        }
    }

    private void scripts(Optional<SnapshotPackage> old, SnapshotPackage young) {
        boolean isKnown = old.isEmpty() || old.get().installs().isPresent();
        boolean ran = old.flatMap(SnapshotPackage::installs).orElse(false);
        if (!isKnown || !young.installs().orElse(false)) {
            return;
        }
        if (!ran) {
            add(Alarm.Kind.NEW_INSTALL_SCRIPT, young, "has an install script that is new" + shown(young.scripts()));
            return;
        }
        SortedMap<String, SnapshotPackage.Script> changed = young.scriptsBeyond(old.orElseThrow());
        // of a lockfile alone the scripts are not known
        if (!changed.isEmpty() && !old.orElseThrow().scripts().isEmpty()) {
            add(Alarm.Kind.NEW_INSTALL_SCRIPT, young, "has another install script than before" + shown(changed));
        }
    }

    private static String shown(SortedMap<String, SnapshotPackage.Script> scripts) {
        List<String> lines = new ArrayList<>();
        scripts.forEach((name, script) -> lines.add(name + " " + script.shown()));
        return lines.isEmpty() ? "" : ": " + String.join(", ", lines);
    }

    private void addons(Optional<SnapshotPackage> old, SnapshotPackage young) {
        boolean isKnown = old.isEmpty() || old.get().addons().isPresent();
        List<String> kinds = natives(young);
        if (isKnown
                && !kinds.isEmpty()
                && old.map(Alarms::natives).orElse(List.of()).isEmpty()) {
            add(Alarm.Kind.NEW_ADDON, young, "has native parts, which is new: " + String.join(", ", kinds));
        }
    }

    private static List<String> natives(SnapshotPackage one) {
        return one.addons().orElse(List.of()).stream()
                .filter(kind -> !PORTABLE.contains(kind))
                .map(AddonKind::term)
                .toList();
    }

    private void names() {
        SortedSet<String> known = new TreeSet<>();
        before.packages().values().forEach(one -> known.add(one.id().name()));
        SortedMap<String, SortedSet<String>> alike = new TreeMap<>();
        Stream.concat(before.packages().values().stream(), after.packages().values().stream())
                .map(one -> one.id().name())
                .forEach(name -> alike.computeIfAbsent(Skeleton.of(name), key -> new TreeSet<>())
                        .add(name));
        for (SnapshotPackage one : after.packages().values()) {
            String name = one.id().name();
            if (known.contains(name)) {
                continue;
            }
            SortedSet<String> others = new TreeSet<>(alike.get(Skeleton.of(name)));
            others.remove(name);
            if (!others.isEmpty()) {
                add(Alarm.Kind.LOOKALIKE_NAME, one, "is new, and its name looks like " + Words.few(others, SHOWN));
            } else {
                Skeleton.foreign(name)
                        .ifPresent(letter -> add(
                                Alarm.Kind.LOOKALIKE_NAME,
                                one,
                                "is new, and its name has a letter that is not of ASCII, " + letter));
            }
        }
    }

    private void hosts() {
        SortedSet<String> known = new TreeSet<>();
        before.packages().values().forEach(one -> one.host().ifPresent(known::add));
        Map<String, SortedSet<String>> fresh = new HashMap<>();
        for (SnapshotPackage one : after.packages().values()) {
            one.host()
                    .filter(host -> !known.contains(host))
                    .ifPresent(host -> fresh.computeIfAbsent(host, key -> new TreeSet<>())
                            .add(one.id().toString()));
        }
        fresh.forEach((host, packages) -> found.add(new Alarm(
                Alarm.Kind.NEW_HOST,
                host,
                "is a server that nothing was fetched from before; now it has " + Words.few(packages, SHOWN))));
    }
}
