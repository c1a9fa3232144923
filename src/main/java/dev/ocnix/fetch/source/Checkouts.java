package dev.ocnix.fetch.source;

import dev.ocnix.fetch.ManifestReader;
import dev.ocnix.hash.NarNode;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Revisions;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.UnjudgedException;
import dev.ocnix.model.Words;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches the dependencies that a lockfile takes from git and GitHub, and looks into them. */
public final class Checkouts {
    private static final String INSTEAD = "give it with overrides, from a fetchgit with fetchLFS = true";

    private final Sources sources;
    private final String gitHub;
    private final PackageVisitor.Factory visitors;
    private final Consumer<String> warnings;

    /**
     * @param gitHubMirror a server that answers for github.com in this run
     * @param warnings takes sentences about what is tolerated; may be called from several threads
     */
    public Checkouts(
            Sources sources,
            Optional<String> gitHubMirror,
            PackageVisitor.Factory visitors,
            Consumer<String> warnings) {
        this.sources = sources;
        this.gitHub = gitHubMirror.orElse(SourceIdentity.GitHub.PUBLIC_HOST);
        this.visitors = visitors;
        this.warnings = warnings;
    }

    /** Fetches a commit of GitHub's; the hash is that of {@code fetchFromGitHub}. */
    public CheckoutFacts fetch(PackageId id, Resolution.GitHub resolution) throws OcnixException {
        return named(id, () -> {
            String committish = resolution.committish().toLowerCase(Locale.ROOT);
            if (!Revisions.isCommit(committish) && !Revisions.isShort(committish)) {
                throw unpinned(resolution.committish());
            }
            GitHubHost host = sources.gitHub(gitHub, resolution.owner(), resolution.repo());
            SourceArchive archive = host.archiveOf(committish);
            String commit = archive.commit().orElse(committish);
            try (Delivered delivered = host.deliver(archive, commit)) {
                return facts(id, commit, delivered, delivered.form() == GitTree.Form.CHECKOUT);
            }
        });
    }

    /** Refuses what no run can fetch, without asking anybody. */
    public static void check(PackageId id, Resolution.Git resolution) throws OcnixException {
        named(id, () -> remote(resolution));
    }

    /** Fetches a commit of a git repository; the hash is that of {@code fetchgit} without submodules. */
    public CheckoutFacts fetch(PackageId id, Resolution.Git resolution) throws OcnixException {
        return named(id, () -> {
            GitUrl.Remote url = remote(resolution);
            String commit = resolution.commit().toLowerCase(Locale.ROOT);
            try (Delivered delivered = sources.git(url).tree(commit, commit, GitTree.Form.CHECKOUT)) {
                return facts(id, commit, delivered, false);
            }
        });
    }

    private static GitUrl.Remote remote(Resolution.Git resolution) throws OcnixException {
        if (!Revisions.isCommit(resolution.commit().toLowerCase(Locale.ROOT))) {
            throw unpinned(resolution.commit());
        }
        if (GitUrl.parse(resolution.url()) instanceof GitUrl.Remote remote) {
            return remote;
        }
        throw OcnixException.input("its repository " + resolution.url()
                + " is a folder of one machine; depend on a repository that others can reach.");
    }

    private interface Fetch<T> {
        T run() throws OcnixException;
    }

    private static <T> T named(PackageId id, Fetch<T> fetch) throws OcnixException {
        try {
            return fetch.run();
        } catch (OcnixException e) {
            String problem = "Could not fetch the dependency " + id + ": " + e.getMessage();
            throw e instanceof GoneException gone ? gone.as(problem) : new OcnixException(e.fault(), problem, e);
        }
    }

    private static OcnixException unpinned(String committish) {
        return OcnixException.input("the lockfile records \"" + committish
                + "\" for it, which is no commit; run bun install with a current Bun so that it records one.");
    }

    private CheckoutFacts facts(PackageId id, String commit, Delivered delivered, boolean cloned)
            throws OcnixException {
        SourceTree tree = delivered.tree();
        delivered.marks().warnings("The dependency " + id, INSTEAD).forEach(warnings);
        Submodules submodules = Submodules.in(tree);
        if (!submodules.isEmpty()) {
            warnings.accept(submodules.warning("The dependency " + id));
        }
        PackageVisitor visitor = visitors.open(id);
        try {
            SourceTree.Walk.files(tree.root(), "", (path, file) -> visit(visitor, path, file));
        } catch (IOException e) {
            throw OcnixException.outside(
                    "its files could not be read (" + Words.reason(e)
                            + "); see that the disk is not full, and run again.",
                    e);
        }
        PackageManifest manifest = manifest(id, tree);
        AddonFacts addon;
        try {
            addon = visitor.finish(manifest);
        } catch (UnjudgedException e) {
            throw OcnixException.outside(e.clause() + "; lock another commit of it, and report this one.", e);
        }
        return new CheckoutFacts(commit, tree.narHash(), manifest.keptOfCheckout(), addon, cloned);
    }

    private static void visit(PackageVisitor visitor, String path, NarNode.Regular file) throws IOException {
        try (InputStream content = file.content().open()) {
            visitor.file(path, file.executable(), file.size(), content);
        }
    }

    private PackageManifest manifest(PackageId id, SourceTree tree) throws OcnixException {
        Optional<PackageManifest> manifest =
                tree.read("package.json", ManifestReader.MAX_BYTES).flatMap(ManifestReader::read);
        if (manifest.isEmpty()) {
            warnings.accept(
                    "The dependency " + id
                            + " has no package.json that is a JSON object; it is treated as one without scripts and platform limits.");
        }
        return manifest.orElseGet(PackageManifest::empty);
    }
}
