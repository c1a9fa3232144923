package dev.ocnix.pipeline;

import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.Words;
import dev.ocnix.nix.FileContent;
import dev.ocnix.nix.NixTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tries each patch on the files of its package that it names, while those stream by, so that a stale one is told where the tree
 * is generated and not where it is built.
 */
final class PatchChecks {
    /** Of all files of one package that its patch names. */
    private static final long MAX_BYTES = 64 << 20;

    private static final int MOST_NAMED = 5;

    private final SortedMap<PackageId, PatchText> open = new TreeMap<>();
    private final Map<PackageId, String> names;
    private final Map<PackageId, String> refused = new ConcurrentHashMap<>();
    private final Set<PackageId> tried = ConcurrentHashMap.newKeySet();

    /** @param known paths in the tree and digests of patches that an earlier run has tried */
    PatchChecks(PatchFiles.Found patches, Map<String, String> known) {
        this.names = patches.names();
        SortedMap<PackageId, String> paths =
                NixTree.patchPaths(patches.contents().keySet());
        patches.contents().forEach((id, patch) -> {
            if (!patch.sha256().equals(known.get(paths.get(id)))) {
                open(id, patch);
            }
        });
    }

    private void open(PackageId id, FileContent patch) {
        try {
            open.put(id, PatchText.parse(patch.bytes()));
        } catch (PatchText.Refusal e) {
            refused.put(id, e.clause());
        }
    }

    /** Whether a package must be looked into for its patch's sake, whatever is known of it. */
    boolean isOpen(PackageId id) {
        return open.containsKey(id);
    }

    /** Looks into patched packages on behalf of other visitors. */
    PackageVisitor.Factory watching(PackageVisitor.Factory visitors) {
        return id -> {
            PatchText patch = open.get(id);
            return patch == null ? visitors.open(id) : new Watch(id, patch, visitors.open(id));
        };
    }

    /** @throws OcnixException with a sentence for each patch that does not apply */
    void raise() throws OcnixException {
        Problems problems = new Problems();
        new TreeMap<>(refused)
                .forEach((id, clause) -> problems.input("The patch " + names.getOrDefault(id, "") + " of " + id + " "
                        + clause + "; make it anew against this version (bun patch or patch-package writes"
                        + " one), or drop it."));
        problems.raise();
    }

    /** Those whose packages nobody has looked into, and that no earlier run has tried. */
    SortedSet<PackageId> untried() {
        SortedSet<PackageId> untried = new TreeSet<>(open.keySet());
        untried.removeAll(tried);
        return untried;
    }

    /** What to say of {@link #untried()}. */
    Optional<String> warning() {
        List<String> untried = untried().stream()
                .map(id -> names.getOrDefault(id, "") + " of " + id)
                .toList();
        return untried.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Whether these patches apply was not tried, as this run does not look into their packages: "
                                + Words.few(untried, MOST_NAMED)
                                + "; a run with ocnix.prefetch=all, online, tries them.");
    }

    private final class Watch implements PackageVisitor {
        private final PackageId id;
        private final PatchText patch;
        private final PackageVisitor other;
        private final SortedSet<String> wanted;
        private final Map<String, byte[]> contents = new HashMap<>();
        private long bytes;

        Watch(PackageId id, PatchText patch, PackageVisitor other) {
            this.id = id;
            this.patch = patch;
            this.other = other;
            this.wanted = Collections.unmodifiableSortedSet(new TreeSet<>(patch.paths()));
        }

        @Override
        public void file(String path, boolean executable, long size, InputStream content) throws IOException {
            if (!wanted.contains(path)) {
                other.file(path, executable, size, content);
                return;
            }
            bytes += size;
            if (bytes > MAX_BYTES) {
                refused.put(id, "changes files of more than " + MAX_BYTES + " bytes");
                other.file(path, executable, size, content);
                return;
            }
            byte[] read = content.readAllBytes();
            contents.put(path, read);
            other.file(path, executable, size, new ByteArrayInputStream(read));
        }

        @Override
        public AddonFacts finish(PackageManifest manifest) {
            tried.add(id);
            if (bytes <= MAX_BYTES) {
                try {
                    patch.apply(contents);
                } catch (PatchText.Refusal e) {
                    refused.put(id, e.clause());
                }
            }
            return other.finish(manifest);
        }
    }
}
