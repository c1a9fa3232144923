package dev.ocnix.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A registry's signing key, as npm's own has them: ECDSA on P-256. */
public final class RegistrySigner {
    private final KeyPair pair;
    private final String id;

    private RegistrySigner(KeyPair pair, String id) {
        this.pair = pair;
        this.id = id;
    }

    /** A new key, named by its hash. */
    public static RegistrySigner create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
            return new RegistrySigner(
                    pair, "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Another key that goes by the name of this one. */
    public RegistrySigner impostor() {
        return new RegistrySigner(create().pair, id);
    }

    /** What the registry publishes of itself. */
    public JsonObject key(Optional<Instant> expires) {
        JsonObject key = new JsonObject();
        key.add("expires", JsonNull.INSTANCE);
        expires.ifPresent(time -> key.addProperty("expires", time.toString()));
        key.addProperty("keyid", id);
        key.addProperty("keytype", "ecdsa-sha2-nistp256");
        key.addProperty("scheme", "ecdsa-sha2-nistp256");
        key.addProperty(
                "key", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
        return key;
    }

    /** The document of keys, as at {@code /-/npm/v1/keys}. */
    public static byte[] document(List<JsonObject> keys) {
        JsonArray all = new JsonArray();
        keys.forEach(all::add);
        JsonObject json = new JsonObject();
        json.add("keys", all);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The {@code dist} of a version with a signature of its hash. */
    public JsonObject dist(PackageTarball tarball, String url) {
        JsonObject signature = new JsonObject();
        signature.addProperty("keyid", id);
        signature.addProperty("sig", sign(tarball.name() + "@" + tarball.version() + ":" + tarball.integrity()));
        JsonArray signatures = new JsonArray();
        signatures.add(signature);
        JsonObject dist = new JsonObject();
        dist.addProperty("tarball", url);
        dist.addProperty("integrity", tarball.integrity());
        dist.add("signatures", signatures);
        return dist;
    }

    private String sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
