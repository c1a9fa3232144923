package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A repository in a folder; only read. */
final class LocalGit implements GitAccess {
    private final Path folder;
    private final Path temporary;
    private final TreeLimits limits;

    /** @param folder a bare repository, or one that holds {@code .git} as a folder or as a file that leads to it */
    LocalGit(Path folder, Path temporary, TreeLimits limits) {
        this.folder = folder.toAbsolutePath().normalize();
        this.temporary = temporary;
        this.limits = limits;
    }

    private interface Use<T> {
        T of(Repository repository) throws IOException, OcnixException;
    }

    private <T> T with(Use<T> use) throws OcnixException {
        GitSystem.install();
        FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
        if (Files.exists(folder.resolve(".git"))) {
            builder.setWorkTree(folder.toFile());
        } else {
            builder.setGitDir(folder.toFile());
        }
        try (Repository repository = builder.build()) {
            String format = repository.getConfig().getString("extensions", null, "objectformat");
            if (format != null && !format.equalsIgnoreCase("sha1")) {
                throw OcnixException.input(folder + " is a git repository in the format " + format
                        + ", and only those in SHA-1 are read; name one with the commits that the origin has.");
            }
            return use.of(repository);
        } catch (IOException | IllegalArgumentException e) {
            throw new OcnixException(
                    OcnixException.Fault.INPUT,
                    folder + " cannot be read as a git repository (" + GitWords.reason(e)
                            + "); name a clone, bare or with its .git, that has the pinned commit.",
                    e);
        }
    }

    @Override
    public RefTable refs() throws OcnixException {
        return with(repository -> {
            RefDatabase database = repository.getRefDatabase();
            List<Ref> refs = new ArrayList<>();
            for (Ref ref : database.getRefs()) {
                refs.add(database.peel(ref));
            }
            return new RefTable(refs);
        });
    }

    @Override
    public SortedSet<String> commitsFrom(String shortId) throws OcnixException {
        return with(repository -> {
            SortedSet<String> commits = new TreeSet<>();
            try (ObjectReader reader = repository.newObjectReader();
                    RevWalk walk = new RevWalk(reader)) {
                Collection<ObjectId> ids = reader.resolve(AbbreviatedObjectId.fromString(shortId));
                for (ObjectId id : ids) {
                    if (walk.parseAny(id) instanceof RevCommit commit) {
                        commits.add(commit.name());
                    }
                }
            }
            return commits;
        });
    }

    @Override
    public Delivered tree(String commit, String ref, GitTree.Form form) throws OcnixException {
        return with(repository -> GitAccess.read(repository, commit, form, folder.toString(), temporary, limits));
    }
}
