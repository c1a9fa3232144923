package dev.ocnix.nix;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.SourcePin;
import dev.ocnix.model.Visible;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code source.nix}: the pinned source, or a path to it. */
final class SourceFile {
    private static final String COMMENT = "# Written by ocnix: the project's source.\n";

    private SourceFile() {}

    static FileContent of(TreeSource source) throws OcnixException {
        if (source instanceof TreeSource.Local local) {
            return FileContent.of(COMMENT + local(local));
        }
        TreeSource.Pinned pinned = (TreeSource.Pinned) source;
        if (pinned.isPrivateToMachine()) {
            return FileContent.of(COMMENT + argument(pinned.pin()));
        }
        return FileContent.of(COMMENT + NixPrinter.print(fetch(pinned.pin())) + "\n");
    }

    private static NixExpr fetch(SourcePin pin) throws OcnixException {
        if (pin.identity() instanceof SourceIdentity.GitHub gitHub) {
            NixExpr fetcher = new NixExpr.Ident("fetchFromGitHub");
            NixExpr given = gitHub(
                    gitHub.baseUrl(),
                    gitHub.owner(),
                    gitHub.repo(),
                    pin.commit(),
                    pin.narHash().toString(),
                    pin.cloned(),
                    "the source");
            return new NixExpr.Lambda(List.of("fetchFromGitHub"), true, new NixExpr.Call(fetcher, given));
        }
        SourceIdentity.Git git = (SourceIdentity.Git) pin.identity();
        NixExpr given = git(git.url(), pin.commit(), pin.narHash().toString(), "the source");
        return new NixExpr.Lambda(List.of("fetchgit"), true, new NixExpr.Call(new NixExpr.Ident("fetchgit"), given));
    }

    /** What {@code fetchFromGitHub} is given, without a name. */
    static NixExpr.Attrs gitHub(
            String base, String owner, String repo, String commit, String hash, boolean cloned, String what)
            throws OcnixException {
        SortedMap<String, NixExpr> entries = new TreeMap<>();
        if (!base.equals(SourceIdentity.GitHub.PUBLIC_HOST)) {
            entries.put("githubBase", NixExpr.text(RepositoryUrl.host(base, what)));
        }
        entries.put("owner", NixExpr.text(RepositoryUrl.name(owner, what)));
        entries.put("repo", NixExpr.text(RepositoryUrl.name(repo, what)));
        entries.put("rev", NixExpr.text(RepositoryUrl.commit(commit, what)));
        entries.put("hash", NixExpr.text(hash));
        // said aloud, since a tree must not change when a fetcher's default does; not so leaveDotGit, which
        // fetchFromGitHub
        // hands on to a fetcher that does not know it
        entries.put("fetchSubmodules", new NixExpr.Bool(false));
        if (cloned) {
            entries.put("forceFetchGit", new NixExpr.Bool(true));
        }
        return new NixExpr.Attrs(entries);
    }

    /** What {@code fetchgit} is given, without a name. */
    static NixExpr.Attrs git(String url, String commit, String hash, String what) throws OcnixException {
        SortedMap<String, NixExpr> entries = new TreeMap<>();
        entries.put("url", NixExpr.text(RepositoryUrl.checked(url, what)));
        entries.put("rev", NixExpr.text(RepositoryUrl.commit(commit, what)));
        entries.put("hash", NixExpr.text(hash));
        entries.put("fetchSubmodules", new NixExpr.Bool(false));
        entries.put("leaveDotGit", new NixExpr.Bool(false));
        return new NixExpr.Attrs(entries);
    }

    private static String argument(SourcePin pin) throws OcnixException {
        String message =
                "ocnix: this tree was generated from a repository on one machine, so pass src: a checkout of commit "
                        + RepositoryUrl.commit(pin.commit(), "the source")
                        + ", as in nix-build --arg src /path/to/checkout";
        return """
                {
                  src ? throw %s,
                  ...
                }:

                src
                """.formatted(NixPrinter.print(NixExpr.text(message)));
    }

    private static String local(TreeSource.Local local) throws OcnixException {
        String root = new NixExpr.RelativePath(rooted(local.path())).path();
        return """
                { lib, ... }:

                import ./lib/local-source.nix {
                  inherit lib;
                  root = %s;
                  excluded = %s;
                }
                """.formatted(root, NixPrinter.print(NixExpr.texts(excluded(local)), 1));
    }

    private static List<String> excluded(TreeSource.Local local) throws OcnixException {
        for (String path : local.excluded()) {
            SafePath.inSource(path, "the excluded paths");
        }
        return List.copyOf(local.excluded());
    }

    /** A path that Nix reads as one: {@code ..} alone would be two dots. */
    private static String rooted(String path) throws OcnixException {
        String prefixed = path.startsWith("..") ? path : "./" + path;
        String full = prefixed.replaceAll("/+$", "") + "/.";
        try {
            return new NixExpr.RelativePath(full).path();
        } catch (IllegalArgumentException e) {
            throw new OcnixException(
                    OcnixException.Fault.INPUT,
                    "The way from the output folder to the source, " + Visible.quoted(path)
                            + ", has a folder whose name no Nix path can hold; choose another ocnix.outputDirectory.",
                    e);
        }
    }
}
