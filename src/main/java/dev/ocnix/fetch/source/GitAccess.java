package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;
import java.nio.file.Path;
import java.util.SortedSet;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** A git repository, near or far. */
interface GitAccess {
    /** All names that it gives to commits. */
    RefTable refs() throws OcnixException;

    /** The commits that a short id can mean, as far as the repository tells. */
    SortedSet<String> commitsFrom(String shortId) throws OcnixException;

    /**
     * A commit's tree.
     *
     * @param ref a ref that is known to lead to the commit, or the commit itself
     * @throws OcnixException if there is no such commit, or it cannot be read
     */
    Delivered tree(String commit, String ref, GitTree.Form form) throws OcnixException;

    /** Reads a tree out of a repository that is on disk. */
    static Delivered read(
            Repository repository, String commit, GitTree.Form form, String origin, Path temporary, TreeLimits limits)
            throws OcnixException {
        try (ObjectReader reader = repository.newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            RevObject object = walk.parseAny(ObjectId.fromString(commit));
            if (object instanceof RevTag) {
                throw OcnixException.input(commit + " is a tag's own id in " + origin + "; pin the commit "
                        + walk.peel(object).name() + " instead.");
            }
            RevCommit parsed = walk.parseCommit(object);
            walk.parseBody(parsed);
            return GitTree.read(reader, parsed, form, origin, temporary, limits);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw new OcnixException(OcnixException.Fault.INPUT, Refusals.noCommit(commit, origin), e);
        } catch (java.io.IOException e) {
            throw OcnixException.outside(
                    "Commit " + commit + " of " + origin + " could not be read (" + GitWords.reason(e)
                            + "); check the repository with git fsck.",
                    e);
        }
    }
}
