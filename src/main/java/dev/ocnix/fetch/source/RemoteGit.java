package dev.ocnix.fetch.source;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.hash.NarNode;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FileUtils;

/**
 * A repository behind http(s), smart or dumb. What is fetched goes into a temporary repository: one commit without its history
 * where the server allows that, else all branches and tags.
 */
final class RemoteGit implements GitAccess {
    private static final int MAX_CAUSES = 20;
    private static final int CAPABILITIES = 8 << 10;
    private static final String PINNED = "refs/ocnix/pin";
    private static final List<RefSpec> EVERYTHING =
            List.of(new RefSpec("+refs/heads/*:refs/heads/*"), new RefSpec("+refs/tags/*:refs/tags/*"));

    private final String url;
    private final Http http;
    private final Path temporary;
    private final TreeLimits limits;

    RemoteGit(String url, Http http, Path temporary, TreeLimits limits) {
        this.url = url;
        this.http = http;
        this.temporary = temporary;
        this.limits = limits;
    }

    private interface Use<T> {
        T of(Repository repository) throws IOException, URISyntaxException, OcnixException;
    }

    private <T> T with(String purpose, Use<T> use) throws OcnixException {
        Optional<String> objection = http.objection(url);
        if (objection.isPresent()) {
            throw OcnixException.input("Refused to " + purpose + " " + url + ": it " + objection.get() + ".");
        }
        if (http.isOffline()) {
            throw Refusals.offline("The git repository " + url);
        }
        GitSystem.install();
        int attempt = 1;
        while (true) {
            try {
                return once(use);
            } catch (IOException | URISyntaxException e) {
                if (!http.asksAgain(e, url, attempt)) {
                    throw failure(purpose, e);
                }
                attempt++;
            } catch (OutOfMemoryError e) {
                throw new OcnixException(
                        OcnixException.Fault.INPUT,
                        "Could not " + purpose + " " + url
                                + ": what it sends needs more memory than this JVM has; pin another"
                                + " revision, or give Maven more (-Xmx in MAVEN_OPTS).",
                        e);
            }
        }
    }

    /** In a repository of its own, which is gone afterwards. */
    private <T> T once(Use<T> use) throws IOException, URISyntaxException, OcnixException {
        File folder = Files.createTempDirectory(temporary, "ocnix-git-").toFile();
        try (Repository repository = ReceivingRepository.of(folder)) {
            repository.create(true);
            withoutGarbageCollection(repository.getConfig());
            return use.of(repository);
        } finally {
            FileUtils.delete(folder, FileUtils.RECURSIVE | FileUtils.RETRY);
        }
    }

    private OcnixException failure(String purpose, Exception failure) {
        return failure instanceof NoRemoteRepositoryException
                ? new GoneException(
                        "There is no git repository at " + url + "; check the repository's address, or the mirror's.",
                        url,
                        failure)
                : OcnixException.outside("Could not " + purpose + " " + url + ": " + reason(failure), failure);
    }

    /** JGit would start it in the background after a fetch, while we delete the repository. */
    private static void withoutGarbageCollection(StoredConfig config) throws IOException {
        config.setInt("gc", null, "auto", 0);
        config.setInt("gc", null, "autoPackLimit", 0);
        config.setBoolean("gc", null, "autoDetach", false);
        config.save();
    }

    /** In our own words where the connection failed; JGit's, which begin with the address, where it did not like an answer. */
    private String reason(Exception failure) {
        Throwable root = failure;
        Optional<IOException> connection = Optional.empty();
        for (int depth = 0; depth < MAX_CAUSES; depth++) {
            if (root instanceof IOException io && !(root instanceof TransportException)) {
                connection = Optional.of(io);
            }
            if (root.getCause() == null) {
                break;
            }
            root = root.getCause();
        }
        String text = String.valueOf(root.getMessage()).strip();
        if (text.contains("CredentialsProvider") || text.contains("not authorized")) {
            return "there is no such repository, or it is private: give credentials for its host in a <server> of settings.xml.";
        }
        return connection
                .map(io -> "it " + http.reason(io, url))
                .orElseGet(() -> Visible.of(text.replace(url + ": ", "").replaceAll("\\s+", " "))
                        + "; check the address, the network and the proxy, and run again.");
    }

    private Transport open(Repository repository) throws IOException, URISyntaxException {
        Transport transport = Transport.open(repository, new URIish(url));
        if (!(transport instanceof TransportHttp overHttp)) {
            transport.close();
            throw new TransportException("only http and https are spoken");
        }
        overHttp.setHttpConnectionFactory(http.gitConnections());
        overHttp.setTagOpt(TagOpt.NO_TAGS);
        return overHttp;
    }

    @Override
    public RefTable refs() throws OcnixException {
        return with("list the refs of", repository -> {
            try (Transport transport = open(repository);
                    FetchConnection connection = transport.openFetch()) {
                return new RefTable(connection.getRefs());
            }
        });
    }

    @Override
    public SortedSet<String> commitsFrom(String shortId) throws OcnixException {
        return refs().commitsFrom(shortId);
    }

    @Override
    public Delivered tree(String commit, String ref, GitTree.Form form) throws OcnixException {
        return with("fetch from", repository -> {
            try {
                fetch(repository, List.of(new RefSpec("+" + ref + ":" + PINNED)), 1);
            } catch (TransportException e) {
                if (Http.isBodyBroken(e)) {
                    throw e;
                }
                fetchEverything(repository, e);
            }
            return GitAccess.read(repository, commit, form, url, temporary, limits);
        });
    }

    /**
     * Compares an archive with its commit, of which the trees are fetched and no file.
     *
     * @param ref as {@link #tree} takes it
     * @return empty if the server gives no trees alone
     * @throws OcnixException if a file of the archive is not the commit's
     */
    Optional<ArchiveCheck.Result> compare(NarNode.Directory archive, String origin, String commit, String ref)
            throws OcnixException {
        if (!filters()) {
            return Optional.empty();
        }
        return with("fetch from", repository -> {
            try (Transport transport = open(repository)) {
                transport.setDepth(1);
                transport.setFilterSpec(FilterSpec.fromFilterLine("blob:none"));
                transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec("+" + ref + ":" + PINNED)));
            } catch (TransportException e) {
                return Optional.empty();
            }
            try (ObjectReader reader = repository.newObjectReader();
                    RevWalk walk = new RevWalk(reader)) {
                RevCommit parsed = walk.parseCommit(ObjectId.fromString(commit));
                return Optional.of(ArchiveCheck.compare(archive, reader, parsed.getTree(), origin, commit));
            }
        });
    }

    /** Whether the server's list of refs says that it leaves out what it is asked to. */
    private boolean filters() {
        try {
            String head = http.get(
                    url + "/info/refs?service=git-upload-pack",
                    body -> new String(body.readNBytes(CAPABILITIES), StandardCharsets.ISO_8859_1));
            int start = head.indexOf('\0');
            int end = head.indexOf('\n', Math.max(start, 0));
            return start >= 0 && (head.substring(start + 1, end < 0 ? head.length() : end) + " ").contains(" filter ");
        } catch (OcnixException e) {
            return false;
        }
    }

    /** Some servers give no commit but those with a name, and dumb ones give no shallow history. */
    private void fetchEverything(Repository repository, TransportException first)
            throws IOException, URISyntaxException {
        try {
            fetch(repository, EVERYTHING, Constants.INFINITE_DEPTH);
        } catch (TransportException e) {
            e.addSuppressed(first);
            throw e;
        }
    }

    private void fetch(Repository repository, List<RefSpec> specs, int depth) throws IOException, URISyntaxException {
        try (Transport transport = open(repository)) {
            if (depth != Constants.INFINITE_DEPTH) {
                transport.setDepth(depth);
            }
            transport.fetch(NullProgressMonitor.INSTANCE, specs);
        }
    }
}
