package dev.ocnix.hash;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A digest, or several for one content, in Subresource Integrity form, {@code sha512-<base64>}: what npm's {@code integrity} and Nix's {@code hash}
 * both take. Always printed with canonical base64 padding.
 */
public final class Sri implements Comparable<Sri> {
    private final HashAlgorithm algorithm;
    private final byte[] digest;
    private final List<Sri> others;

    /** Made when it is first asked for, as those of a thousand packages are sorted by it. */
    private String text = "";

    private Sri(HashAlgorithm algorithm, byte[] digest) {
        this(algorithm, digest, List.of());
    }

    private Sri(HashAlgorithm algorithm, byte[] digest, List<Sri> others) {
        this.algorithm = algorithm;
        this.digest = digest;
        this.others = others;
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

    /**
     * Reads what a lockfile records: SRI strings between blanks, each perhaps with options after a question mark, which mean
     * nothing. Only those of the strongest algorithm count, and content is right if it has any of their digests.
     *
     * @return empty if none of them is well-formed, or one of a known algorithm is not
     */
    public static Optional<Sri> parseAll(String text) {
        Optional<Sri> one = parse(text);
        return one.isPresent() ? one : parseSeveral(text);
    }

    private static Optional<Sri> parseSeveral(String text) {
        Set<Sri> strongest = new LinkedHashSet<>();
        for (String part : text.split("[ \\t\\r\\n\\f]+", -1)) {
            int options = part.indexOf('?');
            String one = options < 0 ? part : part.substring(0, options);
            Optional<Sri> parsed = parse(one);
            if (parsed.isEmpty() && isOfKnownAlgorithm(one)) {
                return Optional.empty();
            }
            Optional<Sri> best = strongest.stream().findFirst();
            int order = parsed.isEmpty() || best.isEmpty()
                    ? 0
                    : parsed.get().algorithm.compareTo(best.get().algorithm);
            if (parsed.isPresent() && order >= 0) {
                if (order > 0) {
                    strongest.clear();
                }
                strongest.add(parsed.get());
            }
        }
        List<Sri> all = List.copyOf(strongest);
        return all.stream()
                .findFirst()
                .map(first -> new Sri(first.algorithm, first.digest, all.subList(1, all.size())));
    }

    /** A hash that cannot be read may be the strongest, and a weaker one beside it must not stand in for it. */
    private static boolean isOfKnownAlgorithm(String text) {
        int dash = text.indexOf('-');
        return dash >= 0
                && HashAlgorithm.byPrefix(text.substring(0, dash).toLowerCase(Locale.ROOT))
                        .isPresent();
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

    /** The digests of which content must have one: one, unless this was read from more. */
    public List<Sri> candidates() {
        if (isSingle()) {
            return List.of(this);
        }
        return Stream.concat(Stream.of(new Sri(algorithm, digest)), others.stream())
                .toList();
    }

    /** Whether it says which content is meant, and not only which several are. */
    public boolean isSingle() {
        return others.isEmpty();
    }

    /** Whether content with this digest is right. */
    public boolean accepts(Sri actual) {
        return candidates().contains(actual);
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
        return other instanceof Sri sri
                && algorithm == sri.algorithm
                && Arrays.equals(digest, sri.digest)
                && others.equals(sri.others);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** The canonical SRI string; of several digests one after the other, with blanks between them. */
    @Override
    public String toString() {
        String known = text;
        if (known.isEmpty()) {
            String own = algorithm.prefix() + "-" + Base64.getEncoder().encodeToString(digest);
            known = others.isEmpty()
                    ? own
                    : own + " " + others.stream().map(Sri::toString).collect(Collectors.joining(" "));
            text = known;
        }
        return known;
    }
}
