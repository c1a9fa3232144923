package dev.ocnix.fetch.source;

import dev.ocnix.hash.ByteName;
import dev.ocnix.hash.NarNode;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.attributes.Attributes;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Compares the files of an archive with a commit's tree: names, modes, and ids of contents. Of the commit only trees are needed.
 * Which files may rightly differ, or be absent, follows from the archive's own .gitattributes files, which must be the commit's.
 */
final class ArchiveCheck {
    private static final int SHOWN = 5;
    private static final String ATTRIBUTES = ".gitattributes";

    private final ObjectReader reader;
    private final GitAttributes attributes = new GitAttributes();
    private final Deque<Level> open = new ArrayDeque<>();
    private final SortedSet<String> wrong = new TreeSet<>();
    private final SortedSet<String> changed = new TreeSet<>();
    private final SortedSet<String> absent = new TreeSet<>();
    private int compared;

    private ArchiveCheck(ObjectReader reader) {
        this.reader = reader;
    }

    private record Entry(FileMode mode, ObjectId id) {}

    private record Level(
            String prefix,
            boolean isTold,
            NavigableMap<String, Entry> expected,
            Iterator<Map.Entry<ByteName, NarNode>> entries) {}

    /**
     * What came out.
     *
     * @param compared how many files are the commit's
     * @param changed files that archives rightly hold in another form
     * @param absent files that the archive leaves out
     */
    record Result(int compared, SortedSet<String> changed, SortedSet<String> absent) {
        /** A sentence for the log. */
        String sentence(String commit) {
            return "The source's archive holds what commit " + commit + " has: " + compared + " files are its own"
                    + (changed.isEmpty() ? "" : "; filled in or converted, as .gitattributes asks: " + few(changed))
                    + (absent.isEmpty() ? "" : "; left out: " + few(absent)) + ".";
        }
    }

    /**
     * Compares.
     *
     * @param tree the commit's
     * @throws OcnixException if a file of the archive is not the commit's
     */
    static Result compare(
            NarNode.Directory archive, ObjectReader reader, AnyObjectId tree, String origin, String commit)
            throws IOException, OcnixException {
        ArchiveCheck check = new ArchiveCheck(reader);
        check.walk(archive, tree);
        if (!check.wrong.isEmpty()) {
            throw OcnixException.input("The archive " + origin + " says that it holds commit " + commit
                    + ", and these files of it are not that commit's: " + few(check.wrong)
                    + "; fetch the source from its origin, or from a clone (ocnix.gitMirror).");
        }
        return new Result(check.compared, check.changed, check.absent);
    }

    private static String few(SortedSet<String> paths) {
        return Words.few(paths, SHOWN);
    }

    private void walk(NarNode.Directory top, AnyObjectId tree) throws IOException, OcnixException {
        enter("", top, tree);
        while (!open.isEmpty()) {
            Level level = open.peek();
            if (!level.entries.hasNext()) {
                Map.Entry<String, Entry> left = level.expected.pollFirstEntry();
                if (left == null) {
                    open.pop();
                } else {
                    absent(level, level.prefix + left.getKey(), left.getValue());
                }
                continue;
            }
            Map.Entry<ByteName, NarNode> found = level.entries.next();
            String name = GitAttributes.bytes(found.getKey().bytes());
            Entry expected = level.expected.remove(name);
            if (expected == null) {
                wrong.add(shown(level.prefix + name));
            } else {
                entry(level.prefix + name, found.getValue(), expected);
            }
        }
    }

    private void entry(String path, NarNode found, Entry expected) throws IOException, OcnixException {
        if (found instanceof NarNode.Directory folder && expected.mode.equals(FileMode.TREE)) {
            enter(path + "/", folder, expected.id);
        } else if (found instanceof NarNode.Directory folder) {
            // a submodule's place
            if (!expected.mode.equals(FileMode.GITLINK) || !folder.children().isEmpty()) {
                wrong.add(shown(path));
            }
        } else if (found instanceof NarNode.Symlink link) {
            byte[] target = link.target();
            boolean isRight =
                    expected.mode.equals(FileMode.SYMLINK) && idOf(target).equals(expected.id);
            count(path, isRight);
        } else if (found instanceof NarNode.Regular file) {
            FileMode mode = file.executable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
            boolean isOfMode = expected.mode.equals(mode);
            if (isOfMode && !idOf(file).equals(expected.id) && mayDiffer(path)) {
                changed.add(shown(path));
            } else {
                count(path, isOfMode && idOf(file).equals(expected.id));
            }
        }
    }

    private void count(String path, boolean isRight) {
        if (isRight) {
            compared++;
        } else {
            wrong.add(shown(path));
        }
    }

    /** Rules never speak for the file that they are in. */
    private boolean mayDiffer(String path) throws OcnixException {
        Attributes own = attributes.of(path, open.size() - 1, false);
        boolean isRules = path.equals(ATTRIBUTES) || path.endsWith("/" + ATTRIBUTES);
        return !isRules
                && (own.isSet("export-subst")
                        || "lfs".equals(own.getValue("filter"))
                        || !TextConversion.of(own).isNothing());
    }

    /**
     * An archive leaves out what .gitattributes say, and folders of which nothing is left. Where a file of rules is left out
     * itself, nobody can tell.
     */
    private void absent(Level level, String path, Entry expected) throws IOException, OcnixException {
        boolean isFolder = expected.mode.equals(FileMode.TREE);
        boolean isRules = path.equals(ATTRIBUTES) || path.endsWith("/" + ATTRIBUTES);
        if (isRules
                || !level.isTold
                || attributes.of(path, open.size() - 1, isFolder).isSet("export-ignore")) {
            absent.add(shown(path));
        } else if (isFolder) {
            enter(path + "/", new NarNode.Directory(new TreeMap<>()), expected.id);
        } else {
            wrong.add(shown(path));
        }
    }

    private void enter(String prefix, NarNode.Directory folder, AnyObjectId tree) throws IOException, OcnixException {
        byte[] rules = new byte[0];
        NarNode file = ByteName.of(ATTRIBUTES).map(folder.children()::get).orElse(null);
        if (file instanceof NarNode.Regular known && known.size() <= GitTree.MAX_ATTRIBUTES) {
            try (InputStream in = known.content().open()) {
                rules = in.readAllBytes();
            }
        }
        NavigableMap<String, Entry> expected = children(tree);
        boolean isTold = (open.isEmpty() || open.peek().isTold) && (file != null || !expected.containsKey(ATTRIBUTES));
        attributes.enter(open.size(), prefix.length(), rules);
        open.push(
                new Level(prefix, isTold, expected, folder.children().entrySet().iterator()));
    }

    private NavigableMap<String, Entry> children(AnyObjectId tree) throws IOException {
        NavigableMap<String, Entry> children = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(tree);
            while (walk.next()) {
                // trees of early commits have 0664, which git takes for 0644
                FileMode mode = walk.getFileMode();
                children.put(GitAttributes.bytes(walk.getRawPath()), new Entry(mode, walk.getObjectId(0)));
            }
        }
        return children;
    }

    private static ObjectId idOf(NarNode.Regular file) throws IOException {
        MessageDigest digest = blob(file.size());
        try (InputStream in = file.content().open()) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return ObjectId.fromRaw(digest.digest());
    }

    private static ObjectId idOf(byte[] content) {
        MessageDigest digest = blob(content.length);
        digest.update(content);
        return ObjectId.fromRaw(digest.digest());
    }

    private static MessageDigest blob(long size) {
        MessageDigest digest = Constants.newMessageDigest();
        digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        return digest;
    }

    private static String shown(String path) {
        return new String(path.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
