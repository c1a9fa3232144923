package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.Facts;
import dev.ocnix.fetch.cache.FactsFile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Words;
import dev.ocnix.nix.FileContent;
import dev.ocnix.nix.MergeConflict;
import dev.ocnix.nix.TreeManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the tree on disk already knows. */
final class PreviousTree {
    static final String FACTS = "facts.json";
    private static final String PATCHES = "patches/";

    private final Optional<TreeManifest> manifest;
    private final FactsSource facts;
    private final Set<PackageId> leftOut;

    private PreviousTree(Optional<TreeManifest> manifest, FactsSource facts, Set<PackageId> leftOut) {
        this.manifest = manifest;
        this.facts = facts;
        this.leftOut = Set.copyOf(leftOut);
    }

    /** Where facts come from. */
    private interface FactsSource {
        Facts read() throws OcnixException;
    }

    /** Where there is no tree. */
    static PreviousTree none() {
        return new PreviousTree(Optional.empty(), Facts::none, Set.of());
    }

    /**
     * Reads a folder that may hold a tree.
     *
     * @param force whether facts that were edited by hand are passed over instead of refused
     * @throws OcnixException if what is there is not ours, damaged, or edited by hand: facts that are not those we wrote could
     *     stand for content that nobody has seen
     */
    static PreviousTree in(Path folder, boolean force) throws OcnixException {
        Optional<byte[]> manifest = read(folder.resolve(TreeManifest.FILE_NAME));
        if (manifest.isEmpty() || (force && MergeConflict.isIn(manifest.get()))) {
            return none();
        }
        TreeManifest known = TreeManifest.read(
                manifest.get(), folder.resolve(TreeManifest.FILE_NAME).toString());
        return new PreviousTree(
                Optional.of(known), facts(folder.resolve(FACTS), known, force), force ? Set.of() : leftOut(known));
    }

    /** Its {@code ocnix.json}; empty if there is no tree. */
    Optional<TreeManifest> manifest() {
        return manifest;
    }

    /**
     * Its {@code facts.json}, read when somebody asks.
     *
     * @throws OcnixException if it is damaged
     */
    Facts facts() throws OcnixException {
        return facts.read();
    }

    /** Optional packages that it left out since nobody had them; none if they are to be asked for again. */
    Set<PackageId> leftOut() {
        return leftOut;
    }

    private static Set<PackageId> leftOut(TreeManifest manifest) {
        return manifest.leftOut().stream()
                .filter(text -> text.indexOf('@', 1) > 0)
                .map(text -> new PackageId(
                        text.substring(0, text.indexOf('@', 1)), text.substring(text.indexOf('@', 1) + 1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same, for another lockfile: what was not to be had is asked for again. */
    PreviousTree forLockfile(String sha256) {
        boolean isSame = manifest.flatMap(TreeManifest::lockfileSha256)
                .filter(sha256::equals)
                .isPresent();
        return isSame ? this : new PreviousTree(manifest, facts, Set.of());
    }

    private static FactsSource facts(Path file, TreeManifest manifest, boolean force) throws OcnixException {
        Optional<byte[]> content = read(file);
        if (content.isEmpty()) {
            return Facts::none;
        }
        String digest = FileContent.of(content.get()).sha256();
        if (digest.equals(manifest.files().get(FACTS))) {
            return new ReadOnce(content.get(), file.toString());
        }
        if (force) {
            return Facts::none;
        }
        if (MergeConflict.isIn(content.get())) {
            throw OcnixException.input(file + " holds a merge conflict; run with -Docnix.force to write it anew.");
        }
        throw OcnixException.input(
                file + " was edited by hand; restore it, or run with -Docnix.force to write it anew.");
    }

    /** The commit that a revision of a source meant when the tree was written. */
    Optional<String> commitOf(String repository, String revision) {
        return manifest.filter(
                        known -> known.repository().filter(repository::equals).isPresent())
                .filter(known -> known.revision().filter(revision::equals).isPresent())
                .flatMap(TreeManifest::commit);
    }

    /** The patches that were found to apply: their paths in the tree and their digests. */
    Map<String, String> patches() {
        Map<String, String> tried = new TreeMap<>();
        manifest.ifPresent(known -> {
            tried.putAll(known.files().subMap(PATCHES, PATCHES + Character.MAX_VALUE));
            tried.keySet().removeAll(known.untriedPatches());
        });
        return tried;
    }

    static Optional<byte[]> read(Path file) throws OcnixException {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > FactsFile.MAX_BYTES) {
                throw OcnixException.input(file + " is larger than " + FactsFile.MAX_BYTES
                        + " bytes, so ocnix did not write it; move it away, or choose another ocnix.outputDirectory.");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw OcnixException.outside("Cannot read " + file + " (" + Words.reason(e) + "); make it readable.", e);
        }
    }

    /** Facts that take longer to read than a run takes that needs none of them. */
    private static final class ReadOnce implements FactsSource {
        private final byte[] content;
        private final String file;
        private Optional<Facts> read = Optional.empty();

        ReadOnce(byte[] content, String file) {
            this.content = content;
            this.file = file;
        }

        @Override
        public Facts read() throws OcnixException {
            if (read.isEmpty()) {
                read = Optional.of(FactsFile.read(content, file));
            }
            return read.get();
        }
    }
}
