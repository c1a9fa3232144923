package dev.ocnix.fetch.cache;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.TarballFacts;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a tree knows about tarballs and checkouts that its lockfile does not say.
 *
 * @param tarballs by their sha512
 * @param aliases what a lockfile has in place of a sha512 ({@link #key}) to that sha512
 * @param checkouts by {@code github:<owner>/<repo>#<committish>} or {@code git+<url>#<commit>}
 */
public record Facts(
        SortedMap<Sri, TarballFacts> tarballs,
        SortedMap<String, Sri> aliases,
        SortedMap<String, CheckoutFacts> checkouts) {
    private static final Facts NONE = new Facts(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    public Facts {
        tarballs = frozen(tarballs);
        aliases = frozen(aliases);
        checkouts = frozen(checkouts);
    }

    private static <K, V> SortedMap<K, V> frozen(Map<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    public static Facts none() {
        return NONE;
    }

    /**
     * How a tarball is found again by what the lockfile says: the text of its hash, or {@code url:<url>} if there is none.
     *
     * @param url its identity, not a mirror's
     */
    public static String key(Optional<Sri> integrity, String url) {
        return integrity.map(Sri::toString).orElseGet(() -> "url:" + url);
    }

    /** The sha512 of the tarball that the lockfile means, as far as it is known. */
    public Optional<Sri> sha512(Optional<Sri> integrity, String url) {
        return integrity
                .filter(sri -> sri.algorithm() == HashAlgorithm.SHA512)
                .flatMap(sri -> sri.isSingle()
                        ? integrity
                        : sri.candidates().stream()
                                .filter(tarballs::containsKey)
                                .findFirst())
                .or(() -> Optional.ofNullable(aliases.get(key(integrity, url))));
    }

    /** The facts of the tarball that the lockfile means. */
    public Optional<TarballFacts> find(Optional<Sri> integrity, String url) {
        return sha512(integrity, url).flatMap(sha512 -> Optional.ofNullable(tarballs.get(sha512)));
    }
}
