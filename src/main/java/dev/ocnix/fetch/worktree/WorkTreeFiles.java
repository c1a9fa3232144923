package dev.ocnix.fetch.worktree;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.SourceFiles;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Files of a local project, of which text has the line ends that git keeps: a checkout with {@code core.autocrlf} gives the tree
 * that one without gives.
 */
public final class WorkTreeFiles implements SourceFiles {
    private final SourceFiles files;
    private final GitIndex index;
    private final SortedSet<String> unseen = Collections.synchronizedSortedSet(new TreeSet<>());

    /**
     * @param files as they lie on disk
     * @param project their folder
     */
    public WorkTreeFiles(SourceFiles files, Path project) {
        this.files = files;
        this.index = new GitIndex(project);
    }

    @Override
    public Optional<byte[]> read(String path, int maxBytes) throws OcnixException {
        Optional<byte[]> content = files.read(path, maxBytes);
        if (content.isPresent() && !index.tracks(path).orElse(true)) {
            unseen.add(path);
        }
        return content.map(bytes -> asKept(path, bytes));
    }

    /** Files that were read and that no build sees, since git does not track them. */
    public SortedSet<String> unseen() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(unseen));
    }

    /** Files that a build would see but for their names. */
    public SortedSet<String> secrets(SecretNames names) throws OcnixException {
        SortedSet<String> secrets = new TreeSet<>();
        for (String path : files.list("")) {
            if (names.isSecret(path) && index.tracks(path).orElse(true)) {
                secrets.add(path);
            }
        }
        return secrets;
    }

    private byte[] asKept(String path, byte[] content) {
        return LineEnds.areAllCrlf(content) && !index.holds(path, content) ? LineEnds.lf(content) : content;
    }

    @Override
    public SortedSet<String> list(String folder) throws OcnixException {
        return files.list(folder);
    }

    @Override
    public Optional<Sri> narHash(String path) throws OcnixException {
        return files.narHash(path);
    }

    @Override
    public Optional<byte[]> head(String path, int bytes) throws OcnixException {
        return files.head(path, bytes);
    }

    /** Nobody who looks for native parts minds the line ends. */
    @Override
    public void visit(String folder, PackageVisitor visitor) throws OcnixException {
        files.visit(folder, visitor);
    }
}
