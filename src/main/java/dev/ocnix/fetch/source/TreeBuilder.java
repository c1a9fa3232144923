package dev.ocnix.fetch.source;

import dev.ocnix.hash.ByteName;
import dev.ocnix.hash.NarNode;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes in a tree, entry by entry and in any order, within limits. Paths are bytes with slashes; folders on the way are made
 * as needed. Nothing is unpacked: names go into memory, contents into one {@link Spool}.
 */
final class TreeBuilder implements AutoCloseable {
    private final String origin;
    private final TreeLimits limits;
    private final Spool spool;
    private final Folder root = new Folder();
    private int entries;
    private boolean finished;

    private static final class Folder {
        final SortedMap<ByteName, NarNode> children = new TreeMap<>();
        final Map<ByteName, Folder> folders = new HashMap<>();
    }

    private record Spot(Folder folder, ByteName name) {}

    /**
     * @param origin what the tree is read from, for messages
     * @param temporary the folder of the temporary file
     */
    TreeBuilder(String origin, Path temporary, TreeLimits limits) throws OcnixException {
        this.origin = origin;
        this.limits = limits;
        try {
            spool = Spool.create(temporary);
        } catch (IOException e) {
            throw OcnixException.outside(
                    "No temporary file for the source could be made in " + temporary
                            + "; see that the folder exists and is writable, or set java.io.tmpdir to another.",
                    e);
        }
    }

    void directory(byte[] path) throws OcnixException {
        folder(split(path), path);
    }

    /**
     * Takes a file's content to its end.
     *
     * @param announced its size, as far as it is known beforehand; 0 where it is not
     * @throws IOException of {@code content}, or of the temporary file
     */
    void file(byte[] path, boolean executable, long announced, InputStream content) throws IOException, OcnixException {
        Spot spot = vacant(path);
        long offset = spool.size();
        if (announced > limits.bytes() - offset) {
            throw refusal("holds more than " + limits.bytes() + " bytes");
        }
        try {
            spool.append(content, limits.bytes() - offset);
        } catch (Spool.TooLarge e) {
            throw refusal("holds more than " + limits.bytes() + " bytes");
        }
        long length = spool.size() - offset;
        spot.folder.children.put(spot.name, new NarNode.Regular(executable, length, () -> spool.open(offset, length)));
    }

    void symlink(byte[] path, byte[] target) throws OcnixException {
        if (target.length == 0 || target.length > TreeLimits.PATH_BYTES || indexOf(target, (byte) 0) >= 0) {
            throw refusal("has a link without a usable target at " + shown(path));
        }
        Spot spot = vacant(path);
        spot.folder.children.put(spot.name, new NarNode.Symlink(target));
    }

    /** A second name for a file that was taken in before. */
    void hardLink(byte[] path, byte[] earlier) throws OcnixException {
        List<ByteName> names = split(earlier);
        Folder folder = names.isEmpty() ? root : folder(names.subList(0, names.size() - 1), earlier);
        NarNode node = names.isEmpty() ? null : folder.children.get(names.get(names.size() - 1));
        if (!(node instanceof NarNode.Regular file)) {
            throw refusal("has a hard link at " + shown(path) + " to no earlier file");
        }
        Spot spot = vacant(path);
        spot.folder.children.put(spot.name, file);
    }

    /** The finished tree, which owns the temporary file from here on. */
    SourceTree finish() {
        finished = true;
        return tree();
    }

    /** Throws everything away unless the tree was finished. */
    @Override
    public void close() throws OcnixException {
        if (!finished) {
            tree().close();
        }
    }

    private SourceTree tree() {
        return new SourceTree(
                new NarNode.Directory(root.children), spool::close, "The temporary copy of the source from " + origin);
    }

    private Spot vacant(byte[] path) throws OcnixException {
        List<ByteName> names = split(path);
        if (names.isEmpty()) {
            throw refusal("has a file in the place of its top folder");
        }
        Folder folder = folder(names.subList(0, names.size() - 1), path);
        ByteName name = names.get(names.size() - 1);
        if (folder.children.containsKey(name)) {
            throw refusal("names " + shown(path) + " twice");
        }
        count();
        return new Spot(folder, name);
    }

    private Folder folder(List<ByteName> names, byte[] path) throws OcnixException {
        Folder at = root;
        for (ByteName name : names) {
            Folder next = at.folders.get(name);
            if (next == null) {
                if (at.children.containsKey(name)) {
                    throw refusal("has " + shown(path) + " below something that is no folder");
                }
                count();
                next = new Folder();
                at.folders.put(name, next);
                at.children.put(name, new NarNode.Directory(next.children));
            }
            at = next;
        }
        return at;
    }

    private void count() throws OcnixException {
        if (++entries > limits.entries()) {
            throw refusal("has more than " + limits.entries() + " entries");
        }
    }

    private List<ByteName> split(byte[] path) throws OcnixException {
        if (path.length > TreeLimits.PATH_BYTES) {
            throw refusal("has a path of " + path.length + " bytes");
        }
        List<ByteName> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i == path.length || path[i] == '/') {
                boolean trailing = i == path.length && start == i;
                if (!trailing) {
                    names.add(name(path, start, i));
                }
                start = i + 1;
            }
        }
        if (names.size() > limits.depth()) {
            throw refusal("is deeper than " + limits.depth() + " folders at " + shown(path));
        }
        return names;
    }

    private ByteName name(byte[] path, int start, int end) throws OcnixException {
        byte[] segment = Arrays.copyOfRange(path, start, end);
        ByteName name = ByteName.of(segment).orElseThrow(() -> refusal("has the unsafe path " + shown(path)));
        if (name.toString().equalsIgnoreCase(".git")) {
            throw refusal("has the unsafe path " + shown(path));
        }
        return name;
    }

    private OcnixException refusal(String what) {
        return OcnixException.input(
                "The source from " + origin + " " + what + ", which no source tree should; pin another revision.");
    }

    private static String shown(byte[] path) {
        return Visible.quoted(new String(path, StandardCharsets.UTF_8), 200);
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
