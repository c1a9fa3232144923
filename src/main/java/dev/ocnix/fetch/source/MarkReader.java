package dev.ocnix.fetch.source;

import dev.ocnix.hash.ByteName;
import dev.ocnix.hash.NarNode;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.attributes.Attributes;

/** Finds the files of a tree that its own .gitattributes mark as kept by Git LFS, or as filled in by archives. */
final class MarkReader {
    private static final byte[] POINTER =
            "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.US_ASCII);
    /** Git LFS takes nothing longer for a pointer. */
    private static final int MAX_POINTER = 1024;

    private static final int MAX_ATTRIBUTES = 16 << 20;

    private final GitAttributes attributes = new GitAttributes();
    private final Deque<Level> open = new ArrayDeque<>();
    private final SortedSet<String> pointers = new TreeSet<>();
    private final SortedSet<String> contents = new TreeSet<>();
    private final SortedSet<String> substituted = new TreeSet<>();

    private record Level(String prefix, Iterator<Map.Entry<ByteName, NarNode>> entries) {}

    private MarkReader() {}

    /** The marks of a tree; each file that an archive fills in counts as unknown. */
    static Marks read(SourceTree tree) throws OcnixException {
        try {
            return new MarkReader().walk(tree.root());
        } catch (IOException e) {
            throw OcnixException.outside(
                    "The source's files could not be read (" + Words.reason(e)
                            + "); see that the disk is neither full nor failing, and run again.",
                    e);
        }
    }

    /** Whether content is a pointer of Git LFS. */
    static boolean isPointer(NarNode.Regular file) throws IOException {
        if (file.size() > MAX_POINTER || file.size() < POINTER.length) {
            return false;
        }
        try (InputStream in = file.content().open()) {
            return Arrays.equals(in.readNBytes(POINTER.length), POINTER);
        }
    }

    private Marks walk(NarNode.Directory root) throws IOException, OcnixException {
        enter("", root);
        while (!open.isEmpty()) {
            Level level = open.peek();
            if (!level.entries.hasNext()) {
                open.pop();
                continue;
            }
            Map.Entry<ByteName, NarNode> entry = level.entries.next();
            String path = level.prefix + GitAttributes.bytes(entry.getKey().bytes());
            if (entry.getValue() instanceof NarNode.Directory folder) {
                enter(path + "/", folder);
            } else if (entry.getValue() instanceof NarNode.Regular file) {
                mark(path, file);
            }
        }
        return new Marks(pointers, contents, new TreeSet<>(), substituted);
    }

    private void enter(String prefix, NarNode.Directory folder) throws IOException {
        NarNode file = ByteName.of(".gitattributes").map(folder.children()::get).orElse(null);
        byte[] rules = new byte[0];
        if (file instanceof NarNode.Regular known && known.size() <= MAX_ATTRIBUTES) {
            try (InputStream in = known.content().open()) {
                rules = in.readAllBytes();
            }
        }
        attributes.enter(open.size(), prefix.length(), rules);
        open.push(new Level(prefix, folder.children().entrySet().iterator()));
    }

    private void mark(String path, NarNode.Regular file) throws IOException, OcnixException {
        Attributes own = attributes.of(path, open.size() - 1, false);
        String shown = new String(path.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        if (own.isSet("export-subst")) {
            substituted.add(shown);
        }
        if ("lfs".equals(own.getValue("filter"))) {
            (isPointer(file) ? pointers : contents).add(shown);
        }
    }
}
