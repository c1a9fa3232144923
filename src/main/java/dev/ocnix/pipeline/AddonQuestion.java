package dev.ocnix.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Which packages of a lockfile are to be explained, and where their contents may be known from.
 *
 * @param wanted a package's name, for all its versions, or {@code name@resolution}
 * @param registry the default registry, where the project's own files do not say or are overruled
 * @param scopedRegistries scope with its {@code @} to base URL
 * @param registryMirror a base URL that stands in for every registry, without a trailing slash
 * @param cacheDirectory of facts about tarballs
 * @param tree a generated tree, if there is one in that folder
 */
public record AddonQuestion(
        String wanted,
        Optional<String> registry,
        SortedMap<String, String> scopedRegistries,
        Optional<String> registryMirror,
        Path cacheDirectory,
        Path tree) {}
