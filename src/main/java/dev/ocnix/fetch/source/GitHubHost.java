package dev.ocnix.fetch.source;

import dev.ocnix.fetch.archive.TarFormatException;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpFailure;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Revisions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** One repository on GitHub, or on a server that answers for it. */
final class GitHubHost {
    private static final int NOT_FOUND = 404;

    private final String repository;
    private final Http http;
    private final RemoteGit git;
    private final Path temporary;
    private final TreeLimits limits;

    /** @param repository the repository's URL, without {@code .git} and slash at its end */
    GitHubHost(String repository, Http http, Path temporary, TreeLimits limits) {
        this.repository = repository;
        this.http = http;
        this.git = new RemoteGit(repository + ".git", http, temporary, limits);
        this.temporary = temporary;
        this.limits = limits;
    }

    RefTable refs() throws OcnixException {
        return git.refs();
    }

    /** The commits that a short id can mean: those with a name, else what the archive of that id says. */
    SortedSet<String> commitsFrom(String shortId) throws OcnixException {
        SortedSet<String> named = git.refs().commitsFrom(shortId);
        return named.isEmpty() ? commitOfArchive(shortId) : named;
    }

    private SortedSet<String> commitOfArchive(String shortId) throws OcnixException {
        try {
            Optional<String> commit = http.get(archiveUrl(shortId), GitHubHost::commitOf);
            return new TreeSet<>(
                    commit.filter(id -> id.startsWith(shortId)).stream().toList());
        } catch (HttpFailure e) {
            if (isNotFound(e)) {
                return new TreeSet<>();
            }
            throw e;
        }
    }

    private static Optional<String> commitOf(InputStream body) throws IOException {
        try {
            return SourceArchive.commitOf(body);
        } catch (TarFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * The archive of a commit that may be given by a short id: where the server does not answer for those, one of the commits
     * with a name is meant.
     */
    SourceArchive archiveOf(String committish) throws OcnixException {
        if (Revisions.isCommit(committish)) {
            return archive(committish);
        }
        try {
            return archive(committish);
        } catch (OcnixException e) {
            SortedSet<String> commits = git.refs().commitsFrom(committish);
            if (commits.size() != 1) {
                throw e;
            }
            return archive(commits.iterator().next());
        }
    }

    /**
     * The archive of a commit.
     *
     * @param committish a full or short commit id
     * @throws OcnixException if there is none, or it holds another commit
     */
    SourceArchive archive(String committish) throws OcnixException {
        String url = archiveUrl(committish);
        SourceArchive archive;
        try {
            archive = http.get(url, body -> SourceArchive.read(body, url, temporary, limits));
        } catch (HttpFailure e) {
            throw isNotFound(e) ? notFound(committish, e) : e;
        }
        String actual = archive.commit().orElse("");
        if (actual.startsWith(committish) && !actual.isEmpty()) {
            return archive;
        }
        archive.tree().close();
        throw actual.isEmpty() ? Refusals.noComment(url) : Refusals.wrongCommit(url, actual, committish);
    }

    /**
     * Holds an archive to the trees of its commit, where the host gives them without files.
     *
     * @param ref a ref that is known to lead to the commit, or the commit itself
     * @return a sentence for the log
     * @throws OcnixException if a file of the archive is not the commit's
     */
    String compared(SourceArchive archive, String commit, String ref) throws OcnixException {
        try {
            return git.compare(archive.tree().root(), archiveUrl(commit), commit, ref)
                    .map(result -> result.sentence(commit))
                    .orElse("That the source's archive holds what commit " + commit + " has is the word of "
                            + repository + ", which gives no trees to check it by.");
        } catch (OcnixException e) {
            archive.tree().close();
            throw e;
        }
    }

    /**
     * The tree that a fetcher delivers: the archive's, unless some of its files are filled in with what moves. The archive does
     * not say with what they are, so the repository is asked for the commit itself.
     *
     * @param ref a ref that is known to lead to the commit, or the commit itself
     */
    Delivered deliver(SourceArchive archive, String ref) throws OcnixException {
        SourceTree tree = archive.tree();
        try {
            Marks marks = MarkReader.read(tree);
            if (marks.unknown().isEmpty() || archive.commit().isEmpty()) {
                return new Delivered(tree, GitTree.Form.ARCHIVE, marks);
            }
            Optional<Delivered> commit = commit(archive.commit().get(), ref);
            if (commit.isPresent() && commit.get().form() == GitTree.Form.CHECKOUT) {
                tree.close();
                return commit.get();
            }
            if (commit.isPresent()) {
                commit.get().close();
            }
            return new Delivered(tree, GitTree.Form.ARCHIVE, commit.isPresent() ? marks.withoutUnknown() : marks);
        } catch (OcnixException e) {
            tree.close();
            throw e;
        }
    }

    private Optional<Delivered> commit(String commit, String ref) {
        try {
            return Optional.of(git.tree(commit, ref, GitTree.Form.ARCHIVE));
        } catch (OcnixException e) {
            return Optional.empty();
        }
    }

    private String archiveUrl(String committish) {
        return repository + "/archive/" + committish + ".tar.gz";
    }

    private static boolean isNotFound(HttpFailure failure) {
        return failure.status().orElse(0) == NOT_FOUND;
    }

    private OcnixException notFound(String committish, HttpFailure cause) {
        try {
            git.refs();
        } catch (OcnixException e) {
            OcnixException refusal = new GoneException(
                    "There is no repository at " + repository
                            + " for us to see; check its name, or give credentials for its host in a <server> of"
                            + " settings.xml if it is private.",
                    archiveUrl(committish),
                    cause);
            refusal.addSuppressed(e);
            return refusal;
        }
        return new GoneException(Refusals.noCommit(committish, repository), archiveUrl(committish), cause);
    }
}
