package dev.ocnix.hash;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A digest in Subresource Integrity form, {@code sha512-<base64>}: what npm's {@code integrity} and Nix's {@code hash}
 * both take. Always printed with canonical base64 padding.
 */
public final class Sri implements Comparable<Sri> {
    private final HashAlgorithm algorithm;
    private final byte[] digest;

    private Sri(HashAlgorithm algorithm, byte[] digest) {
        this.algorithm = algorithm;
        this.digest = digest;
    }

    /**
     * An SRI value of a finished digest.
     *
     * @throws IllegalArgumentException if the digest does not have the algorithm's length
     */
    public static Sri of(HashAlgorithm algorithm, byte[] digest) {
        if (digest.length != algorithm.length()) {
            throw new IllegalArgumentException(
                    algorithm.prefix() + " has " + algorithm.length() + " bytes, not " + digest.length);
        }
        return new Sri(algorithm, digest.clone());
    }

    /** The SRI value of bytes in memory. */
    public static Sri ofContent(HashAlgorithm algorithm, byte[] content) {
        return new Sri(algorithm, algorithm.newDigest().digest(content));
    }

    /**
     * Reads one SRI string. Padding may be wrong or missing, since Bun writes {@code sha256-…==} and {@code sha384-…==};
     * the decoded length must be right.
     *
     * @return empty if the algorithm is unknown, the base64 is malformed, or the length does not fit
     */
    public static Optional<Sri> parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        return HashAlgorithm.byPrefix(text.substring(0, dash))
                .flatMap(algorithm -> decode(text.substring(dash + 1))
                        .filter(digest -> digest.length == algorithm.length())
                        .map(digest -> new Sri(algorithm, digest)));
    }

    private static Optional<byte[]> decode(String base64) {
        int end = base64.length();
        while (end > 0 && base64.charAt(end - 1) == '=') {
            end--;
        }
        try {
            return Optional.of(Base64.getDecoder().decode(base64.substring(0, end)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public HashAlgorithm algorithm() {
        return algorithm;
    }

    /** A copy of the digest's bytes. */
    public byte[] digest() {
        return digest.clone();
    }

    /** The digest in lower-case hexadecimal. */
    public String hex() {
        return HexFormat.of().formatHex(digest);
    }

    /** Whether the algorithm still pins content against an attacker. */
    public boolean isStrong() {
        return algorithm.isStrong();
    }

    @Override
    public int compareTo(Sri other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sri sri && algorithm == sri.algorithm && Arrays.equals(digest, sri.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** The canonical SRI string. */
    @Override
    public String toString() {
        return algorithm.prefix() + "-" + Base64.getEncoder().encodeToString(digest);
    }
}
