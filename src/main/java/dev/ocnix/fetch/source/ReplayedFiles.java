package dev.ocnix.fetch.source;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.SourceFiles;
import java.util.Optional;
import java.util.SortedSet;

/** Source files that are not there: they answer what an earlier run asked, and {@link Unrecorded} to everything else. */
public final class ReplayedFiles implements SourceFiles {
    private final Answers answers;

    ReplayedFiles(Answers answers) {
        this.answers = answers;
    }

    Answers answers() {
        return answers;
    }

    /** A question that no earlier run asked: fetch the source, and start again with its files. */
    public static final class Unrecorded extends OcnixException {
        private static final long serialVersionUID = 1L;

        Unrecorded(String path) {
            super(
                    Fault.OUTSIDE,
                    "What the source holds at \"" + path
                            + "\" is not in the cache; run once without -o so that the source is fetched.");
        }
    }

    @Override
    public Optional<byte[]> read(String path, int maxBytes) throws OcnixException {
        Optional<byte[]> content = answers.contents().get(path);
        if (content == null) {
            throw new Unrecorded(path);
        }
        if (content.isPresent() && content.get().length > maxBytes) {
            throw SourceTree.tooLarge(path, content.get().length, maxBytes);
        }
        return content.map(byte[]::clone);
    }

    @Override
    public SortedSet<String> list(String folder) throws OcnixException {
        SortedSet<String> paths = answers.lists().get(folder);
        if (paths == null) {
            throw new Unrecorded(folder);
        }
        return paths;
    }

    @Override
    public Optional<byte[]> head(String path, int bytes) throws OcnixException {
        Optional<byte[]> head = answers.heads().get(path);
        if (head == null) {
            throw new Unrecorded(path);
        }
        return head.map(byte[]::clone);
    }

    @Override
    public void visit(String folder, PackageVisitor visitor) throws OcnixException {
        throw new Unrecorded(folder);
    }

    @Override
    public Optional<Sri> narHash(String path) throws OcnixException {
        Optional<Sri> hash = answers.narHashes().get(path);
        if (hash == null) {
            throw new Unrecorded(path);
        }
        return hash;
    }
}
