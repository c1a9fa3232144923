package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Files of a source that are not what its commit alone says, by their .gitattributes.
 *
 * @param pointers kept by Git LFS, and delivered as its pointers
 * @param contents kept by Git LFS, and delivered with their content
 * @param moving filled in by an archive with what moves, such as names of branches; the source is fetched with git for them
 * @param unknown filled in by the archive that was read, with what nobody could see
 */
public record Marks(
        SortedSet<String> pointers, SortedSet<String> contents, SortedSet<String> moving, SortedSet<String> unknown) {
    private static final int SHOWN = 5;

    public Marks {
        pointers = frozen(pointers);
        contents = frozen(contents);
        moving = frozen(moving);
        unknown = frozen(unknown);
    }

    private static SortedSet<String> frozen(Collection<String> paths) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(paths));
    }

    /** Those of a folder's files, as far as its .gitattributes tell. */
    public static Marks in(SourceTree tree) throws OcnixException {
        return MarkReader.read(tree);
    }

    /** Of a source whose files are all what its commit says. */
    public static Marks none() {
        return new Marks(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    /** The same, of an archive whose host has filled in nothing that moves. */
    Marks withoutUnknown() {
        return new Marks(pointers, contents, moving, new TreeSet<>());
    }

    /** The same of a source that is fetched with git for the sake of some files. */
    Marks withMoving(SortedSet<String> paths) {
        return new Marks(pointers, contents, paths, unknown);
    }

    /**
     * A sentence for each kind.
     *
     * @param origin what the source is, at the beginning of a sentence
     * @param instead how a user puts the content of Git LFS in the place of its pointers
     */
    public List<String> warnings(String origin, String instead) {
        List<String> warnings = new ArrayList<>();
        if (!pointers.isEmpty()) {
            warnings.add(origin + " keeps files in Git LFS, and what the tree fetches has pointers in their place ("
                    + few(pointers) + "); if they are needed, " + instead + ".");
        }
        if (!contents.isEmpty()) {
            warnings.add(origin + " keeps files in Git LFS, and its archive has their content (" + few(contents)
                    + "); the hash is another one once the repository's setting for LFS objects in archives changes.");
        }
        if (!moving.isEmpty()) {
            warnings.add(origin + " has files whose content in an archive moves with branches, tags or the day ("
                    + few(moving)
                    + ", export-subst in .gitattributes); the tree fetches the commit with git, which leaves"
                    + " their placeholders as they are.");
        }
        if (!unknown.isEmpty()) {
            warnings.add(origin + " has files that are filled in when an archive is made (" + few(unknown)
                    + ", export-subst in .gitattributes), and its repository could not be read to see with what; if"
                    + " branches or tags are among it, the hash changes with them.");
        }
        return warnings;
    }

    /** What is said of a project that is taken as it lies on disk. */
    public Optional<String> warningOfCheckout() {
        return pointers.isEmpty()
                ? Optional.empty()
                : Optional.of("The project keeps files in Git LFS, and pointers are in their place (" + few(pointers)
                        + "); run `git lfs pull` if they are needed, since a build takes what is there.");
    }

    /** What is said where a clone cannot tell what the origin's archive holds. */
    public OcnixException refusal(String origin) {
        return OcnixException.input(origin + " keeps files in Git LFS (" + few(pointers)
                + "), and a clone does not say whether its archive has them or their pointers, on which the hash depends;"
                + " generate the tree once without ocnix.gitMirror and ocnix.sourceDirectory, or give the archive as"
                + " ocnix.sourceArchive.");
    }

    private static String few(SortedSet<String> paths) {
        return Words.few(paths, SHOWN);
    }
}
