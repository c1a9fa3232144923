package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.Facts;
import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.TarballFacts;
import dev.ocnix.report.LifecycleScripts;
import dev.ocnix.report.SnapshotPackage;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Texts of install scripts by their digests, as far as this machine has seen them; what a tree says of a script is a digest. */
final class ScriptTexts {
    /** The scripts that an installer runs for a dependency. */
    private static final List<String> INSTALLED_BY = List.of("preinstall", "install", "postinstall");

    private final Map<String, String> byDigest = new HashMap<>();

    /** What a conversion has seen. */
    static ScriptTexts of(Collection<LifecycleScripts> seen) {
        ScriptTexts texts = new ScriptTexts();
        seen.forEach(one -> one.scripts().values().forEach(texts::add));
        return texts;
    }

    /** What this machine's cache has of a tree's packages. */
    static ScriptTexts of(Facts facts, FactsCache cache) {
        ScriptTexts texts = new ScriptTexts();
        facts.tarballs().values().stream()
                .filter(one -> !facts.isWhole(one))
                .flatMap(one -> cache.find(one.sha512()).stream())
                .map(TarballFacts::manifest)
                .forEach(texts::add);
        facts.checkouts().keySet().stream()
                .filter(key -> !facts.isWholeCheckout(key))
                .flatMap(key -> cache.findCheckout(key).stream())
                .map(CheckoutFacts::manifest)
                .forEach(texts::add);
        return texts;
    }

    private void add(PackageManifest manifest) {
        manifest.scripts().values().forEach(this::add);
    }

    private void add(String text) {
        byDigest.put(Facts.digest(text), text);
    }

    /** Those that an installer runs for a dependency. */
    SortedMap<String, SnapshotPackage.Script> scripts(SortedMap<String, String> digests) {
        SortedMap<String, SnapshotPackage.Script> scripts = new TreeMap<>();
        digests.forEach((name, digest) ->
                scripts.put(name, new SnapshotPackage.Script(digest, Optional.ofNullable(byDigest.get(digest)))));
        scripts.keySet().retainAll(INSTALLED_BY);
        return scripts;
    }

    /** The same of a package that was looked into. */
    static SortedMap<String, SnapshotPackage.Script> scripts(PackageManifest manifest) {
        SortedMap<String, SnapshotPackage.Script> scripts = new TreeMap<>();
        manifest.scripts()
                .forEach((name, text) ->
                        scripts.put(name, new SnapshotPackage.Script(Facts.digest(text), Optional.of(text))));
        scripts.keySet().retainAll(INSTALLED_BY);
        return scripts;
    }
}
