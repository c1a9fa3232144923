package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.Facts;
import dev.ocnix.fetch.cache.FactsFile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.nix.FileContent;
import dev.ocnix.nix.TreeManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the tree on disk already knows.
 *
 * @param manifest its {@code ocnix.json}; empty if there is no tree
 * @param facts its {@code facts.json}
 */
record PreviousTree(Optional<TreeManifest> manifest, Facts facts) {
    static final String FACTS = "facts.json";
    private static final String PATCHES = "patches/";

    /**
     * Reads a folder that may hold a tree.
     *
     * @param force whether facts that were edited by hand are passed over instead of refused
     * @throws OcnixException if what is there is not ours, damaged, or edited by hand: facts that are not those we wrote could
     *     stand for content that nobody has seen
     */
    static PreviousTree in(Path folder, boolean force) throws OcnixException {
        Optional<byte[]> manifest = read(folder.resolve(TreeManifest.FILE_NAME));
        if (manifest.isEmpty()) {
            return new PreviousTree(Optional.empty(), Facts.none());
        }
        TreeManifest known = TreeManifest.read(
                manifest.get(), folder.resolve(TreeManifest.FILE_NAME).toString());
        return new PreviousTree(Optional.of(known), facts(folder.resolve(FACTS), known, force));
    }

    private static Facts facts(Path file, TreeManifest manifest, boolean force) throws OcnixException {
        Optional<byte[]> content = read(file);
        if (content.isEmpty()) {
            return Facts.none();
        }
        String digest = FileContent.of(content.get()).sha256();
        if (digest.equals(manifest.files().get(FACTS))) {
            return FactsFile.read(content.get(), file.toString());
        }
        if (force) {
            return Facts.none();
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

    /** The digests of the patches that were found to apply when the tree was written. */
    Set<String> patches() {
        return manifest.stream()
                .flatMap(known -> known.files().entrySet().stream())
                .filter(file -> file.getKey().startsWith(PATCHES))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
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
            throw OcnixException.outside("Cannot read " + file + " (" + e.getMessage() + "); make it readable.", e);
        }
    }
}
