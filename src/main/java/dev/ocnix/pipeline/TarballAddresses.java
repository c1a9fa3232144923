package dev.ocnix.pipeline;

import dev.ocnix.fetch.tarball.TarballRequest;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Registries;
import dev.ocnix.model.Resolution;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where tarballs are: their identity, which the tree names, and where this run gets them. */
final class TarballAddresses {
    private final Registries registries;
    private final Optional<String> mirror;

    /**
     * @param mirror a base URL that stands in for every registry in this run, without a trailing slash
     */
    TarballAddresses(Registries registries, Optional<String> mirror) {
        this.registries = registries;
        this.mirror = mirror;
    }

    /** Whether a package is one tarball at a URL. */
    static boolean isTarball(LockedPackage locked) {
        return locked.resolution() instanceof Resolution.Npm || locked.resolution() instanceof Resolution.RemoteTarball;
    }

    /** The identity of a package's tarball. */
    String url(LockedPackage locked) {
        if (locked.resolution() instanceof Resolution.RemoteTarball remote) {
            return remote.url();
        }
        return registries.tarballUrl(locked.id(), (Resolution.Npm) locked.resolution());
    }

    /** How to ask for it. */
    TarballRequest request(LockedPackage locked) {
        return new TarballRequest(locked.id(), transportUrl(url(locked)), locked.integrity());
    }

    private String transportUrl(String url) {
        return mirror.flatMap(base -> Stream.concat(
                                Stream.of(registries.defaultUrl(), Registries.NPM),
                                registries.byScope().values().stream())
                        .filter(registry -> url.startsWith(registry + "/"))
                        .max(Comparator.comparingInt(String::length))
                        .map(registry -> base + url.substring(registry.length())))
                .orElse(url);
    }
}
