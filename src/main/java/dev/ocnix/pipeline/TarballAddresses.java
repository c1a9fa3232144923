package dev.ocnix.pipeline;

import dev.ocnix.fetch.tarball.TarballRequest;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Registries;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Words;
import dev.ocnix.nix.TarballUrl;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where tarballs are: their identity, which the tree names, and where this run gets them. */
final class TarballAddresses {
    private static final int HOSTS = 5;

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
        return new TarballRequest(locked.id(), transportUrl(locked), locked.integrity());
    }

    private String transportUrl(LockedPackage locked) throws OcnixException {
        String url = written(locked).text();
        return mirror.flatMap(base -> registryPath(locked, url)
                        .or(() -> pathBelowRegistry(url))
                        .map(path -> base + path))
                .orElse(url);
    }

    /** The path that every registry has a tarball at, if a URL ends like that, whatever stands before it. */
    private static Optional<String> registryPath(LockedPackage locked, String url) {
        if (!(locked.resolution() instanceof Resolution.Npm npm)) {
            return Optional.empty();
        }
        String name = locked.id().name();
        String file = locked.id().unscopedName() + "-" + npm.version() + ".tgz";
        String path = "/" + name + "/-/" + file;
        String plain = url.replaceFirst("\\?.*", "")
                .replaceAll("(?i)%2f", "/")
                .replaceAll("%40", "@")
                .replaceAll("(?i)%2b", "+");
        String scope =
                name.substring(0, name.length() - locked.id().unscopedName().length());
        // Artifactory repeats the scope
        for (String ending : List.of(path, "/" + name + "/-/" + scope + file)) {
            boolean isOfAnotherScope = plain.endsWith(ending)
                    && plain.substring(0, plain.length() - ending.length()).matches(".*/@[^/]*");
            if (plain.endsWith(ending) && !isOfAnotherScope) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    private Optional<String> pathBelowRegistry(String url) {
        return Stream.concat(Stream.of(registries.defaultUrl(), Registries.NPM), registries.byScope().values().stream())
                .map(TarballAddresses::withLowerCaseHost)
                .filter(registry -> url.startsWith(registry + "/"))
                .max(Comparator.comparingInt(String::length))
                .map(registry -> url.substring(registry.length()));
    }

    /** What to do, as far as mirrors are concerned, if a tarball cannot be had. */
    Optional<String> advice(LockedPackage locked) throws OcnixException {
        String url = written(locked).text();
        if (!transportUrl(locked).equals(url)) {
            return Optional.of("ocnix.registryMirror names that server");
        }
        return isForeign(locked)
                ? Optional.of("or name a registry that has it as ocnix.registryMirror, which stands in for every other")
                : Optional.empty();
    }

    /** Whether a registry serves a package that nobody but the lockfile names. */
    private boolean isForeign(LockedPackage locked) throws OcnixException {
        String url = written(locked).text();
        return registryPath(locked, url).isPresent()
                && pathBelowRegistry(url).isEmpty()
                && !configuredHosts.contains(hostAndPort(url));
    }

    /** What is said where a mirror stands in for registries that nobody but the lockfile names. */
    Optional<String> foreign(List<LockedPackage> packages) throws OcnixException {
        SortedSet<String> hosts = new TreeSet<>();
        int count = 0;
        for (LockedPackage locked : packages) {
            if (mirror.isPresent() && isTarball(locked) && isForeign(locked)) {
                hosts.add(hostAndPort(written(locked).text()).replaceFirst(":443$", ""));
                count++;
            }
        }
        return count == 0
                ? Optional.empty()
                : Optional.of((count == 1 ? "1 package is" : count + " packages are")
                        + " locked at hosts that are not configured, " + Words.few(hosts, HOSTS)
                        + "; ocnix.registryMirror stands in for them in this run, and the tree names them as the lockfile"
                        + " does: run bun install with your own registry if nobody can reach them.");
    }

    private static String hostAndPort(String url) {
        URI parsed = URI.create(url);
        int usual = "http".equals(parsed.getScheme()) ? 80 : 443;
        return parsed.getHost() + ":" + (parsed.getPort() < 0 ? usual : parsed.getPort());
    }

    /** A base URL in the form of {@link TarballUrl}. */
    private static String withLowerCaseHost(String base) {
        int path = base.indexOf('/', base.indexOf("://") + "://".length());
        int end = path < 0 ? base.length() : path;
        return base.substring(0, end).toLowerCase(Locale.ROOT) + base.substring(end);
    }
}
