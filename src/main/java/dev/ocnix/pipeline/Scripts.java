package dev.ocnix.pipeline;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Words;
import dev.ocnix.model.Workspace;
import dev.ocnix.project.script.LifecycleEvents;
import dev.ocnix.project.script.OwnScript;
import dev.ocnix.project.script.OwnScriptChoice;
import dev.ocnix.report.LifecycleScripts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which scripts an installer would run, of packages and of the project itself, so that a reader of the report knows what a build
 * leaves out. The listener is told of those that a build may miss.
 */
final class Scripts {
    private static final int SHOWN = 10;

    private final Lockfile lockfile;
    private final PackageContents contents;
    private final List<AddonHint> hints;
    private final TrustedPackages trusted;
    private final Listener listener;

    Scripts(
            Lockfile lockfile,
            PackageContents contents,
            List<AddonHint> hints,
            TrustedPackages trusted,
            Listener listener) {
        this.lockfile = lockfile;
        this.contents = contents;
        this.hints = hints;
        this.trusted = trusted;
        this.listener = listener;
    }

    /** Those of the project itself, in the order in which they run, then those of packages, sorted; who has none is left out. */
    List<LifecycleScripts> of(Applications.Chosen chosen) {
        List<LifecycleScripts> found = new ArrayList<>(own(chosen.ownScripts()));
        List<LifecycleScripts> packages =
                packages(chosen.application().building().dependencyScripts());
        packages.forEach(this::tell);
        unfound(packages);
        found.addAll(packages);
        return found;
    }

    /** Packages whose native parts the builder makes or takes; that a package has scripts is no such part. */
    private Set<PackageId> hinted() {
        return hints.stream()
                .filter(hint -> !hint.kinds().equals(List.of(AddonKind.SCRIPT_ONLY)))
                .map(AddonHint::id)
                .collect(Collectors.toSet());
    }

    private List<LifecycleScripts> own(List<OwnScript> scripts) {
        Map<Workspace, List<OwnScript>> byWorkspace = new LinkedHashMap<>();
        scripts.forEach(script -> byWorkspace
                .computeIfAbsent(script.workspace(), workspace -> new ArrayList<>())
                .add(script));
        List<LifecycleScripts> found = new ArrayList<>();
        Set<PackageId> hinted = hinted();
        byWorkspace.forEach((workspace, own) -> {
            SortedMap<String, String> texts = new TreeMap<>();
            SortedMap<String, String> leftOut = new TreeMap<>();
            own.forEach(script -> {
                texts.put(script.event(), script.text());
                script.leftOut().ifPresent(reason -> leftOut.put(script.event(), reason));
            });
            PackageId id = new PackageId(
                    workspace.name().orElse(""), workspace.isRoot() ? "root:" : "workspace:" + workspace.path());
            found.add(new LifecycleScripts(
                    id,
                    Optional.of(OwnScriptChoice.shown(workspace)),
                    true,
                    hinted.contains(id),
                    texts,
                    own.stream().filter(OwnScript::isRun).map(OwnScript::event).toList(),
                    leftOut));
        });
        return found;
    }

    private List<LifecycleScripts> packages(SortedMap<String, List<String>> run) {
        Set<PackageId> hinted = hinted();
        Set<PackageId> implicit = hints.stream()
                .filter(hint -> hint.kinds().contains(AddonKind.GYP_IMPLICIT))
                .map(AddonHint::id)
                .collect(Collectors.toSet());
        List<LifecycleScripts> found = new ArrayList<>();
        for (Map.Entry<PackageId, PackageManifest> manifest :
                contents.manifests().entrySet()) {
            LockedPackage locked = lockfile.packages().get(manifest.getKey());
            if (locked == null) {
                continue;
            }
            List<String> events = LifecycleEvents.ofDependency(locked.resolution());
            SortedMap<String, String> scripts =
                    LifecycleEvents.among(manifest.getValue().scripts(), events);
            if (implicit.contains(manifest.getKey())) {
                // npm and Bun add it by themselves
                scripts.putIfAbsent("install", "node-gyp rebuild");
            }
            List<String> ran = events.stream()
                    .filter(event -> scripts.containsKey(event)
                            && run.containsKey(manifest.getKey().toString()))
                    .toList();
            if (!scripts.isEmpty()) {
                found.add(new LifecycleScripts(
                        manifest.getKey(),
                        Optional.empty(),
                        trusted.includes(locked),
                        hinted.contains(manifest.getKey()),
                        scripts,
                        ran,
                        new TreeMap<>()));
            }
        }
        return found;
    }

    /** What comes from a registry is ready to use; what comes from a repository or a folder often is not without its scripts. */
    private void tell(LifecycleScripts scripts) {
        LockedPackage locked = lockfile.packages().get(scripts.id());
        boolean isPublished = locked != null && locked.resolution() instanceof Resolution.Npm;
        if (!isPublished && !scripts.missing().isEmpty()) {
            String texts = scripts.missing().entrySet().stream()
                    .map(script -> script.getKey() + ": " + Visible.quoted(script.getValue()))
                    .collect(Collectors.joining("; "));
            listener.warn(scripts.id() + " has scripts that bun install runs and this build does not (" + texts
                    + "); name " + scripts.id().name()
                    + " in dependencyScripts of a profile if it is not complete without.");
        }
    }

    /** A registry may say of a package what the package does not say itself. */
    private void unfound(List<LifecycleScripts> found) {
        Set<PackageId> known = found.stream().map(LifecycleScripts::id).collect(Collectors.toSet());
        List<String> silent = contents.manifests().keySet().stream()
                .filter(id -> !known.contains(id))
                .map(id -> lockfile.packages().get(id))
                .filter(locked -> locked != null
                        && locked.installScript().filter(Boolean::booleanValue).isPresent())
                .map(locked -> locked.id().toString())
                .toList();
        if (!silent.isEmpty()) {
            listener.warn("The lockfile says that these have install scripts, and their package.json has none: "
                    + Words.few(silent, SHOWN) + ". See what the registry and the package say before you trust them.");
        }
    }
}
