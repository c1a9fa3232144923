package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.http.HttpLimits;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Certificate;
import dev.ocnix.testing.LoopbackServer;
import dev.ocnix.testing.LoopbackServer.Fault;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.RawServer;
import dev.ocnix.testing.TarBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a server can fail a whole run: what the user reads, and that the tree stays as it was. */
class DownloadFaultsTest {
    private static final String UNSEEN =
            "; ocnix.registryMirror names that server; or set ocnix.failOnUnverified to false, and the lockfile's hash is written for it unseen.";

    private static final String ELSEWHERE = "tell those who run that server, or configure another registry or mirror";

    @TempDir
    Path folder;

    private final PackageTarball left = World.left();
    private World world;

    @BeforeEach
    void open() throws Exception {
        world = World.of(folder, left);
        world.commit();
        world.prefetch = PrefetchMode.NONE;
        world.generate();
        world.prefetch = PrefetchMode.ALL;
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** The one sentence of a run that the world outside made fail, with the tarball's address as URL. */
    private String outside(Fault fault) {
        world.registry.fault(left.path(), fault);
        return outside();
    }

    private String outside() {
        return sentence(OcnixException.Fault.OUTSIDE);
    }

    private String input(Fault fault) {
        world.registry.fault(left.path(), fault);
        return sentence(OcnixException.Fault.INPUT);
    }

    private String sentence(OcnixException.Fault whose) {
        OcnixException failure = world.failure();
        assertEquals(1, failure.problems().size(), failure::getMessage);
        assertEquals(whose, failure.fault(), failure::getMessage);
        String url = world.registryMirror.orElseThrow() + left.path();
        assertTrue(failure.getMessage().contains(url), failure::getMessage);
        return failure.getMessage().replace(url, "URL");
    }

    private static String missing(String reason) {
        return "The tarball of left@1.0.0 is missing: could not get URL: it " + reason;
    }

    private void serve(byte[] tarball) throws Exception {
        PackageTarball odd = new PackageTarball("left", "1.0.0", left.manifest(), tarball);
        world.relock(left.integrity(), odd.integrity());
        world.release("v2");
        world.registry.publish(odd);
    }

    @Test
    void statusesThatStay() {
        assertEquals(
                missing(
                                "answered 404; configure a registry or mirror that has it (ocnix.registry, ocnix.registryMirror), or"
                                        + " lock another version")
                        + UNSEEN.replaceFirst(
                                "; or",
                                "; or, if the application can do without it, name it in the leaveOut of a profile"
                                        + " (ocnix.profile); or"),
                outside(Fault.status(404)));
        for (int status : List.of(401, 403)) {
            assertEquals(
                    missing("answered " + status + "; give credentials for its host in a <server> of settings.xml")
                            + UNSEEN,
                    outside(Fault.status(status)));
        }
        assertEquals(3, world.registry.requests(left.path()), "asked once each");
    }

    @Test
    void serverErrorsThatStayAndThatPass() throws Exception {
        assertEquals(
                missing("answered 500 (2 attempts); check the network and its proxy, then run again") + UNSEEN,
                outside(Fault.status(500)));
        world.registry.fault(left.path(), 1, Fault.status(500));
        world.generate();
        assertEquals(4, world.registry.requests(left.path()));
    }

    @Test
    void tooManyRequests() throws Exception {
        world.limits = patient(Duration.ofMillis(10));
        assertEquals(
                missing("answered 429 (2 attempts); run again later, or with a lower ocnix.concurrency") + UNSEEN,
                outside(Fault.retryAfter(429, 86400)));
        world.limits = patient(Duration.ofSeconds(20));
        world.registry.fault(left.path(), 1, Fault.retryAfter(429, 1));
        long start = System.nanoTime();
        world.generate();
        assertTrue(System.nanoTime() - start > 1e9, "waits as long as it was asked to");
    }

    private static HttpLimits patient(Duration longestWait) {
        return new HttpLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                2,
                Duration.ofMillis(1),
                longestWait,
                1 << 24);
    }

    @Test
    void bodiesThatStopTooEarly() throws Exception {
        for (Fault fault : List.of(Fault.truncated(), Fault.wrongLength(7))) {
            String sentence = outside(fault);
            assertTrue(sentence.startsWith(missing("failed on the way with \"")), sentence);
            assertTrue(sentence.contains("(2 attempts)"), sentence);
        }
        assertEquals(
                missing("failed on the way with \"the bytes stop in the middle of the archive\" (2 attempts);"
                                + " check the network and its proxy, then run again")
                        + UNSEEN,
                outside(Fault.content(Arrays.copyOf(left.bytes(), left.bytes().length - 5))));
    }

    @Test
    void aConnectionThatIsResetInTheMiddle() throws Exception {
        byte[] half = Arrays.copyOf(left.bytes(), left.bytes().length / 2);
        try (RawServer server = new RawServer((request, number) -> RawServer.body(half, left.bytes().length, true))) {
            world.registryMirror = Optional.of(server.url(""));
            String sentence = outside();
            assertTrue(sentence.startsWith(missing("failed on the way with \"")), sentence);
            assertTrue(sentence.contains("(2 attempts)"), sentence);
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void otherBytesThanThoseThatWereLocked() {
        byte[] longer = Arrays.copyOf(left.bytes(), left.bytes().length + 9);
        byte[] page = "<html>please log in</html>".repeat(100).getBytes(StandardCharsets.UTF_8);
        for (byte[] other : List.of(longer, page)) {
            PackageTarball wrong = new PackageTarball("left", "1.0.0", left.manifest(), other);
            assertEquals(
                    "The tarball of left@1.0.0 at URL has the hash " + wrong.integrity()
                            + ", but the lockfile records " + left.integrity()
                            + "; find out which one is right before you change the lockfile.",
                    input(Fault.content(other)));
        }
        assertEquals(2, world.registry.requests(left.path()), "asked once each");
    }

    @Test
    void aBodyThatDrips() {
        world.limits = new HttpLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(1500),
                5,
                Duration.ofMillis(1),
                Duration.ofMillis(10),
                1 << 24);
        long start = System.nanoTime();
        assertEquals(
                missing("took longer than 1.5 seconds; check the network and its proxy, then run again") + UNSEEN,
                outside(Fault.drip(Duration.ofMillis(100))));
        assertTrue(System.nanoTime() - start < 10e9, "bounded as a whole, though no single read is slow");
    }

    @Test
    void aServerThatFallsSilent() {
        world.limits = new HttpLimits(
                Duration.ofSeconds(5),
                Duration.ofMillis(300),
                Duration.ofSeconds(20),
                2,
                Duration.ofMillis(1),
                Duration.ofMillis(10),
                1 << 24);
        assertEquals(
                missing("did not answer in time (2 attempts); check the network and its proxy, then run again")
                        + UNSEEN,
                outside(Fault.drip(Duration.ofSeconds(4))));
    }

    @Test
    void redirectsWithoutEnd() {
        assertEquals(
                missing("was redirected more than 8 times; " + ELSEWHERE) + UNSEEN,
                outside(Fault.redirect(302, left.path())));
    }

    @Test
    void credentialsStayWithTheirHost() throws Exception {
        world.authorization = url -> Optional.of("Bearer secret");
        try (LoopbackServer other = LoopbackServer.start()) {
            other.serve("/elsewhere.tgz", "application/octet-stream", left.bytes());
            String elsewhere = "http://localhost:" + other.port() + "/elsewhere.tgz";
            assertEquals(
                    missing("was redirected to localhost, which is on a loopback, link-local or private network,"
                                    + " where a lockfile must not send anybody; if it is meant, name its host as ocnix.registry, or as"
                                    + " the <url> of one of <registries>, which needs no <scope> for that")
                            + UNSEEN,
                    outside(Fault.redirect(302, elsewhere)));
            assertEquals(List.of(), other.requests());
        }
        assertEquals("Bearer secret", world.registry.requests().get(0).headers().get("Authorization"));
    }

    @Test
    void fromHttpsToHttp() throws Exception {
        Certificate certificate = Certificate.fitting(folder);
        try (LoopbackServer secure = LoopbackServer.start(certificate)) {
            world.registryMirror = Optional.of(secure.url());
            secure.fault(left.path(), Fault.redirect(301, world.registry.url(left)));
            assertEquals(
                    missing("was redirected from https to http; " + ELSEWHERE) + UNSEEN,
                    certificate.whileTrusted(this::outside));
            assertEquals(0, world.registry.requests(left.path()));
        }
    }

    @Test
    void certificatesThatDoNotFit() throws Exception {
        String trust = "if you do, put its authority into a trust store and name that in MAVEN_OPTS with"
                + " -Djavax.net.ssl.trustStore";
        Certificate foreign = Certificate.foreign(folder);
        Certificate expired = Certificate.expired(folder);
        assertEquals(
                missing("has a certificate that this JVM does not trust; " + trust) + UNSEEN, behind(expired, foreign));
        assertEquals(
                missing("has a certificate that is for another host; ask for it under the name that it is for")
                        + UNSEEN,
                behind(foreign, foreign));
        assertEquals(
                missing("has a certificate that is expired or not valid yet; check this machine's clock, or have the"
                                + " certificate renewed")
                        + UNSEEN,
                behind(expired, expired));
    }

    private String behind(Certificate shown, Certificate trusted) throws Exception {
        try (LoopbackServer secure = LoopbackServer.start(shown)) {
            secure.serve(left.path(), "application/octet-stream", left.bytes());
            world.registryMirror = Optional.of(secure.url());
            String sentence = trusted.whileTrusted(this::outside);
            assertEquals(List.of(), secure.requests());
            return sentence;
        }
    }

    @Test
    void aCertificateThatTheJvmTrustsIsEnough() throws Exception {
        Certificate certificate = Certificate.fitting(folder);
        try (LoopbackServer secure = LoopbackServer.start(certificate)) {
            secure.serve(left.path(), "application/octet-stream", left.bytes());
            world.registryMirror = Optional.of(secure.url());
            certificate.whileTrusted(world::generate);
            assertEquals(1, secure.requests(left.path()));
        }
    }

    @Test
    void aContentEncodingThatOnlyClaimsToBeOneChangesNothing() throws Exception {
        world.registry.fault(left.path(), Fault.header("Content-Encoding", "gzip"));
        world.generate();
    }

    @Test
    void aContentEncodingThatNobodyAskedFor() {
        byte[] twice = TarBuilder.gzip(left.bytes());
        String sentence = input((exchange, right) -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            Fault.content(twice).answer(exchange, right);
        });
        assertTrue(sentence.contains("but the lockfile records " + left.integrity()), sentence);
    }

    @Test
    void aBombOfAGigabyte() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 1 << 16)) {
            gzip.write(header(1L << 30));
            byte[] zeros = new byte[1 << 20];
            for (int megabyte = 0; megabyte < 1024; megabyte++) {
                gzip.write(zeros);
            }
        }
        serve(bytes.toByteArray());
        assertEquals(
                "The tarball of left@1.0.0 at URL cannot be unpacked: it unpacks to more than 200 times its size"
                        + " (its hash is the one that the lockfile records, so the package was published like that and"
                        + " cannot be installed); lock another version.",
                sentence(OcnixException.Fault.INPUT));
    }

    /** The header of a file of that size, without its content. */
    private static byte[] header(long size) {
        byte[] header = Arrays.copyOf(TarBuilder.npm("{}").tar(), 512);
        byte[] octal = String.format("%011o", size).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, header, 124, octal.length);
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        System.arraycopy(String.format("%06o\0", sum).getBytes(StandardCharsets.US_ASCII), 0, header, 148, 7);
        return header;
    }

    @Test
    void tenThousandEntriesThatLeaveThePackage() throws Exception {
        TarBuilder tar = TarBuilder.npm("{}");
        for (int entry = 0; entry < 10_000; entry++) {
            tar.file("package/../../../" + entry, "x");
        }
        serve(tar.tgz());
        assertEquals(
                "The tarball of left@1.0.0 at URL cannot be unpacked: its entry \"package/../../../0\" has \"..\" in"
                        + " its path (its hash is the one that the lockfile records, so the package was published like"
                        + " that and cannot be installed); lock another version.",
                sentence(OcnixException.Fault.INPUT));
    }
}
