package dev.ocnix.fetch.registry;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A public key of a registry: ECDSA on the curve P-256 with SHA-256, npm's {@code ecdsa-sha2-nistp256}.
 *
 * @param id how the registry calls it, npm's {@code keyid}
 * @param fingerprint what it is, whatever it is called: the hash of its DER form
 * @param expires from when on nothing that is published counts as signed by it
 */
record SigningKey(String id, Sri fingerprint, PublicKey key, Optional<Instant> expires) {
    private static final int CURVE_BITS = 256;

    /**
     * A key in the form that registries publish.
     *
     * @param base64 of its DER form, a SubjectPublicKeyInfo
     * @return empty if it is no such key
     */
    static Optional<SigningKey> of(String id, String base64, Optional<Instant> expires) {
        try {
            byte[] der = Base64.getDecoder().decode(base64);
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
            boolean isP256 = key instanceof ECPublicKey ec
                    && ec.getParams().getCurve().getField().getFieldSize() == CURVE_BITS;
            return isP256
                    ? Optional.of(new SigningKey(id, Sri.ofContent(HashAlgorithm.SHA256, der), key, expires))
                    : Optional.empty();
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether it made a signature of a text.
     *
     * @param base64 of the signature's DER form; what is malformed is no signature
     */
    boolean signed(String text, String base64) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return false;
        }
    }
}
