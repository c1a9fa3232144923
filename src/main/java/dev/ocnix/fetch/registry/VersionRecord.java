package dev.ocnix.fetch.registry;

import java.util.List;
import java.util.Optional;

/**
 * What a registry says of one version.
 *
 * @param integrity the hash that it gives for the tarball, as written
 * @param signatures of that hash
 */
record VersionRecord(Optional<String> integrity, List<Signed> signatures) {
    VersionRecord {
        signatures = List.copyOf(signatures);
    }

    /**
     * A signature.
     *
     * @param keyId of the key that made it
     * @param base64 of its DER form
     */
    record Signed(String keyId, String base64) {}
}
