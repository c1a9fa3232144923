package dev.ocnix.fetch.registry;

import dev.ocnix.hash.Sri;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a registry vouches for a version. Every signature must be right, as npm demands it. */
final class SignatureJudge {
    private final SigningKeys keys;

    SignatureJudge(SigningKeys keys) {
        this.keys = keys;
    }

    /** Whether it matters when the version was published. */
    boolean needsTime(VersionRecord version) {
        return version.signatures().stream()
                .anyMatch(signed -> keys.find(signed.keyId())
                        .filter(key -> key.expires().isPresent())
                        .isPresent());
    }

    SignatureResult judge(SignedPackage signed, VersionRecord version, Optional<Instant> published) {
        SignatureResult result = new SignatureResult.Missing();
        for (VersionRecord.Signed signature : version.signatures()) {
            result = judge(signed, version, signature, published);
            if (!(result instanceof SignatureResult.Verified)) {
                return result;
            }
        }
        return result;
    }

    private SignatureResult judge(
            SignedPackage signed, VersionRecord version, VersionRecord.Signed signature, Optional<Instant> published) {
        Optional<SigningKey> key = keys.find(signature.keyId());
        if (key.isEmpty()) {
            return wrong(
                    signed,
                    "is signed with a key that is not among the keys of",
                    "if that registry has a new key, give it with ocnix.signatureKeys; else do not use this version");
        }
        Optional<Instant> expires = key.get().expires();
        if (expires.isPresent() && published.filter(expires.get()::isAfter).isEmpty()) {
            return wrong(
                    signed,
                    published.map(time -> "was published at " + time).orElse("was published nobody knows when")
                            + " and signed with a key that expired at " + expires.get() + " by",
                    "ask those who run that registry");
        }
        for (Sri hash : signed.hashes()) {
            if (key.get().signed(signed.message(hash.toString()), signature.base64())) {
                return new SignatureResult.Verified(signature.keyId());
            }
        }
        Optional<String> other =
                version.integrity().filter(hash -> key.get().signed(signed.message(hash), signature.base64()));
        if (other.isPresent()) {
            return wrong(
                    signed,
                    "has the hash " + signed.hashes().get(0) + " in the lockfile and its tarball, but the hash "
                            + Sri.parse(other.get()).map(Sri::toString).orElse("that it gives") + " was signed by",
                    "do not use it before you know where the other content comes from");
        }
        return wrong(
                signed,
                "has a signature that does not fit its hash, by",
                "do not use it before you know who changed the lockfile, the tarball or the signature");
    }

    private static SignatureResult wrong(SignedPackage signed, String what, String next) {
        return new SignatureResult.Wrong(
                "The package " + signed.id() + " " + what + " " + signed.registry() + "; " + next + ".");
    }
}
