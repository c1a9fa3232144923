package dev.ocnix.fetch.tarball;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpLimits;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.testing.RawServer;
import dev.ocnix.testing.TarBuilder;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrefetcherTest {
    private static final HttpLimits QUICK = new HttpLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            3,
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            1 << 20);

    private static TarballRequest request(RawServer server, String name, Optional<Sri> integrity) {
        return new TarballRequest(new PackageId(name, "1.0.0"), server.url("/" + name + ".tgz"), integrity);
    }

    @Test
    void allFailuresOfARunAreToldWhileTheRestIsFetched() throws Exception {
        byte[] tgz = TarBuilder.npm("{\"name\":\"x\"}").tgz();
        Optional<Sri> right = Optional.of(Sri.ofContent(HashAlgorithm.SHA512, tgz));
        Optional<Sri> wrong = Optional.of(Sri.ofContent(HashAlgorithm.SHA512, new byte[0]));
        try (RawServer server =
                        new RawServer((request, number) -> request.path().startsWith("/gone")
                                ? RawServer.status(404)
                                : request.path().startsWith("/down") ? RawServer.status(502) : RawServer.body(tgz));
                Http http = new Http(HttpSettings.standard().withLimits(QUICK).withTrusted(server.url("/")))) {
            List<PrefetchListener.Progress> heard = Collections.synchronizedList(new ArrayList<>());
            Prefetcher prefetcher = new Prefetcher(http, id -> new Blind(), new PrefetchListener() {
                @Override
                public void progress(Progress progress) {
                    heard.add(progress);
                }
            });
            Map<PackageId, TarballResult> results = prefetcher.fetch(List.of(
                    request(server, "good", right),
                    request(server, "gone", right),
                    request(server, "down", right),
                    request(server, "unhashed", Optional.empty()),
                    request(server, "tampered", wrong)));
            assertInstanceOf(TarballResult.Fetched.class, results.get(new PackageId("good", "1.0.0")));
            assertInstanceOf(TarballResult.Fetched.class, results.get(new PackageId("unhashed", "1.0.0")));
            String gone = assertInstanceOf(TarballResult.Unavailable.class, results.get(new PackageId("gone", "1.0.0")))
                    .failure()
                    .getMessage();
            assertTrue(gone.contains("/gone.tgz") && gone.contains("404"), gone);
            String down = assertInstanceOf(TarballResult.Unavailable.class, results.get(new PackageId("down", "1.0.0")))
                    .failure()
                    .getMessage();
            assertTrue(down.contains("502") && down.contains("3 attempts"), down);
            String tampered = assertInstanceOf(
                            TarballResult.Wrong.class, results.get(new PackageId("tampered", "1.0.0")))
                    .problem();
            assertTrue(tampered.contains(right.orElseThrow().toString()), tampered);
            assertEquals(5, heard.size());
            assertEquals(
                    3,
                    heard.stream()
                            .mapToInt(PrefetchListener.Progress::failed)
                            .max()
                            .orElse(0));
        }
    }

    @Test
    void progressNamesTheSlowestHost() throws Exception {
        byte[] tgz = TarBuilder.npm("{}").tgz();
        List<PrefetchListener.Progress> heard = Collections.synchronizedList(new ArrayList<>());
        try (RawServer server = new RawServer((request, number) -> {
                    pause(request.headers().get("host").startsWith("localhost") ? 200 : 0);
                    return RawServer.body(tgz);
                });
                Http http = new Http(HttpSettings.standard()
                        .withLimits(QUICK)
                        .withTrusted(server.url("/"))
                        .withTrusted(server.otherHostUrl("/")))) {
            new Prefetcher(http, id -> new Blind(), new PrefetchListener() {
                        @Override
                        public void progress(Progress progress) {
                            heard.add(progress);
                        }
                    })
                    .fetch(List.of(
                            request(server, "a", Optional.empty()),
                            new TarballRequest(
                                    new PackageId("slow", "1.0.0"), server.otherHostUrl("/slow.tgz"), Optional.empty()),
                            request(server, "b", Optional.empty())));
        }
        assertEquals(new PrefetchListener.Progress(3, 0, 3, 3L * tgz.length, "localhost"), heard.get(2));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aTarballCutShortIsFetchedAgainEvenWithoutAnAnnouncedLength() throws Exception {
        byte[] tgz = TarBuilder.npm("{}").file("package/a", "a".repeat(5000)).tgz();
        byte[] half = Arrays.copyOf(tgz, tgz.length / 2);
        try (RawServer server = new RawServer((request, number) -> switch (number) {
                    case 1 -> RawServer.body(half, tgz.length, true);
                    case 2 -> RawServer.unmeasured(half);
                    default -> RawServer.unmeasured(tgz);
                });
                Http http = new Http(HttpSettings.standard().withLimits(QUICK).withTrusted(server.url("/")))) {
            Map<PackageId, TarballResult> results = new Prefetcher(http, id -> new Blind(), PrefetchListener.SILENT)
                    .fetch(List.of(request(server, "x", Optional.of(Sri.ofContent(HashAlgorithm.SHA1, tgz)))));
            assertInstanceOf(TarballResult.Fetched.class, results.get(new PackageId("x", "1.0.0")));
            assertEquals(3, server.requests().size());
        }
    }

    /** Looks at nothing. */
    private static final class Blind implements PackageVisitor {
        @Override
        public void file(String path, boolean executable, long size, InputStream content) {}

        @Override
        public AddonFacts finish(PackageManifest manifest) {
            return AddonFacts.nothing();
        }
    }
}
