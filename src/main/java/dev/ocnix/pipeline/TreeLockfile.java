package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.CacheDirectory;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.fetch.source.FetchedSource;
import dev.ocnix.fetch.source.ReplayedFiles;
import dev.ocnix.fetch.source.Snapshot;
import dev.ocnix.fetch.source.SourceCache;
import dev.ocnix.fetch.source.SourceRequest;
import dev.ocnix.fetch.source.Transport;
import dev.ocnix.hash.Sri;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.nix.TreeManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lockfile that a generated tree was made from: where its pin leads, from the cache or fetched, or beside the tree. */
final class TreeLockfile {
    private static final Pattern ON_GITHUB = Pattern.compile("(?:(https?://[^/\\s]+)/)?([^/:\\s]+)/([^/:\\s]+)");
    /** What stands beside a lockfile and names registries. */
    private static final List<String> SETTINGS = List.of(".npmrc", "bunfig.toml");

    private static final int MAX_SETTINGS = 1 << 20;

    private final Path tree;
    private final Path cacheDirectory;
    private final Transport transport;
    private final HttpSettings settings;

    /**
     * @param tree its folder
     * @param transport how a source that the cache lacks is fetched
     */
    TreeLockfile(Path tree, Path cacheDirectory, Transport transport, HttpSettings settings) {
        this.tree = tree;
        this.cacheDirectory = cacheDirectory;
        this.transport = transport;
        this.settings = settings;
    }

    /**
     * A lockfile and what stands beside it.
     *
     * @param name how messages call it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(String name, byte[] content, SourceFiles beside) {}

    /** Whether a folder holds a tree and no lockfile. */
    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(TreeManifest.FILE_NAME))
                && !Files.exists(folder.resolve(LockfileKind.TEXT.fileName()))
                && !Files.exists(folder.resolve(LockfileKind.BINARY.fileName()));
    }

    /** @throws OcnixException if the tree does not say which lockfile, or it cannot be had */
    Found find() throws OcnixException {
        Path file = tree.resolve(TreeManifest.FILE_NAME);
        TreeManifest manifest =
                TreeManifest.read(PreviousTree.read(file).orElseGet(() -> new byte[0]), file.toString());
        String path = manifest.lockfilePath().orElseThrow(() -> unknown(file));
        if (manifest.sourcePath().isPresent()) {
            FolderFiles beside = new FolderFiles(
                    Optional.of(tree.resolve(manifest.sourcePath().get())));
            return found(path, beside, file);
        }
        String commit = manifest.commit().orElseThrow(() -> unknown(file));
        List<SourceIdentity> identities = identities(manifest.repository().orElse(""));
        if (identities.isEmpty()) {
            throw unknown(file);
        }
        CacheDirectory.require(cacheDirectory);
        SourceCache cache = new SourceCache(cacheDirectory.resolve("sources"));
        for (SourceIdentity identity : identities) {
            Optional<Snapshot> known = cache.find(identity, commit);
            if (known.isPresent()) {
                try {
                    return found(path, known.get().files(), file);
                } catch (ReplayedFiles.Unrecorded e) {
                    // fetched below
                }
            }
        }
        return fetched(identities.get(identities.size() - 1), commit, path, file);
    }

    private Found fetched(SourceIdentity identity, String commit, String path, Path file) throws OcnixException {
        try (Http http = new Http(settings);
                FetchedSource source = ProjectSource.sources(http)
                        .fetch(new SourceRequest(identity, commit, Optional.of(commit), transport))) {
            return found(path, source.files(), file);
        }
    }

    /** What a tree's words for its repository can mean: one on GitHub, or any by its URL. */
    private static List<SourceIdentity> identities(String repository) {
        List<SourceIdentity> identities = new ArrayList<>();
        Matcher parts = ON_GITHUB.matcher(repository);
        if (parts.matches()) {
            String host = Optional.ofNullable(parts.group(1)).orElse(SourceIdentity.GitHub.PUBLIC_HOST);
            identities.add(new SourceIdentity.GitHub(host, parts.group(2), parts.group(3)));
        }
        if (repository.contains("://") && !repository.startsWith("file:")) {
            identities.add(new SourceIdentity.Git(repository));
        }
        return identities;
    }

    private static Found found(String path, SourceFiles files, Path tree) throws OcnixException {
        byte[] content = files.read(path, LockfileReader.MAX_BYTES)
                .orElseThrow(() -> OcnixException.input("The source of the tree " + tree.getParent() + " has no " + path
                        + "; run ocnix:generate, or name a lockfile with ocnix.lockfile."));
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        Map<String, byte[]> beside = new TreeMap<>();
        for (String name : SETTINGS) {
            files.read(folder + name, MAX_SETTINGS).ifPresent(text -> beside.put(name, text));
        }
        return new Found(path, content, new Kept(beside));
    }

    private static OcnixException unknown(Path file) {
        return OcnixException.input(
                file + " does not say which lockfile its tree is of in a way that leads to it; name the"
                        + " lockfile with ocnix.lockfile.");
    }

    /** Files in memory. */
    private record Kept(Map<String, byte[]> files) implements SourceFiles {
        @Override
        public Optional<byte[]> read(String path, int maxBytes) {
            return Optional.ofNullable(files.get(path)).map(byte[]::clone);
        }

        @Override
        public Optional<byte[]> head(String path, int bytes) {
            return Optional.ofNullable(files.get(path))
                    .map(content -> Arrays.copyOf(content, Math.min(bytes, content.length)));
        }

        @Override
        public void visit(String folder, PackageVisitor visitor) {}

        @Override
        public SortedSet<String> list(String folder) {
            return new TreeSet<>();
        }

        @Override
        public Optional<Sri> narHash(String path) {
            return Optional.empty();
        }
    }
}
