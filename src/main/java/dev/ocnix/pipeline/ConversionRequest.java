package dev.ocnix.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a user asks for, already free of Maven's types.
 *
 * @param registry the default registry, where the user names one; likewise {@code scopedRegistries}, by scope with its
 *     {@code @}
 * @param registryMirror a base URL that stands in for every registry in this run
 * @param githubMirror a base URL that stands in for github.com in this run
 * @param lockfile path in the source; found when absent
 * @param workspace path of the application in the source
 * @param reportDirectory where the report goes, beside the build's other results
 * @param sbom whether a bill of materials goes there, too
 * @param facts whether what the tree says of its packages is believed
 * @param frozen whether a lockfile that does not fit its manifests is refused
 * @param signatureKeys a file or an http(s) URL of the keys that count, where the user names one
 * @param linker {@code auto}, {@code hoisted} or {@code isolated}, where the user says so
 * @param ownScripts whether the build runs the project's own lifecycle scripts, where the user says so
 * @param force whether generated files that were edited by hand are overwritten
 * @param offline whether no connection may be opened
 */
public record ConversionRequest(
        SourceChoice source,
        Optional<String> registry,
        SortedMap<String, String> scopedRegistries,
        Optional<String> registryMirror,
        Optional<String> githubMirror,
        Optional<String> lockfile,
        Path outputDirectory,
        Path reportDirectory,
        boolean sbom,
        PrefetchMode prefetch,
        FactsMode facts,
        boolean failOnUnverified,
        boolean frozen,
        SignatureMode verifySignatures,
        Optional<String> signatureKeys,
        Path cacheDirectory,
        Optional<String> workspace,
        Optional<String> linker,
        ProfileChoice profile,
        Optional<Boolean> ownScripts,
        boolean force,
        boolean offline) {
    /** Whether what a tree says of its packages counts: by the user's word, or since nothing is to be looked at. */
    boolean believesTree() {
        return facts == FactsMode.TRUST || prefetch != PrefetchMode.ALL;
    }

    /** The same of another source. */
    ConversionRequest withSource(SourceChoice other) {
        return new ConversionRequest(
                other,
                registry,
                scopedRegistries,
                registryMirror,
                githubMirror,
                lockfile,
                outputDirectory,
                reportDirectory,
                sbom,
                prefetch,
                facts,
                failOnUnverified,
                frozen,
                verifySignatures,
                signatureKeys,
                cacheDirectory,
                workspace,
                linker,
                profile,
                ownScripts,
                force,
                offline);
    }
}
