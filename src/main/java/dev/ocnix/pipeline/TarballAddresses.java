package dev.ocnix.pipeline;

import dev.ocnix.fetch.tarball.TarballRequest;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Registries;
import dev.ocnix.model.Resolution;
import dev.ocnix.nix.TarballUrl;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where tarballs are: their identity, which the tree names, and where this run gets them. */
final class TarballAddresses {
    private final Registries registries;
    private final Optional<String> mirror;
    private final Set<String> configuredHosts;

    /**
     * @param mirror a base URL that stands in for every registry in this run, without a trailing slash
     * @param configuredHosts {@code host:port} of the configured registries and mirrors
     */
    TarballAddresses(Registries registries, Optional<String> mirror, Set<String> configuredHosts) {
        this.registries = registries;
        this.mirror = mirror;
        this.configuredHosts = configuredHosts;
    }

    /** Whether a package is one tarball at a URL. */
    static boolean isTarball(LockedPackage locked) {
        return locked.resolution() instanceof Resolution.Npm || locked.resolution() instanceof Resolution.RemoteTarball;
    }

    /** The identity of a package's tarball, as the lockfile writes it. */
    String url(LockedPackage locked) {
        if (locked.resolution() instanceof Resolution.RemoteTarball remote) {
            return remote.url();
        }
        return registries.tarballUrl(locked.id(), (Resolution.Npm) locked.resolution());
    }

    /** The same, as the tree writes it. */
    TarballUrl written(LockedPackage locked) throws OcnixException {
        return TarballUrl.of(url(locked), locked.id(), locked.integrity(), configuredHosts);
    }

    /** How to ask for it. */
    TarballRequest request(LockedPackage locked) throws OcnixException {
        return new TarballRequest(locked.id(), transportUrl(written(locked).text()), locked.integrity());
    }

    private String transportUrl(String url) {
        return mirror.flatMap(base -> Stream.concat(
                                Stream.of(registries.defaultUrl(), Registries.NPM),
                                registries.byScope().values().stream())
                        .map(TarballAddresses::withLowerCaseHost)
                        .filter(registry -> url.startsWith(registry + "/"))
                        .max(Comparator.comparingInt(String::length))
                        .map(registry -> base + url.substring(registry.length())))
                .orElse(url);
    }

    /** A base URL in the form of {@link TarballUrl}. */
    private static String withLowerCaseHost(String base) {
        int path = base.indexOf('/', base.indexOf("://") + "://".length());
        int end = path < 0 ? base.length() : path;
        return base.substring(0, end).toLowerCase(Locale.ROOT) + base.substring(end);
    }
}
