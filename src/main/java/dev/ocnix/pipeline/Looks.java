package dev.ocnix.pipeline;

import dev.ocnix.addon.AddonScanner;
import dev.ocnix.fetch.cache.CacheDirectory;
import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.layout.OptionalPackages;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Registries;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.SourceFiles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks into some packages of a lockfile, from the cache or by downloading them, for the scripts and native parts they have. */
final class Looks {
    private final ConversionRequest request;
    private final HttpSettings settings;
    private final Listener listener;

    Looks(ConversionRequest request, HttpSettings settings, Listener listener) {
        this.request = request;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Looks into the packages of some names, as far as they are fetched from outside.
     *
     * @return empty if nothing can be said of them; the user is told why
     */
    Optional<PackageContents> into(Lockfile lockfile, Registries registries, Set<String> names) {
        if (request.prefetch() == PrefetchMode.NONE || names.isEmpty()) {
            return Optional.empty();
        }
        PatchChecks noPatches = new PatchChecks(new PatchFiles.Found(new TreeMap<>(), new TreeMap<>()), Map.of());
        try (Http http = new Http(settings);
                FactsCache cache = new FactsCache(request.cacheDirectory(), listener::warn)) {
            CacheDirectory.require(request.cacheDirectory());
            Lockfile part = part(lockfile, names);
            PackageContents contents = new ContentFinder(
                            request,
                            registries,
                            settings.trustedHosts(),
                            http,
                            cache,
                            noPatches,
                            new AddonScanner(),
                            new Muffled(listener))
                    .find(
                            part,
                            new Fetchables(part).packages(),
                            OptionalPackages.none(),
                            PreviousTree.none(),
                            SourceFiles.none(),
                            "");
            if (!contents.unverified().isEmpty()) {
                listener.warn("Nobody could look into " + contents.unverified().size()
                        + " of the packages that changed, so their scripts and native parts are not compared.");
            }
            return Optional.of(contents);
        } catch (OcnixException e) {
            e.problems().forEach(listener::warn);
            listener.warn(
                    "The packages that changed were not looked into, so their scripts and native parts are not compared.");
            return Optional.empty();
        }
    }

    /** The same lockfile with fewer packages. */
    private static Lockfile part(Lockfile lockfile, Set<String> names) {
        SortedMap<PackageId, LockedPackage> packages = new TreeMap<>();
        lockfile.packages().forEach((id, locked) -> {
            if (names.contains(id.name()) && isOutside(locked.resolution())) {
                packages.put(id, locked);
            }
        });
        Map<PlacementKey, Placement> placements = new TreeMap<>();
        lockfile.placements().forEach((key, placement) -> {
            if (packages.containsKey(placement.id())) {
                placements.put(key, placement);
            }
        });
        return new Lockfile(
                lockfile.kind(),
                lockfile.version(),
                lockfile.configVersion(),
                lockfile.workspaces(),
                packages,
                placements,
                lockfile.trustedDependencies(),
                new TreeMap<>(),
                lockfile.overrides(),
                lockfile.catalogs(),
                lockfile.warnings());
    }

    private static boolean isOutside(Resolution resolution) {
        return resolution.isFetched()
                && !(resolution instanceof Resolution.LocalTarball || resolution instanceof Resolution.Folder);
    }

    /** What a conversion warns of is no news to who compares. */
    private record Muffled(Listener listener) implements Listener {
        @Override
        public void info(String message) {
            listener.debug(message);
        }

        @Override
        public void debug(String message) {
            listener.debug(message);
        }

        @Override
        public void warn(String message) {
            listener.debug(message);
        }

        @Override
        public void progress(int done, int total, long bytes, String host) {
            listener.progress(done, total, bytes, host);
        }

        @Override
        public void progressOver() {
            listener.progressOver();
        }
    }
}
