package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.addon.AddonScanner;
import dev.ocnix.fetch.cache.Facts;
import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.fetch.source.Checkouts;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.layout.OptionalPackages;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.nix.DependencySource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutContentsTest {
    private static final String COMMIT = "06b29aafb7708acef8b3669835c8a7857ebc92d2";

    @TempDir
    Path folder;

    private CheckoutContents.Outcome find(String committish, String recorded) throws OcnixException {
        CheckoutFacts facts = new CheckoutFacts(
                recorded,
                Sri.ofContent(HashAlgorithm.SHA256, new byte[0]),
                PackageManifest.empty(),
                AddonFacts.nothing(),
                false);
        Facts previous = Facts.of(
                new TreeMap<>(), new TreeMap<>(), new TreeMap<>(Map.of("github:acme/gyp#" + committish, facts)));
        String lockfile =
                "{\"lockfileVersion\":1,\"workspaces\":{\"\":{}},\"packages\":{\"gyp\":[\"gyp@github:acme/gyp#"
                        + committish + "\",{},\"acme-gyp-06b29aa\"]}}";
        List<LockedPackage> packages =
                List.copyOf(LockfileReader.read("bun.lock", lockfile.getBytes(StandardCharsets.UTF_8))
                        .packages()
                        .values());
        try (Http http = new Http(HttpSettings.standard().withOffline(true));
                FactsCache cache = new FactsCache(folder, warning -> {})) {
            Checkouts checkouts =
                    new Checkouts(ProjectSource.sources(http), Optional.empty(), new AddonScanner(), warning -> {});
            return new CheckoutContents(previous, id -> false, cache, PrefetchMode.NONE, id -> false, checkouts)
                    .find(packages, OptionalPackages.none());
        }
    }

    @Test
    void whatTheTreeRecordsOfTheLockfilesCommitIsUsed() throws OcnixException {
        DependencySource source =
                find(COMMIT, COMMIT).sources().values().iterator().next();
        assertEquals(COMMIT, ((DependencySource.GitHub) source).commit());
    }

    @Test
    void whatAShortCommitMeansTheTreeDoesNotSettle() throws OcnixException {
        CheckoutContents.Outcome outcome = find("06b29aa", COMMIT);
        assertTrue(outcome.sources().isEmpty());
        assertThrows(OcnixException.class, () -> outcome.problems().raise());
    }

    @Test
    void recordsOfAnotherCommitThanTheLockfilesDoNotCount() throws OcnixException {
        for (String committish : List.of("06b29aa", COMMIT)) {
            CheckoutContents.Outcome outcome = find(committish, "f".repeat(40));
            assertTrue(outcome.sources().isEmpty());
            assertThrows(OcnixException.class, () -> outcome.problems().raise());
        }
    }
}
