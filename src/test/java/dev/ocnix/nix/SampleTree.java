package dev.ocnix.nix;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.addon.BuildAdvice;
import dev.ocnix.addon.Outcome;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.layout.Layout;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.Bin;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.Evidence;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Place;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.SourcePin;
import dev.ocnix.model.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A small monorepo with every kind of entry: two members, nested versions, an alias, platform children, a patched package,
 * native parts, bundled, git, GitHub, tarball and folder dependencies.
 */
final class SampleTree {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    final SortedMap<PackageId, LockedPackage> packages = new TreeMap<>();
    final SortedMap<PlacementKey, Placement> placements = new TreeMap<>();
    final SortedMap<PackageId, DependencySource> sources = new TreeMap<>();
    final SortedMap<PackageId, PlatformLimits> platforms = new TreeMap<>();
    final SortedMap<PackageId, FileContent> patches = new TreeMap<>();
    final List<AddonHint> hints = new ArrayList<>();
    final SortedMap<String, String> options = new TreeMap<>();
    final List<Workspace> workspaces = new ArrayList<>();
    TreeSource source = new TreeSource.Pinned(new SourcePin(
            new SourceIdentity.GitHub(SourceIdentity.GitHub.PUBLIC_HOST, "acme", "shop"),
            "v1.0.0",
            Optional.of("v1.0.0"),
            COMMIT,
            sha256("source"),
            false));
    Application application = new Application(
            "@acme/web",
            "1.0.0",
            Application.Meta.none(),
            "packages/web",
            Optional.of("shop"),
            new TreeMap<>(Map.of("shop", "./bin/cli.js")),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Collections.emptySortedMap(),
            List.of(),
            List.of(),
            PostAssembly.nothing(),
            new Running(
                    List.of("git", "openssh", "opencode"), Collections.emptySortedMap(), List.of(), Optional.empty()),
            Building.plain());

    static SampleTree small() throws OcnixException {
        SampleTree sample = new SampleTree();
        sample.workspaces.add(workspace("", "shop", "dev typescript"));
        sample.workspaces.add(
                workspace("packages/web", "@acme/web", "prod ms", "prod @acme/ui", "prod node-pty", "dev rollup"));
        sample.workspaces.add(
                workspace("packages/ui", "@acme/ui", "prod debug", "prod short", "prod gitdep", "prod ghdep"));
        sample.member("@acme/web", "packages/web");
        sample.member("@acme/ui", "packages/ui");
        sample.npm("ms", "ms@1.0.0");
        sample.npm("debug/ms", "ms@2.1.3");
        sample.npm("debug", "debug@4.0.0", "prod ms", "optional_peer supports-color");
        sample.npm("short", "string-width@4.2.3");
        sample.npm("typescript", "typescript@5.9.0", "prod bundler");
        sample.npm("node-pty", "node-pty@1.0.0", "prod node-addon-api");
        sample.npm("node-addon-api", "node-addon-api@7.1.1");
        sample.npm("bundler", "bundler@1.0.0", "prod inner");
        sample.npm("bundler/inner", "inner@1.0.0");
        sample.placements.compute(key("bundler/inner"), (key, placement) -> new Placement(key, placement.id(), true));
        sample.npm("rollup", "rollup@4.0.0", "optional @rollup/x", "optional @rollup/m", "optional @rollup/r");
        sample.limited("@rollup/x", "@rollup/x@4.0.0", List.of("linux"), List.of("x64"));
        sample.limited("@rollup/m", "@rollup/m@4.0.0", List.of("darwin"), List.of("arm64"));
        sample.limited("@rollup/r", "@rollup/r@4.0.0", List.of("linux"), List.of());
        sample.other("gitdep", new PackageId("gitdep", "git+https://git.example.org/x.git#" + COMMIT));
        sample.other("ghdep", new PackageId("ghdep", "github:acme/ghdep#0123456"));
        sample.other("local", new PackageId("local", "./vendor/local.tgz"));
        sample.other("folder", new PackageId("folder", "file:vendor/folder"));
        sample.patches.put(id("debug@4.0.0"), FileContent.of("--- a/x\n+++ b/x\n"));
        sample.hints.add(sample.nodePty());
        sample.options.put("ocnix.prefetch", "all");
        return sample;
    }

    Lockfile lockfile() {
        return new Lockfile(
                LockfileKind.TEXT,
                1,
                OptionalInt.of(1),
                workspaces,
                packages,
                placements,
                Optional.empty(),
                Collections.emptySortedMap(),
                List.of(),
                Collections.emptySortedMap(),
                List.of());
    }

    TreeInput input() throws OcnixException {
        Lockfile lockfile = lockfile();
        return new TreeInput(
                source,
                "bun.lock",
                "a".repeat(64),
                lockfile,
                Layout.of(lockfile),
                sources,
                platforms,
                hints,
                Collections.emptySortedMap(),
                patches,
                Set.of(),
                application,
                Optional.empty(),
                options,
                List.of(),
                List.of(),
                FileContent.of("{}\n"));
    }

    NixTree tree() throws OcnixException {
        return NixTree.of(input());
    }

    void member(String name, String path) {
        add(name, new PackageId(name, "workspace:" + path), new Resolution.Workspace(path));
    }

    void npm(String key, String text, String... dependencies) throws OcnixException {
        PackageId id = id(text);
        Resolution.Npm npm = new Resolution.Npm(id.resolution(), Optional.empty());
        add(key, id, npm, dependencies);
        Sri hash = Sri.ofContent(HashAlgorithm.SHA512, text.getBytes(StandardCharsets.UTF_8));
        String url =
                "https://registry.npmjs.org/" + id.name() + "/-/" + id.unscopedName() + "-" + npm.version() + ".tgz";
        sources.put(id, new DependencySource.Tarball(TarballUrl.of(url, id, Optional.of(hash), Set.of()), hash));
    }

    void limited(String key, String text, List<String> os, List<String> cpu) throws OcnixException {
        npm(key, text);
        platforms.put(id(text), new PlatformLimits(Optional.of(os), Optional.of(cpu), Optional.empty()));
    }

    void other(String key, PackageId id) {
        String text = id.resolution();
        if (text.startsWith("git+")) {
            String url = text.substring(4, text.indexOf('#'));
            add(key, id, new Resolution.Git(url, COMMIT));
            sources.put(id, new DependencySource.Git(url, COMMIT, sha256(text)));
        } else if (text.startsWith("github:")) {
            add(key, id, new Resolution.GitHub("acme", "ghdep", "0123456"));
            sources.put(
                    id,
                    new DependencySource.GitHub("https://github.com", "acme", "ghdep", COMMIT, sha256(text), false));
        } else {
            boolean folder = text.startsWith("file:");
            String path = folder ? text.substring(5) : text;
            add(key, id, folder ? new Resolution.Folder(path) : new Resolution.LocalTarball(path));
            sources.put(id, new DependencySource.FromSource(path, Optional.of(sha256(text)), folder));
        }
    }

    private void add(String key, PackageId id, Resolution resolution, String... dependencies) {
        packages.put(
                id,
                new LockedPackage(
                        id,
                        resolution,
                        Optional.empty(),
                        Constraint.unrestricted(),
                        Constraint.unrestricted(),
                        Constraint.unspecified(),
                        id.name().equals("rollup") ? new Bin.File("./dist/bin/rollup") : Bin.none(),
                        dependencies(dependencies),
                        Optional.empty(),
                        Place.of("bun.lock, line 1")));
        placements.put(key(key), new Placement(key(key), id, false));
    }

    private AddonHint nodePty() {
        BinaryFile binary = new BinaryFile(
                "prebuilds/linux-x64/pty.node",
                "elf",
                "linux",
                List.of("x64"),
                Optional.of("glibc"),
                Optional.empty(),
                List.of("libc.so.6"),
                Optional.empty(),
                Optional.of("2.28"),
                Optional.empty(),
                false);
        return new AddonHint(
                id("node-pty@1.0.0"),
                List.of(AddonKind.GYP_IMPLICIT),
                List.of(new Evidence(AddonKind.GYP_IMPLICIT, "binding.gyp", "says \"${x}\"")),
                new TreeMap<>(Map.of(
                        "x86_64-linux", Outcome.COMPILE,
                        "aarch64-linux", Outcome.COMPILE,
                        "x86_64-darwin", Outcome.COMPILE,
                        "aarch64-darwin", Outcome.COMPILE)),
                List.of("pkg-config"),
                List.of(),
                new TreeMap<>(Map.of("npm_config_build_from_source", "true")),
                List.of("node-addon-api"),
                Collections.emptySortedMap(),
                List.of(binary),
                BuildAdvice.none());
    }

    static Workspace workspace(String path, String name, String... dependencies) {
        return new Workspace(path, Optional.of(name), Optional.of("1.0.0"), Bin.none(), dependencies(dependencies));
    }

    static List<Dependency> dependencies(String... dependencies) {
        return Arrays.stream(new TreeSet<>(List.of(dependencies)).toArray(String[]::new))
                .map(text -> text.split(" "))
                .map(parts -> new Dependency(parts[1], "*", DependencyKind.valueOf(parts[0].toUpperCase(Locale.ROOT))))
                .toList();
    }

    static PackageId id(String text) {
        int at = text.lastIndexOf('@');
        return new PackageId(text.substring(0, at), text.substring(at + 1));
    }

    static PlacementKey key(String key) {
        return PlacementKey.parse(key).orElseThrow();
    }

    static Sri sha256(String text) {
        return Sri.ofContent(HashAlgorithm.SHA256, text.getBytes(StandardCharsets.UTF_8));
    }
}
