package dev.ocnix.pipeline;

import com.google.gson.JsonArray;
import dev.ocnix.layout.Layout;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.NearNames;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Words;
import dev.ocnix.model.Workspace;
import dev.ocnix.nix.Application;
import dev.ocnix.nix.FileContent;
import dev.ocnix.nix.PostAssembly;
import dev.ocnix.nix.Running;
import dev.ocnix.project.Manifest;
import dev.ocnix.project.Manifests;
import dev.ocnix.project.program.Interpreters;
import dev.ocnix.project.script.OwnScript;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides what of a project the tree packages. */
final class Applications {
    private static final int SHOWN = 8;
    private static final int MOST_NEAR = 3;

    private final Lockfile lockfile;
    private final Layout layout;
    private final Manifests manifests;
    private final Interpreters interpreters;
    private final String lockfileFolder;
    private final Listener listener;

    /** @param lockfileFolder of the lockfile in the source: empty, or with a trailing slash */
    Applications(
            Lockfile lockfile,
            Layout layout,
            Manifests manifests,
            Interpreters interpreters,
            String lockfileFolder,
            Listener listener) {
        this.lockfile = lockfile;
        this.layout = layout;
        this.manifests = manifests;
        this.interpreters = interpreters;
        this.lockfileFolder = lockfileFolder;
        this.listener = listener;
    }

    /**
     * What is packaged.
     *
     * @param ownScripts what {@code bun install} runs for the project itself
     */
    record Chosen(Application application, List<OwnScript> ownScripts) {
        Chosen {
            ownScripts = List.copyOf(ownScripts);
        }
    }

    /**
     * @param given the workspace that the user names
     * @throws OcnixException if there is no such workspace, or its package.json is missing or broken
     */
    Chosen choose(Optional<String> given, Profile profile) throws OcnixException {
        Workspace workspace = workspace(given, profile);
        Manifest manifest = manifests.of(workspace);
        SortedMap<String, String> programs = Programs.of(workspace, manifest, manifests, listener);
        tellOfInstalled(workspace, manifest, profile);
        BuildPlan plan = new BuildPlanner(lockfile, layout, manifests, listener).plan(workspace, programs, profile);
        Application application = new Application(
                profile.name().or(() -> workspace.name()).orElse("application"),
                manifest.text("version").or(workspace::version).orElse("0"),
                meta(workspace, manifest),
                workspace.path(),
                mainProgram(programs, manifest, workspace, profile),
                programs,
                profile.sourcePaths(),
                profile.installPaths(),
                plan.workspaces(),
                plan.commands(),
                profile.environment(),
                profile.buildDependencies(),
                leaveOut(profile),
                postAssembly(profile),
                running(profile, workspace, programs),
                plan.building());
        return new Chosen(application, plan.ownScripts());
    }

    /** The builder finds the files; what it goes by is known now. */
    private void tellOfInstalled(Workspace workspace, Manifest manifest, Profile profile) {
        if (!workspace.isRoot() || !profile.installPaths().isEmpty()) {
            return;
        }
        String what = manifest.json().get("files") instanceof JsonArray
                ? "what package.json lists in files, and what its programs and entries need"
                : "the source without tests, documentation, dot files and secrets, as package.json has no files, and what the"
                        + " build makes";
        listener.info("The package installs " + what + " (installPaths of a profile would replace that).");
    }

    /** What programs are started by is on their PATH as well. */
    private Running running(Profile profile, Workspace workspace, SortedMap<String, String> programs)
            throws OcnixException {
        String folder = lockfileFolder + (workspace.isRoot() ? "" : workspace.path() + "/");
        SortedSet<String> path = interpreters.of(
                programs.values().stream().map(file -> folder + file).toList());
        path.addAll(profile.running().path());
        return profile.running().withPath(path);
    }

    /** A member that names no licence has the project's. */
    private Application.Meta meta(Workspace workspace, Manifest manifest) throws OcnixException {
        Application.Meta meta = Metas.of(manifest);
        if (meta.license().isPresent() || workspace.isRoot()) {
            return meta;
        }
        Optional<String> license = Metas.license(manifests.of(lockfile.root()));
        return new Application.Meta(meta.description(), meta.homepage(), license);
    }

    /** A profile speaks of more revisions than this one. */
    private List<String> leaveOut(Profile profile) {
        Set<String> known = lockfile.packages().keySet().stream()
                .flatMap(id -> Stream.of(id.name(), id.toString()))
                .collect(Collectors.toSet());
        return profile.leaveOut().stream().filter(known::contains).toList();
    }

    private PostAssembly postAssembly(Profile profile) throws OcnixException {
        SortedMap<String, FileContent> files = new TreeMap<>();
        for (String path : profile.postAssemble().files()) {
            Optional<FileContent> content = manifests.file(path).map(FileContent::of);
            if (content.isEmpty()) {
                listener.warn("The profile's postAssemble names the file " + path
                        + ", which this revision does not have; its commands are left out.");
                return PostAssembly.nothing();
            }
            files.put(path, content.get());
        }
        return new PostAssembly(
                files, profile.postAssemble().commands(), profile.postAssemble().productionCommands());
    }

    private Workspace workspace(Optional<String> given, Profile profile) throws OcnixException {
        Optional<String> wanted = given.or(profile::workspace);
        if (wanted.isPresent()) {
            return named(wanted.get());
        }
        List<Workspace> withBin = lockfile.workspaces().stream()
                .filter(workspace -> !(workspace.bin() instanceof Bin.None))
                .toList();
        // a lockfile does not record the root's own
        return withBin.size() == 1 && !manifests.of(lockfile.root()).json().has("bin")
                ? withBin.get(0)
                : lockfile.root();
    }

    /** A workspace by its path, or else by its name. */
    private Workspace named(String wanted) throws OcnixException {
        String plain = wanted.replaceFirst("^\\./", "").replaceFirst("/$", "");
        String path = plain.equals(".") ? "" : plain;
        Optional<Workspace> found = lockfile.workspaces().stream()
                .filter(workspace -> workspace.path().equals(path))
                .findFirst()
                .or(() -> lockfile.workspaces().stream()
                        .filter(workspace ->
                                workspace.name().filter(wanted::equals).isPresent())
                        .findFirst());
        return found.orElseThrow(() -> OcnixException.input("The lockfile has no workspace " + Visible.quoted(wanted)
                + "; ocnix.workspace is the path or the name of one" + near(wanted) + ", or . for the root."));
    }

    private String near(String wanted) {
        List<String> known = lockfile.workspaces().stream()
                .filter(workspace -> !workspace.isRoot())
                .flatMap(workspace -> Stream.concat(Stream.of(workspace.path()), workspace.name().stream()))
                .toList();
        List<String> near = NearNames.of(known, wanted, MOST_NEAR);
        return near.isEmpty() ? "" : ", such as " + String.join(", ", near);
    }

    private Optional<String> mainProgram(
            SortedMap<String, String> programs, Manifest manifest, Workspace workspace, Profile profile)
            throws OcnixException {
        Optional<String> wanted = profile.mainProgram();
        if (wanted.isPresent() && !programs.isEmpty() && !programs.containsKey(wanted.get())) {
            throw OcnixException.input("The profile's mainProgram is " + Visible.quoted(wanted.get()) + ", which "
                    + manifest.path() + " does not offer; its programs are "
                    + Words.few(programs.keySet(), SHOWN) + ".");
        }
        return wanted.filter(programs::containsKey)
                .or(() -> workspace.name().map(Applications::unscoped).filter(programs::containsKey))
                .or(() -> programs.keySet().stream().findFirst());
    }

    private static String unscoped(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
