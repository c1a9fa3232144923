package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.attributes.Attributes;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A commit's tree as git delivers it, with the attributes of its own .gitattributes files and nothing else. */
final class GitTree {
    /** What the tree is for. */
    enum Form {
        /** {@code git archive}: what GitHub's archives hold. */
        ARCHIVE,
        /** {@code git checkout} without submodules: what {@code fetchgit} holds. */
        CHECKOUT
    }

    private static final int MAX_CONVERTED = 64 << 20;
    static final int MAX_ATTRIBUTES = 16 << 20;
    private static final String ATTRIBUTES = ".gitattributes";

    private final ObjectReader reader;
    private final RevCommit commit;
    private final Form form;
    private final TreeBuilder builder;
    private final String origin;
    private final SortedSet<String> moving = new TreeSet<>();

    private GitTree(ObjectReader reader, RevCommit commit, Form form, TreeBuilder builder, String origin) {
        this.reader = reader;
        this.commit = commit;
        this.form = form;
        this.builder = builder;
        this.origin = origin;
    }

    /**
     * Reads the tree of a commit whose body has been parsed. A commit whose archive holds what moves, such as names of branches,
     * has no archive that a hash could stand for, and is checked out whatever was asked for.
     *
     * @param origin the repository, for messages
     */
    static Delivered read(
            ObjectReader reader, RevCommit commit, Form form, String origin, Path temporary, TreeLimits limits)
            throws OcnixException {
        try (TreeBuilder builder = new TreeBuilder(origin, temporary, limits)) {
            GitTree reading = new GitTree(reader, commit, form, builder, origin);
            reading.walk();
            if (!reading.moving.isEmpty()) {
                Delivered checkout = read(reader, commit, Form.CHECKOUT, origin, temporary, limits);
                return new Delivered(
                        checkout.tree(), checkout.form(), checkout.marks().withMoving(reading.moving));
            }
            SourceTree tree = builder.finish();
            return new Delivered(tree, form, marks(tree));
        } catch (MissingObjectException e) {
            throw new OcnixException(
                    OcnixException.Fault.INPUT,
                    "The git repository " + origin + " lacks the object "
                            + e.getObjectId().name() + " of commit " + commit.name()
                            + "; it is a partial clone or damaged: fetch it whole.",
                    e);
        } catch (IOException e) {
            throw OcnixException.outside(
                    "Commit " + commit.name() + " of " + origin + " could not be read (" + GitWords.reason(e)
                            + "); check the repository with git fsck and the folder for temporary files.",
                    e);
        }
    }

    private static Marks marks(SourceTree tree) throws OcnixException {
        try {
            return MarkReader.read(tree).withoutUnknown();
        } catch (OcnixException e) {
            tree.close();
            throw e;
        }
    }

    private void walk() throws IOException, OcnixException {
        GitAttributes attributes = new GitAttributes();
        attributes.enter(0, 0, attributesIn(commit.getTree()));
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(commit.getTree());
            while (walk.next()) {
                FileMode mode = walk.getFileMode();
                // git asks for a submodule's folder, too, with a slash at its end
                boolean folder = mode.equals(FileMode.TREE) || mode.equals(FileMode.GITLINK);
                String path = GitAttributes.bytes(walk.getRawPath());
                Attributes own = attributes.of(path, walk.getDepth(), folder);
                if (form == Form.ARCHIVE && own.isSet("export-ignore")) {
                    continue;
                }
                entry(walk, own);
                if (mode.equals(FileMode.TREE)) {
                    attributes.enter(walk.getDepth() + 1, path.length() + 1, attributesIn(walk.getObjectId(0)));
                    walk.enterSubtree();
                }
            }
        }
    }

    private byte[] attributesIn(AnyObjectId tree) throws IOException, OcnixException {
        try (TreeWalk walk = TreeWalk.forPath(reader, ATTRIBUTES, tree)) {
            // git reads a link's target, too, for it looks into its index
            boolean isBlob = walk != null && walk.getFileMode().getObjectType() == Constants.OBJ_BLOB;
            if (!isBlob) {
                return new byte[0];
            }
            ObjectLoader file = reader.open(walk.getObjectId(0));
            if (file.getSize() > MAX_ATTRIBUTES) {
                throw unsupported(walk, "rules of " + file.getSize() + " bytes");
            }
            return file.getCachedBytes();
        }
    }

    private void entry(TreeWalk walk, Attributes attributes) throws IOException, OcnixException {
        byte[] path = walk.getRawPath();
        FileMode mode = walk.getFileMode();
        if (mode.equals(FileMode.TREE) || mode.equals(FileMode.GITLINK)) {
            builder.directory(path);
        } else if (mode.equals(FileMode.SYMLINK)) {
            ObjectLoader target = reader.open(walk.getObjectId(0));
            boolean usable = target.getSize() <= TreeLimits.PATH_BYTES;
            builder.symlink(path, usable ? target.getCachedBytes() : new byte[0]);
        } else {
            file(walk, path, mode.equals(FileMode.EXECUTABLE_FILE), attributes);
        }
    }

    private void file(TreeWalk walk, byte[] path, boolean executable, Attributes attributes)
            throws IOException, OcnixException {
        ObjectLoader blob = reader.open(walk.getObjectId(0));
        TextConversion conversion = TextConversion.of(attributes);
        boolean substituted = form == Form.ARCHIVE && attributes.isSet("export-subst");
        if (conversion.isNothing() && !substituted) {
            try (InputStream content = blob.openStream()) {
                builder.file(path, executable, blob.getSize(), content);
            }
            return;
        }
        if (blob.getSize() > MAX_CONVERTED) {
            throw unsupported(walk, "conversion of " + blob.getSize() + " bytes");
        }
        try {
            byte[] content = conversion.apply(blob.getCachedBytes(MAX_CONVERTED), form == Form.CHECKOUT);
            byte[] filled = substituted ? expanded(walk, content) : content;
            builder.file(path, executable, filled.length, new ByteArrayInputStream(filled));
        } catch (TextConversion.Unsupported e) {
            throw unsupported(walk, e.what());
        }
    }

    /** What the archive holds; a file with a placeholder that does not follow from the commit alone is noted and left as it is. */
    private byte[] expanded(TreeWalk walk, byte[] content) {
        try {
            return new ExportSubst(commit).expand(content);
        } catch (TextConversion.Unsupported e) {
            moving.add(walk.getPathString());
            return content;
        }
    }

    private OcnixException unsupported(TreeWalk walk, String what) {
        String advice = form == Form.ARCHIVE
                ? "which only the host's own archive can answer; fetch the source from its origin, or give the archive as"
                        + " ocnix.sourceArchive."
                : "which a checkout would have to be made for; pin a revision without it, or take the repository from GitHub"
                        + " by its owner/name, whose archive answers it.";
        return OcnixException.input("The file " + walk.getPathString() + " of " + origin
                + " asks in .gitattributes for " + what + ", " + advice);
    }
}
