package dev.ocnix.fetch.tarball;

import dev.ocnix.fetch.ManifestReader;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.TarballFacts;
import dev.ocnix.model.UnjudgedException;
import dev.ocnix.model.Visible;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Takes everything that matters from a tarball in one pass: its hash, its package.json, its native parts. */
public final class TarballReader {
    private final PackageVisitor.Factory visitors;
    private final TarballLimits limits;
    private final Consumer<String> warnings;

    /**
     * @param warnings takes sentences about what is tolerated; called from the reading threads
     */
    public TarballReader(PackageVisitor.Factory visitors, Consumer<String> warnings) {
        this(visitors, warnings, TarballLimits.STANDARD);
    }

    TarballReader(PackageVisitor.Factory visitors, Consumer<String> warnings, TarballLimits limits) {
        this.visitors = visitors;
        this.warnings = warnings;
        this.limits = limits;
    }

    /**
     * Reads a tarball to its end.
     *
     * @param origin the URL or path, for messages
     * @param integrity what the lockfile records; without it any content is accepted
     * @throws IOException if the connection fails or the bytes stop too early
     * @throws TarballProblem if the content is not what the lockfile records, or no archive that can be installed
     */
    public TarballFacts read(PackageId id, String origin, Optional<Sri> integrity, InputStream tarball)
            throws IOException, TarballProblem {
        Set<HashAlgorithm> algorithms = EnumSet.of(HashAlgorithm.SHA512);
        integrity.ifPresent(sri -> algorithms.add(sri.algorithm()));
        DigestStream compressed = new DigestStream(tarball, algorithms);
        PackageVisitor visitor = visitors.open(id);
        TarEntries entries = new TarEntries(compressed, visitor, limits);
        Optional<IOException> broken = unpack(entries, compressed);
        Map<HashAlgorithm, Sri> digests = compressed.finish();
        boolean isVerified = verify(id, origin, integrity, digests, broken);
        if (broken.isPresent()) {
            throw TarballProblem.broken(id, origin, reason(broken.get()), isVerified);
        }
        if (entries.files() == 0 && !isVerified) {
            throw TarballProblem.broken(id, origin, "it has no files", false);
        }
        PackageManifest manifest = manifest(id, origin, entries.manifest());
        Sri sha512 = digest(digests, HashAlgorithm.SHA512);
        AddonFacts addon;
        try {
            addon = visitor.finish(manifest);
        } catch (UnjudgedException e) {
            throw TarballProblem.broken(id, origin, e.clause(), isVerified);
        }
        return new TarballFacts(sha512, compressed.count(), manifest.kept(), addon);
    }

    /** Unpacks, then reads on to the end; what the archive reader did not like comes back, the connection's failure is thrown. */
    private static Optional<IOException> unpack(TarEntries entries, DigestStream compressed) throws IOException {
        Optional<IOException> broken = Optional.empty();
        try {
            entries.read();
        } catch (IOException e) {
            broken = Optional.of(e);
        }
        if (compressed.failure().isPresent()) {
            throw compressed.failure().get();
        }
        compressed.drain();
        return broken;
    }

    private static boolean verify(
            PackageId id,
            String origin,
            Optional<Sri> integrity,
            Map<HashAlgorithm, Sri> digests,
            Optional<IOException> broken)
            throws IOException, TarballProblem {
        boolean isCut = broken.filter(EOFException.class::isInstance).isPresent();
        if (integrity.isEmpty()) {
            if (isCut) {
                throw new IOException("the bytes stop in the middle of the archive", broken.get());
            }
            return false;
        }
        Sri expected = integrity.get();
        Sri actual = digest(digests, expected.algorithm());
        if (expected.accepts(actual)) {
            return true;
        }
        if (isCut) {
            throw new IOException("the bytes stop in the middle of the archive", broken.get());
        }
        throw TarballProblem.mismatch(id, origin, expected, actual);
    }

    private static Sri digest(Map<HashAlgorithm, Sri> digests, HashAlgorithm algorithm) {
        return Optional.ofNullable(digests.get(algorithm))
                .orElseThrow(() -> new IllegalStateException("no " + algorithm.prefix()));
    }

    private static String reason(IOException broken) {
        String message = broken.getMessage();
        return message == null ? "it ends too early" : Visible.of(message.replaceAll("\\s", " "));
    }

    private PackageManifest manifest(PackageId id, String origin, Optional<byte[]> json) {
        Optional<PackageManifest> manifest = json.flatMap(ManifestReader::read);
        if (manifest.isEmpty()) {
            warnings.accept("The tarball of " + id + " (" + origin + ") has "
                    + (json.isPresent() ? "a package.json that is no JSON object" : "no package.json of a usable size")
                    + "; it is treated as one without scripts and platform limits.");
        }
        return manifest.orElseGet(PackageManifest::empty);
    }
}
