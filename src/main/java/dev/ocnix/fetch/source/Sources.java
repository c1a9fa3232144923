package dev.ocnix.fetch.source;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Revisions;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.SourcePin;
import dev.ocnix.model.Words;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Fetches pinned sources. Whichever way the bytes travel, the same pin gives the same files and the same NAR hash: those of
 * the archive for a GitHub repository ({@code fetchFromGitHub}), those of a checkout for a git URL ({@code fetchgit} without
 * submodules).
 */
public final class Sources {
    private final Http http;
    private final Path temporary;
    private final TreeLimits limits;

    /** @param temporary a folder for private temporary files */
    public Sources(Http http, Path temporary, TreeLimits limits) {
        this.http = http;
        this.temporary = temporary;
        this.limits = limits;
    }

    /**
     * Fetches a source.
     *
     * @throws OcnixException if the revision is no pin, is not there, has moved, or cannot be had
     */
    public FetchedSource fetch(SourceRequest request) throws OcnixException {
        Transport transport = request.transport();
        if (transport instanceof Transport.GitMirror mirror) {
            return fromGit(request, GitUrl.parseMirror(mirror.location()));
        }
        if (transport instanceof Transport.Directory directory) {
            return fromDirectory(request, directory.path());
        }
        if (transport instanceof Transport.Archive archive) {
            return fromArchive(request, archive.path());
        }
        if (request.identity() instanceof SourceIdentity.GitHub gitHub) {
            String base = transport instanceof Transport.GitHubMirror mirror ? mirror.baseUrl() : gitHub.baseUrl();
            return fromGitHub(request, gitHub, base);
        }
        return fromGit(request, GitUrl.parse(((SourceIdentity.Git) request.identity()).url()));
    }

    /**
     * The commit that a revision means today. Only names are asked for, nothing is fetched.
     *
     * @return empty if the source comes from an archive, which knows no names
     * @throws OcnixException if the revision is no pin, is not there, has moved, or cannot be asked for
     */
    public Optional<String> commitOf(SourceRequest request) throws OcnixException {
        if (request.transport() instanceof Transport.Archive) {
            return Optional.empty();
        }
        GitAccess git = names(request);
        return Optional.of(new PinResolver(
                        request.identity().describe(),
                        place(request.transport()),
                        request.setting(),
                        git::refs,
                        git::commitsFrom)
                .resolve(request.revision(), request.knownCommit())
                .commit());
    }

    /**
     * All tags and the commits that they mean.
     *
     * @throws OcnixException if they cannot be had, or the source comes from an archive, which knows none
     */
    public SortedMap<String, String> tags(SourceIdentity identity, Transport transport) throws OcnixException {
        if (transport instanceof Transport.Archive) {
            throw OcnixException.input("An archive does not say which tags there are; leave ocnix.sourceArchive out, or"
                    + " name the revision.");
        }
        return names(new SourceRequest(identity, "", Optional.empty(), transport))
                .refs()
                .tags();
    }

    private GitAccess names(SourceRequest request) throws OcnixException {
        Transport transport = request.transport();
        if (transport instanceof Transport.GitMirror mirror) {
            return git(GitUrl.parseMirror(mirror.location()));
        }
        if (transport instanceof Transport.Directory directory) {
            return git(new GitUrl.Folder(directory.path()));
        }
        if (request.identity() instanceof SourceIdentity.GitHub gitHub) {
            String base = transport instanceof Transport.GitHubMirror mirror ? mirror.baseUrl() : gitHub.baseUrl();
            String url = GitHubNames.url(base, gitHub.owner(), gitHub.repo()) + ".git";
            return new RemoteGit(url, http, temporary, limits);
        }
        return git(GitUrl.parse(((SourceIdentity.Git) request.identity()).url()));
    }

    /** The place that is asked instead of the origin, and the parameter that names it: after the origin, in messages. */
    private static String place(Transport transport) {
        if (transport instanceof Transport.GitMirror mirror) {
            return " as " + mirror.location() + " has it (ocnix.gitMirror)";
        }
        if (transport instanceof Transport.Directory directory) {
            return " as " + directory.path() + " has it (ocnix.sourceDirectory)";
        }
        return transport instanceof Transport.GitHubMirror mirror
                ? " as " + mirror.baseUrl() + " has it (ocnix.githubMirror)"
                : "";
    }

    private FetchedSource fromGitHub(SourceRequest request, SourceIdentity.GitHub identity, String base)
            throws OcnixException {
        GitHubHost host = gitHub(base, identity.owner(), identity.repo());
        if (http.isOffline()) {
            throw Refusals.offline("Revision " + request.revision() + " of " + identity.describe());
        }
        PinResolver.Pin pin = new PinResolver(
                        identity.describe(),
                        place(request.transport()),
                        request.setting(),
                        host::refs,
                        host::commitsFrom)
                .resolve(request.revision(), request.knownCommit());
        SourceArchive archive = host.archive(pin.commit());
        String compared = host.compared(archive, pin.commit(), pin.ref());
        return source(request, pin.commit(), pin.tag(), host.deliver(archive, pin.ref()), List.of())
                .with(compared);
    }

    private FetchedSource fromGit(SourceRequest request, GitUrl url) throws OcnixException {
        GitAccess git = git(url);
        PinResolver.Pin pin = new PinResolver(
                        request.identity().describe(),
                        place(request.transport()),
                        request.setting(),
                        git::refs,
                        git::commitsFrom)
                .resolve(request.revision(), request.knownCommit());
        GitTree.Form form =
                request.identity() instanceof SourceIdentity.GitHub ? GitTree.Form.ARCHIVE : GitTree.Form.CHECKOUT;
        return source(request, pin.commit(), pin.tag(), git.tree(pin.commit(), pin.ref(), form), List.of());
    }

    private FetchedSource fromDirectory(SourceRequest request, Path folder) throws OcnixException {
        if (!Files.exists(folder.resolve(".git"))) {
            throw OcnixException.input("The source directory " + folder
                    + " is no git work tree; give a clone, or leave out ocnix.repository and ocnix.revision to convert the"
                    + " folder as it is.");
        }
        return fromGit(request, new GitUrl.Folder(folder));
    }

    private FetchedSource fromArchive(SourceRequest request, Path file) throws OcnixException {
        if (request.identity() instanceof SourceIdentity.Git) {
            throw OcnixException.input(
                    "The archive " + file
                            + " cannot stand for a git URL, since archives may leave files out; use ocnix.gitMirror with a clone.");
        }
        SourceArchive archive = readArchive(file);
        try {
            return pinnedArchive(request, archive, file);
        } catch (OcnixException e) {
            archive.tree().close();
            throw e;
        }
    }

    private SourceArchive readArchive(Path file) throws OcnixException {
        if (!Files.isRegularFile(file)) {
            throw OcnixException.input("There is no archive " + file
                    + "; set ocnix.sourceArchive to a complete tar.gz as GitHub makes it.");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return SourceArchive.read(in, file.toString(), temporary, limits);
        } catch (IOException e) {
            throw new OcnixException(
                    OcnixException.Fault.INPUT,
                    "The archive " + file + " could not be read (" + Words.reason(e)
                            + "); give a complete tar.gz as GitHub makes it.",
                    e);
        }
    }

    private static FetchedSource pinnedArchive(SourceRequest request, SourceArchive archive, Path file)
            throws OcnixException {
        String commit = archive.commit().orElseThrow(() -> Refusals.noComment(file.toString()));
        String revision = request.revision().toLowerCase(Locale.ROOT);
        if (Revisions.isCommit(revision)) {
            if (!revision.equals(commit)) {
                throw Refusals.wrongCommit(file.toString(), commit, revision);
            }
            return source(request, commit, Optional.empty(), delivered(archive), List.of(ownWord(file, commit)));
        }
        if (request.knownCommit().isPresent() && !request.knownCommit().get().equals(commit)) {
            throw Refusals.wrongCommit(
                    file.toString(), commit, request.knownCommit().get());
        }
        List<String> warnings = request.knownCommit().isPresent()
                ? List.of(ownWord(file, commit))
                : List.of(
                        ownWord(file, commit),
                        "That " + request.revision() + " is commit " + commit
                                + " was taken from you: an archive does not name its tag.");
        return source(request, commit, Optional.of(request.revision()), delivered(archive), warnings);
    }

    /** A comment in a header, which anybody can write over any content. */
    private static String ownWord(Path file, String commit) {
        return "That the content of " + file + " is that of commit " + commit
                + " is the archive's own word, which nothing here can check; a build that fetches the source ends if it is not."
                + " With ocnix.gitMirror, a clone is held to the commit.";
    }

    private static Delivered delivered(SourceArchive archive) throws OcnixException {
        return new Delivered(archive.tree(), GitTree.Form.ARCHIVE, MarkReader.read(archive.tree()));
    }

    /** Pins a tree, or closes it. */
    private static FetchedSource source(
            SourceRequest request, String commit, Optional<String> tag, Delivered delivered, List<String> warnings)
            throws OcnixException {
        SourceTree tree = delivered.tree();
        try {
            boolean cloned =
                    request.identity() instanceof SourceIdentity.GitHub && delivered.form() == GitTree.Form.CHECKOUT;
            SourcePin pin = new SourcePin(request.identity(), tag.orElse(commit), tag, commit, tree.narHash(), cloned);
            return new FetchedSource(pin, tree, Submodules.in(tree), delivered.marks(), warnings);
        } catch (OcnixException e) {
            tree.close();
            throw e;
        }
    }

    GitHubHost gitHub(String base, String owner, String repo) throws OcnixException {
        return new GitHubHost(GitHubNames.url(base, owner, repo), http, temporary, limits);
    }

    GitAccess git(GitUrl url) {
        return url instanceof GitUrl.Folder folder
                ? new LocalGit(folder.path(), temporary, limits)
                : new RemoteGit(((GitUrl.Remote) url).url(), http, temporary, limits);
    }
}
