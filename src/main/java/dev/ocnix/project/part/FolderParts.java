package dev.ocnix.project.part;

import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.UnjudgedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks for native parts in folders of the source. What a pinned source holds is remembered by its hash. */
public final class FolderParts {
    private final SourceFiles files;
    private final PackageVisitor.Factory visitors;
    private final FactsCache cache;
    private final boolean pinned;

    /** @param pinned whether the source is, so that a folder's hash is known without reading it */
    public FolderParts(SourceFiles files, PackageVisitor.Factory visitors, FactsCache cache, boolean pinned) {
        this.files = files;
        this.visitors = visitors;
        this.cache = cache;
        this.pinned = pinned;
    }

    /**
     * Looks into a folder.
     *
     * @param wanted which of its files count, by their paths in it
     * @param rule what makes {@code wanted} another one than that of other callers; of printable ASCII without blanks, or nothing
     *     is remembered
     * @param mustSee whether the files are looked at even if the verdict is remembered
     */
    public AddonFacts in(
            PackageId id,
            String folder,
            PackageManifest manifest,
            Predicate<String> wanted,
            String rule,
            boolean mustSee)
            throws OcnixException {
        Optional<Sri> hash = pinned ? files.narHash(folder) : Optional.empty();
        Optional<String> key = hash.map(known -> rule + ":" + known);
        Optional<AddonFacts> remembered = mustSee ? Optional.empty() : key.flatMap(cache::findFolder);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        PackageVisitor visitor = visitors.open(id);
        files.visit(folder, new Chosen(visitor, wanted));
        AddonFacts facts;
        try {
            facts = visitor.finish(manifest);
        } catch (UnjudgedException e) {
            throw OcnixException.outside(
                    "The files of " + id + " cannot be judged: " + e.clause() + "; report it, with the files.", e);
        }
        key.ifPresent(known -> cache.putFolder(known, facts));
        return facts;
    }

    /** Lets some files through. */
    private record Chosen(PackageVisitor visitor, Predicate<String> wanted) implements PackageVisitor {
        @Override
        public void file(String path, boolean executable, long size, InputStream content) throws IOException {
            if (wanted.test(path)) {
                visitor.file(path, executable, size, content);
            }
        }

        @Override
        public AddonFacts finish(PackageManifest manifest) {
            return visitor.finish(manifest);
        }
    }
}
