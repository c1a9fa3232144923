package dev.ocnix.pipeline;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.source.FetchedSource;
import dev.ocnix.fetch.source.LocalSource;
import dev.ocnix.fetch.source.Marks;
import dev.ocnix.fetch.source.RecordingFiles;
import dev.ocnix.fetch.source.ReplayedFiles;
import dev.ocnix.fetch.source.Snapshot;
import dev.ocnix.fetch.source.SourceCache;
import dev.ocnix.fetch.source.SourceRequest;
import dev.ocnix.fetch.source.SourceTree;
import dev.ocnix.fetch.source.Sources;
import dev.ocnix.fetch.source.Submodules;
import dev.ocnix.fetch.source.Transport;
import dev.ocnix.fetch.source.TreeLimits;
import dev.ocnix.fetch.worktree.SecretNames;
import dev.ocnix.fetch.worktree.WorkTreeFiles;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Revisions;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.Words;
import dev.ocnix.nix.BuilderFiles;
import dev.ocnix.nix.TreeManifest;
import dev.ocnix.nix.TreeSource;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The project that is converted: from the cache if an earlier run saw the same pin, else fetched, else a local folder. */
final class ProjectSource {
    private static final String INSTEAD = "pass src from a fetchgit with fetchLFS = true";

    private static final int SHOWN = 10;

    private final ConversionRequest request;
    private final Sources sources;
    private final SourceCache cache;
    private final Listener listener;
    private final boolean forTree;
    private boolean fetched;

    /** @param forTree whether the source's hash is for a tree, so that it must be the one of what is fetched */
    ProjectSource(ConversionRequest request, Http http, Listener listener, boolean forTree) {
        this.forTree = forTree;
        this.request = request;
        this.sources = sources(http);
        this.cache = new SourceCache(request.cacheDirectory().resolve("sources"));
        this.listener = listener;
    }

    /** How sources and git dependencies are fetched, with temporary files where the JVM keeps them. */
    static Sources sources(Http http) {
        return new Sources(http, Path.of(System.getProperty("java.io.tmpdir")), TreeLimits.standard());
    }

    /** What is done with the source's files while they are there. */
    interface Reader<T> {
        T read(TreeSource source, SourceFiles files) throws OcnixException;
    }

    /**
     * Reads the source; the reader starts anew if what the cache holds turns out to be too little.
     *
     * @param previous says which commit a tag meant when the tree was written
     */
    <T> T read(PreviousTree previous, Reader<T> reader) throws OcnixException {
        if (request.source() instanceof SourceChoice.Pinned pinned) {
            return pinned(pinned, previous, reader);
        }
        return local(((SourceChoice.Local) request.source()).directory(), reader);
    }

    /** Whether the source did not come from the cache, so that its names were asked for. */
    boolean isFetched() {
        return fetched;
    }

    private <T> T pinned(SourceChoice.Pinned choice, PreviousTree previous, Reader<T> reader) throws OcnixException {
        String lower = choice.revision().toLowerCase(Locale.ROOT);
        Optional<String> known = Revisions.isCommit(lower)
                ? Optional.of(lower)
                : previous.commitOf(choice.identity().describe(), choice.revision());
        if (known.isEmpty()) {
            return seen(choice, previous, reader);
        }
        Optional<Snapshot> snapshot = known.flatMap(commit -> cache.find(choice.identity(), commit));
        if (snapshot.isPresent()) {
            try {
                return replayed(choice, snapshot.get(), reader);
            } catch (ReplayedFiles.Unrecorded e) {
                listener.debug(e.getMessage());
            }
        }
        return fetched(choice, known, previous, reader);
    }

    /** A tag that no tree pins: what it means is asked, and only if it is what it was is the source at hand. */
    private <T> T seen(SourceChoice.Pinned choice, PreviousTree previous, Reader<T> reader) throws OcnixException {
        Optional<String> before = cache.commitOf(choice.identity(), choice.revision());
        Optional<Snapshot> snapshot = before.flatMap(commit -> cache.find(choice.identity(), commit));
        boolean isNear = !(choice.transport() instanceof Transport.Origin)
                && !(choice.transport() instanceof Transport.GitHubMirror);
        if (snapshot.isPresent()
                && !isNear
                && (request.offline() || before.equals(sources.commitOf(choice.request(Optional.empty()))))) {
            try {
                T result = replayed(choice, snapshot.get(), reader);
                fetched = !request.offline();
                return result;
            } catch (ReplayedFiles.Unrecorded e) {
                listener.debug(e.getMessage());
            }
        }
        return fetched(choice, Optional.empty(), previous, reader);
    }

    private <T> T replayed(SourceChoice.Pinned choice, Snapshot snapshot, Reader<T> reader) throws OcnixException {
        consider(choice, snapshot.submodules());
        tell(choice, snapshot.marks());
        return reader.read(new TreeSource.Pinned(snapshot.pin(choice.revision())), snapshot.files());
    }

    /** Submodules are left out only if the user asked for that. */
    private void consider(SourceChoice.Pinned choice, Submodules submodules) throws OcnixException {
        String origin = choice.identity().describe();
        if (!submodules.isEmpty() && !choice.omitsSubmodules()) {
            throw submodules.refusal(origin);
        }
        if (!submodules.isEmpty()) {
            listener.warn(submodules.warning(origin));
        }
    }

    private void tell(SourceChoice.Pinned choice, Marks marks) {
        marks.warnings(choice.identity().describe(), INSTEAD).forEach(listener::warn);
    }

    /**
     * A clone has the pointers of Git LFS, and an archive of the same commit may have the content. Which of them a tree fetches
     * is known where one was generated before.
     */
    private static boolean isUnsure(SourceChoice.Pinned choice, FetchedSource source, PreviousTree previous) {
        boolean isClone =
                choice.transport() instanceof Transport.GitMirror || choice.transport() instanceof Transport.Directory;
        boolean isArchive = choice.identity() instanceof SourceIdentity.GitHub
                && !source.pin().cloned();
        boolean isKnown = previous.manifest()
                .flatMap(TreeManifest::narHash)
                .equals(Optional.of(source.pin().narHash().toString()));
        return isClone && isArchive && !isKnown && !source.marks().pointers().isEmpty();
    }

    private <T> T fetched(SourceChoice.Pinned choice, Optional<String> known, PreviousTree previous, Reader<T> reader)
            throws OcnixException {
        SourceRequest wanted = choice.request(known);
        listener.info("Fetching " + wanted.identity().describe() + " at " + wanted.revision() + ".");
        try (FetchedSource source = sources.fetch(wanted)) {
            fetched = true;
            source.warnings().forEach(listener::warn);
            source.notes().forEach(listener::info);
            consider(choice, source.submodules());
            boolean isUnsure = isUnsure(choice, source, previous);
            if (isUnsure && forTree) {
                throw source.marks().refusal(choice.identity().describe());
            }
            tell(choice, source.marks());
            RecordingFiles files = new RecordingFiles(source.files());
            try {
                return reader.read(new TreeSource.Pinned(source.pin()), files);
            } finally {
                if (!isUnsure) {
                    remember(source, files);
                }
            }
        }
    }

    /** The cache only saves time: a run whose cache cannot be written goes on. */
    private void remember(FetchedSource source, RecordingFiles files) {
        try {
            cache.store(source, files);
        } catch (OcnixException e) {
            listener.warn(e.getMessage());
        }
    }

    /** What a build will not see of the project. */
    private void tell(WorkTreeFiles seen) throws OcnixException {
        SecretNames names = SecretNames.of(BuilderFiles.secretNames());
        SortedSet<String> secrets = seen.secrets(names);
        if (!secrets.isEmpty()) {
            listener.warn("By their names these files hold secrets, so no build gets them: "
                    + Words.few(secrets, SHOWN)
                    + "; give what the application needs when it runs, or in the environment of a profile.");
        }
        SortedSet<String> unseen = new TreeSet<>(seen.unseen());
        unseen.removeIf(names::isSecret);
        if (!unseen.isEmpty()) {
            listener.warn("Git does not track " + Words.few(unseen, SHOWN)
                    + ", and a build sees what git tracks; git add what belongs to the project.");
        }
    }

    private <T> T local(Path directory, Reader<T> reader) throws OcnixException {
        Path project = directory.toAbsolutePath().normalize();
        Path tree = request.outputDirectory().toAbsolutePath().normalize();
        if (tree.equals(project)) {
            throw OcnixException.input("ocnix.outputDirectory is the project's own folder, " + project
                    + ", and a tree is no part of its source; set it to a folder of its own, such as nix.");
        }
        String path = tree.relativize(project).toString().replace('\\', '/');
        SortedSet<String> excluded = new TreeSet<>(LocalSource.NOT_ON_TOP);
        if (tree.startsWith(project)) {
            excluded.add(project.relativize(tree).toString().replace('\\', '/'));
        }
        try (SourceTree files = LocalSource.open(project, excluded, TreeLimits.standard())) {
            Marks.in(files).warningOfCheckout().ifPresent(listener::warn);
            WorkTreeFiles seen = new WorkTreeFiles(files, project);
            T result = reader.read(new TreeSource.Local(path.isEmpty() ? "." : path, excluded), seen);
            tell(seen);
            return result;
        }
    }
}
