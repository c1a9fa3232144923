package dev.ocnix.fetch.cache;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.TarballFacts;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a tree knows about tarballs and checkouts that its lockfile does not say. Of what an installer would run it knows digests
 * alone, so that no command of a tree can reach a build: of a package with scripts there are its name, its limits and its kinds.
 *
 * @param tarballs by their sha512
 * @param aliases what a lockfile has in place of a sha512 ({@link #key}) to that sha512
 * @param checkouts by {@code github:<owner>/<repo>#<committish>} or {@code git+<url>#<commit>}
 * @param scripts of packages that have some: by the text of that sha512 or the checkout's key, name of each to its digest
 */
public record Facts(
        SortedMap<Sri, TarballFacts> tarballs,
        SortedMap<String, Sri> aliases,
        SortedMap<String, CheckoutFacts> checkouts,
        SortedMap<String, SortedMap<String, String>> scripts) {
    private static final Facts NONE = new Facts(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    public Facts {
        tarballs = frozen(tarballs);
        aliases = frozen(aliases);
        checkouts = frozen(checkouts);
        SortedMap<String, SortedMap<String, String>> digests = new TreeMap<>();
        scripts.forEach((key, one) -> digests.put(key, frozen(one)));
        scripts = frozen(digests);
    }

    /** What is kept of packages that were looked into. */
    public static Facts of(
            Map<Sri, TarballFacts> tarballs, Map<String, Sri> aliases, Map<String, CheckoutFacts> checkouts) {
        SortedMap<Sri, TarballFacts> kept = new TreeMap<>(tarballs);
        SortedMap<String, SortedMap<String, String>> scripts = new TreeMap<>();
        tarballs.forEach((sha512, facts) -> {
            if (hasScripts(facts.manifest())) {
                scripts.put(sha512.toString(), digests(facts.manifest()));
                kept.put(sha512, new TarballFacts(sha512, facts.size(), named(facts.manifest()), kinds(facts.addon())));
            }
        });
        SortedMap<String, CheckoutFacts> checkedOut = new TreeMap<>(checkouts);
        checkouts.forEach((key, facts) -> {
            if (hasScripts(facts.manifest())) {
                scripts.put(key, digests(facts.manifest()));
                checkedOut.put(
                        key,
                        new CheckoutFacts(
                                facts.commit(),
                                facts.narHash(),
                                named(facts.manifest()),
                                kinds(facts.addon()),
                                facts.cloned()));
            }
        });
        return new Facts(kept, new TreeMap<>(aliases), checkedOut, scripts);
    }

    private static boolean hasScripts(PackageManifest manifest) {
        return !manifest.scripts().isEmpty();
    }

    private static PackageManifest named(PackageManifest manifest) {
        return manifest.withoutScripts();
    }

    private static AddonFacts kinds(AddonFacts addon) {
        return AddonFacts.ofKinds(addon.kinds());
    }

    private static SortedMap<String, String> digests(PackageManifest manifest) {
        SortedMap<String, String> digests = new TreeMap<>();
        manifest.scripts().forEach((name, text) -> digests.put(name, digest(text)));
        return digests;
    }

    /** The digest that stands for a script. */
    public static String digest(String script) {
        return Sri.ofContent(HashAlgorithm.SHA256, script.getBytes(StandardCharsets.UTF_8))
                .toString();
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

    /** Whether they are all that was seen; of a package with scripts, only who looks into it has those. */
    public boolean isWhole(TarballFacts facts) {
        return !scripts.containsKey(facts.sha512().toString());
    }

    /** The same of a checkout. */
    public boolean isWholeCheckout(String key) {
        return !scripts.containsKey(key);
    }
}
