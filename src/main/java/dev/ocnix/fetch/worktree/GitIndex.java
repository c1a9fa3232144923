package dev.ocnix.fetch.worktree;

import dev.ocnix.fetch.source.GitSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * The index of the git work tree that a folder belongs to, read when it is first asked. It holds nothing without one, or where
 * git tracks nothing in the folder.
 */
final class GitIndex {
    private final Path folder;
    private boolean isOpen;
    private Optional<Opened> opened = Optional.empty();

    private record Opened(DirCache cache, String prefix) {}

    GitIndex(Path folder) {
        this.folder = folder;
    }

    /** Whether git tracks a path of the folder; empty where it tracks nothing in it. */
    synchronized Optional<Boolean> tracks(String path) {
        return opened().map(known -> known.cache.findEntry(known.prefix + path) >= 0);
    }

    private Optional<Opened> opened() {
        if (!isOpen) {
            isOpen = true;
            opened = open();
        }
        return opened;
    }

    /** Whether the repository has exactly this content at a path of the folder. */
    synchronized boolean holds(String path, byte[] content) {
        return opened().map(known -> known.cache.getEntry(known.prefix + path))
                .map(DirCacheEntry::getObjectId)
                .filter(new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, content)::equals)
                .isPresent();
    }

    private Optional<Opened> open() {
        GitSystem.install();
        FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(folder.toFile());
        if (builder.getGitDir() == null) {
            return Optional.empty();
        }
        try (Repository repository = builder.build()) {
            if (repository.isBare()) {
                return Optional.empty();
            }
            File top = repository.getWorkTree().getCanonicalFile();
            String way = top.toPath().relativize(folder.toRealPath()).toString().replace('\\', '/');
            String prefix = way.isEmpty() ? "" : way + "/";
            DirCache cache = repository.readDirCache();
            boolean isKnown = cache.getEntriesWithin(prefix).length > 0;
            return isKnown ? Optional.of(new Opened(cache, prefix)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
