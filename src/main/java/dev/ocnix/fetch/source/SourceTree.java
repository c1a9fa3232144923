package dev.ocnix.fetch.source;

import dev.ocnix.hash.ByteName;
import dev.ocnix.hash.Nar;
import dev.ocnix.hash.NarNode;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.Words;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A source tree whose names are in memory. The contents of a fetched one are in one private temporary file, which
 * {@link #close} deletes. Names that are not UTF-8 count for hashes but cannot be asked for or listed.
 */
public final class SourceTree implements SourceFiles, AutoCloseable {
    private final NarNode.Directory root;
    private final Storage storage;
    private final String description;

    /** What holds the contents. */
    interface Storage {
        void close() throws IOException;
    }

    /** @param description what holds the contents, at the beginning of a sentence */
    SourceTree(NarNode.Directory root, Storage storage, String description) {
        this.root = root;
        this.storage = storage;
        this.description = description;
    }

    /** The tree itself; its contents can be read until {@link #close}. */
    public NarNode.Directory root() {
        return root;
    }

    /** Whether a path is a folder with nothing in it. */
    boolean isEmptyFolder(String path) {
        return find(path)
                .filter(node -> node instanceof NarNode.Directory folder
                        && folder.children().isEmpty())
                .isPresent();
    }

    @Override
    public Optional<byte[]> read(String path, int maxBytes) throws OcnixException {
        Optional<NarNode> node = find(path);
        if (node.isEmpty() || !(node.get() instanceof NarNode.Regular file)) {
            return Optional.empty();
        }
        if (file.size() > maxBytes) {
            throw tooLarge(path, file.size(), maxBytes);
        }
        try (InputStream in = file.content().open()) {
            byte[] content = in.readNBytes((int) file.size());
            if (content.length != file.size() || in.read() >= 0) {
                throw new IOException(path + " changed while it was read");
            }
            return Optional.of(content);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public SortedSet<String> list(String folder) throws OcnixException {
        SortedSet<String> paths = new TreeSet<>();
        Optional<NarNode> start = find(folder);
        if (start.isPresent() && start.get() instanceof NarNode.Directory directory) {
            Walk.files(directory, folder.isEmpty() ? "" : folder + "/", (path, file) -> paths.add(path));
        }
        return Collections.unmodifiableSortedSet(paths);
    }

    @Override
    public Optional<Sri> narHash(String path) throws OcnixException {
        Optional<NarNode> node = find(path);
        return node.isPresent() ? Optional.of(hash(node.get())) : Optional.empty();
    }

    @Override
    public Optional<byte[]> head(String path, int bytes) throws OcnixException {
        Optional<NarNode> node = find(path);
        if (node.isEmpty() || !(node.get() instanceof NarNode.Regular file)) {
            return Optional.empty();
        }
        try (InputStream in = file.content().open()) {
            return Optional.of(in.readNBytes(bytes));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void visit(String folder, PackageVisitor visitor) throws OcnixException {
        Optional<NarNode> start = find(folder);
        if (start.isEmpty() || !(start.get() instanceof NarNode.Directory directory)) {
            return;
        }
        try {
            Walk.files(directory, "", (path, file) -> {
                try (InputStream content = file.content().open()) {
                    visitor.file(path, file.executable(), file.size(), content);
                }
            });
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** sha256 of the NAR of the whole tree. */
    public Sri narHash() throws OcnixException {
        return hash(root);
    }

    private Sri hash(NarNode node) throws OcnixException {
        try {
            return Nar.sha256(node);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static OcnixException tooLarge(String path, long size, int maxBytes) {
        return OcnixException.input("The file " + path + " of the source has " + size + " bytes, more than the "
                + maxBytes + " that are read; see whether it is what its name says.");
    }

    private Optional<NarNode> find(String path) {
        NarNode at = root;
        if (path.isEmpty()) {
            return Optional.of(at);
        }
        for (String segment : path.split("/", -1)) {
            Optional<ByteName> name = ByteName.of(segment);
            if (name.isEmpty() || !(at instanceof NarNode.Directory directory)) {
                return Optional.empty();
            }
            NarNode next = directory.children().get(name.get());
            if (next == null) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(at);
    }

    @Override
    public void close() throws OcnixException {
        try {
            storage.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private OcnixException unreadable(IOException e) {
        return OcnixException.outside(
                description + " could not be read (" + Words.reason(e)
                        + "); see that its disk is neither full nor failing, and run again.",
                e);
    }

    /** Visits the files below a folder in order, without recursion. */
    static final class Walk {
        private Walk() {}

        /** Takes one regular file. */
        interface Visitor<E extends Exception> {
            void file(String path, NarNode.Regular file) throws E;
        }

        private record Level(String prefix, Iterator<Map.Entry<ByteName, NarNode>> entries) {}

        static <E extends Exception> void files(NarNode.Directory top, String prefix, Visitor<E> visitor) throws E {
            Deque<Level> open = new ArrayDeque<>();
            open.push(new Level(prefix, top.children().entrySet().iterator()));
            while (!open.isEmpty()) {
                Level level = open.peek();
                if (!level.entries.hasNext()) {
                    open.pop();
                    continue;
                }
                Map.Entry<ByteName, NarNode> entry = level.entries.next();
                Optional<String> name = entry.getKey().text();
                if (name.isEmpty()) {
                    continue;
                }
                String path = level.prefix + name.get();
                if (entry.getValue() instanceof NarNode.Directory directory) {
                    open.push(new Level(
                            path + "/", directory.children().entrySet().iterator()));
                } else if (entry.getValue() instanceof NarNode.Regular file) {
                    visitor.file(path, file);
                }
            }
        }
    }
}
