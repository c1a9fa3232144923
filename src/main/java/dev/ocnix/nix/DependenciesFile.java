package dev.ocnix.nix;

import dev.ocnix.model.Bin;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code dependencies.nix}: what each locked package is fetched from. */
final class DependenciesFile {
    private static final String COMMENT = "# Written by ocnix: one entry per locked package.\n";
    private static final List<String> FETCHERS = List.of("fetchurl", "fetchgit", "fetchFromGitHub", "fromSource");

    private DependenciesFile() {}

    /**
     * All entries.
     *
     * @param patches path in the tree of each patch
     * @throws OcnixException with the problems of all packages
     */
    static FileContent of(TreeInput input, Map<PackageId, String> patches) throws OcnixException {
        SortedMap<String, NixExpr> entries = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        Set<PackageId> onlyBundled = NixTree.onlyBundled(input);
        for (Map.Entry<PackageId, DependencySource> source : input.sources().entrySet()) {
            PackageId id = source.getKey();
            if (onlyBundled.contains(id)) {
                continue;
            }
            try {
                SortedMap<String, NixExpr> entry = new TreeMap<>();
                LockedPackage locked = input.lockfile().packages().get(id);
                if (locked == null) {
                    throw new IllegalArgumentException(id + " is not in the lockfile");
                }
                entry.put(
                        "pname",
                        NixExpr.text(FetchName.folder(new PackageId(id.name(), ""), "")
                                .replaceAll("-$", "")));
                entry.put("version", NixExpr.text(version(locked, source.getValue())));
                entry.put("src", source(id, source.getValue()));
                Optional.ofNullable(input.platforms().get(id)).ifPresent(limits -> platforms(limits, entry));
                Optional.ofNullable(input.licenses().get(id))
                        .ifPresent(terms -> entry.put("license", NixExpr.text(terms)));
                Optional.ofNullable(patches.get(id))
                        .ifPresent(path ->
                                entry.put("patch", new NixExpr.ListOf(List.of(new NixExpr.RelativePath("./" + path)))));
                bin(locked.bin(), entry);
                entries.put(id.toString(), new NixExpr.Attrs(entry));
            } catch (OcnixException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new OcnixException(OcnixException.Fault.INPUT, problems);
        }
        NixExpr file = new NixExpr.Lambda(FETCHERS, false, new NixExpr.Attrs(entries));
        return FileContent.of(COMMENT + NixPrinter.print(file) + "\n");
    }

    private static String version(LockedPackage locked, DependencySource source) {
        if (locked.resolution() instanceof Resolution.Npm npm) {
            return FetchName.sanitise(npm.version());
        }
        if (source instanceof DependencySource.GitHub gitHub) {
            return FetchName.sanitise(gitHub.commit());
        }
        if (source instanceof DependencySource.Git git) {
            return FetchName.sanitise(git.commit());
        }
        return FetchName.sanitise(locked.id().resolution());
    }

    private static NixExpr source(PackageId id, DependencySource source) throws OcnixException {
        if (source instanceof DependencySource.Tarball tarball) {
            SortedMap<String, NixExpr> given = new TreeMap<>();
            given.put("name", NixExpr.text(FetchName.tarball(id)));
            given.put("url", NixExpr.text(tarball.url().text()));
            given.put("hash", NixExpr.text(tarball.hash().toString()));
            return call("fetchurl", given);
        }
        String what = "package " + id;
        if (source instanceof DependencySource.GitHub from) {
            NixExpr.Attrs given = SourceFile.gitHub(
                    from.baseUrl(),
                    from.owner(),
                    from.repo(),
                    from.commit(),
                    from.narHash().toString(),
                    from.cloned(),
                    what);
            SortedMap<String, NixExpr> entries = named(given, FetchName.folder(id, from.commit()));
            // part of the contract; the builder takes it out again, since nixpkgs' function fails on it
            entries.put("leaveDotGit", new NixExpr.Bool(false));
            return call("fetchFromGitHub", entries);
        }
        if (source instanceof DependencySource.Git from) {
            NixExpr.Attrs given =
                    SourceFile.git(from.url(), from.commit(), from.narHash().toString(), what);
            return call("fetchgit", named(given, FetchName.folder(id, from.commit())));
        }
        DependencySource.FromSource from = (DependencySource.FromSource) source;
        SortedMap<String, NixExpr> given = new TreeMap<>();
        given.put("name", NixExpr.text(from.folder() ? FetchName.folder(id, "folder") : FetchName.tarball(id)));
        given.put("path", NixExpr.text(SafePath.inSource(from.path(), what)));
        from.hash().ifPresent(hash -> given.put("hash", NixExpr.text(hash.toString())));
        given.put("folder", new NixExpr.Bool(from.folder()));
        return call("fromSource", given);
    }

    private static NixExpr call(String fetcher, SortedMap<String, NixExpr> given) {
        return new NixExpr.Call(new NixExpr.Ident(fetcher), new NixExpr.Attrs(given));
    }

    private static SortedMap<String, NixExpr> named(NixExpr.Attrs given, String name) {
        SortedMap<String, NixExpr> entries = new TreeMap<>(given.entries());
        entries.put("name", NixExpr.text(name));
        return entries;
    }

    private static void platforms(PlatformLimits limits, SortedMap<String, NixExpr> entry) {
        limits.os().ifPresent(names -> entry.put("os", NixExpr.texts(names)));
        limits.cpu().ifPresent(names -> entry.put("cpu", NixExpr.texts(names)));
        limits.libc().ifPresent(names -> entry.put("libc", NixExpr.texts(names)));
    }

    /** Writes {@code bin} or {@code binDir}, without what Bun does not link either. */
    static void bin(Bin bin, SortedMap<String, NixExpr> entry) {
        if (bin instanceof Bin.File file) {
            BinNames.target(file.path()).ifPresent(path -> entry.put("bin", NixExpr.text(path)));
        } else if (bin instanceof Bin.Dir dir) {
            BinNames.target(dir.path()).ifPresent(path -> entry.put("binDir", NixExpr.text(path)));
        } else if (bin instanceof Bin.Named named) {
            SortedMap<String, NixExpr> commands = new TreeMap<>();
            for (Bin.Command command : named.commands()) {
                Optional<String> path = BinNames.target(command.path());
                Optional<String> name = BinNames.command(command.name());
                if (path.isPresent() && name.isPresent()) {
                    commands.putIfAbsent(name.get(), NixExpr.text(path.get()));
                }
            }
            if (!commands.isEmpty()) {
                entry.put("bin", new NixExpr.Attrs(commands));
            }
        }
    }
}
