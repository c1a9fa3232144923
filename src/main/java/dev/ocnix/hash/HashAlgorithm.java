package dev.ocnix.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** A digest algorithm that an SRI string can name. */
public enum HashAlgorithm {
    SHA1("sha1", "SHA-1", 20),
    SHA256("sha256", "SHA-256", 32),
    SHA384("sha384", "SHA-384", 48),
    SHA512("sha512", "SHA-512", 64);

    private final String prefix;
    private final String jcaName;
    private final int length;

    HashAlgorithm(String prefix, String jcaName, int length) {
        this.prefix = prefix;
        this.jcaName = jcaName;
        this.length = length;
    }

    /** The name before the dash of an SRI string, such as {@code sha512}. */
    public String prefix() {
        return prefix;
    }

    /** The digest's length in bytes. */
    public int length() {
        return length;
    }

    /** Whether a digest of this kind still pins content against an attacker: everything but SHA-1. */
    public boolean isStrong() {
        return this != SHA1;
    }

    /** A fresh digest; each JVM has all four. */
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM lacks " + jcaName, e);
        }
    }

    /** The algorithm that {@code prefix} names, in lower case. */
    public static Optional<HashAlgorithm> byPrefix(String prefix) {
        for (HashAlgorithm algorithm : values()) {
            if (algorithm.prefix.equals(prefix)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
