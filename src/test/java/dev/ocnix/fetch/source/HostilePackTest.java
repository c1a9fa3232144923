package dev.ocnix.fetch.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.testing.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packs of a git server that announce more than anybody could hold. */
class HostilePackTest {
    private static final String COMMIT = "1".repeat(40);
    private static final int BLOB = 3;
    private static final int OFFSET_DELTA = 6;
    private static final int BASE = 16 << 20;

    @TempDir
    Path folder;

    static Stream<Map.Entry<String, byte[]>> packs() throws Exception {
        Map<String, byte[]> packs = new TreeMap<>();
        packs.put("2147483647 objects", pack(Integer.MAX_VALUE));
        packs.put("4294967295 objects", pack(-1));
        packs.put("4000001 objects", pack(4_000_001));
        packs.put("an object of 2 GiB, announced", pack(1, object(BLOB, Integer.MAX_VALUE, new byte[64])));
        packs.put("an object of 2^40 bytes, announced", pack(1, object(BLOB, 1L << 40, new byte[64])));
        packs.put("a delta of 2 GiB, announced", pack(2, base(), delta(Integer.MAX_VALUE, new byte[64])));
        packs.put("a delta that makes 1.9 GiB", pack(2, base(), multiplied(120)));
        return packs.entrySet().stream();
    }

    private static byte[] pack(int announced, byte[]... objects) throws Exception {
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        pack.write(ByteBuffer.allocate(12)
                .put("PACK".getBytes(US_ASCII))
                .putInt(2)
                .putInt(announced)
                .array());
        for (byte[] object : objects) {
            pack.write(object);
        }
        pack.write(MessageDigest.getInstance("SHA-1").digest(pack.toByteArray()));
        return pack.toByteArray();
    }

    private static byte[] base() throws IOException {
        return object(BLOB, BASE, new byte[BASE]);
    }

    private static byte[] object(int type, long size, byte[] content) throws IOException {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        long left = size >> 4;
        object.write((int) (type << 4 | (size & 15) | (left > 0 ? 0x80 : 0)));
        if (left > 0) {
            number(left, object);
        }
        if (type == OFFSET_DELTA) {
            offset(base().length, object);
        }
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(object)) {
            deflated.write(content);
        }
        return object.toByteArray();
    }

    private static void number(long value, ByteArrayOutputStream to) {
        long left = value;
        while (left > 0x7f) {
            to.write((int) (left & 0x7f | 0x80));
            left >>= 7;
        }
        to.write((int) left);
    }

    /** As git writes how far back the base is. */
    private static void offset(long distance, ByteArrayOutputStream to) {
        byte[] digits = new byte[10];
        int at = digits.length - 1;
        digits[at] = (byte) (distance & 0x7f);
        for (long left = distance >> 7; left > 0; left >>= 7) {
            left--;
            at--;
            digits[at] = (byte) (0x80 | (left & 0x7f));
        }
        to.write(digits, at, digits.length - at);
    }

    private static byte[] delta(long size, byte[] content) throws IOException {
        return object(OFFSET_DELTA, size, content);
    }

    /** Copies of the base one after the other. */
    private static byte[] multiplied(int copies) throws IOException {
        ByteArrayOutputStream delta = new ByteArrayOutputStream();
        number(BASE, delta);
        number((long) copies * (BASE - 1), delta);
        for (int i = 0; i < copies; i++) {
            delta.write(new byte[] {(byte) 0xf0, -1, -1, -1});
        }
        return delta(delta.size(), delta.toByteArray());
    }

    private static byte[] lines(String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line.isEmpty() ? "0000" : String.format("%04x%s", line.length() + 4, line));
        }
        return text.toString().getBytes(US_ASCII);
    }

    @ParameterizedTest
    @MethodSource("packs")
    void aPackThatAnnouncesTooMuchIsRefused(Map.Entry<String, byte[]> pack) throws Exception {
        try (LoopbackServer server = LoopbackServer.start();
                Http http = new Http(HttpSettings.standard().withTrusted(server.url()))) {
            server.serve(
                    "/a/b.git/info/refs?service=git-upload-pack",
                    "application/x-git-upload-pack-advertisement",
                    lines(
                            "# service=git-upload-pack\n",
                            "",
                            COMMIT + " refs/tags/v1\0multi_ack_detailed ofs-delta shallow no-progress\n",
                            ""));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            answer.write(lines("NAK\n"));
            answer.write(pack.getValue());
            server.serve("/a/b.git/git-upload-pack", "application/x-git-upload-pack-result", answer.toByteArray());
            Sources sources = new Sources(http, folder, TreeLimits.standard());
            SourceRequest request = new SourceRequest(
                    new SourceIdentity.Git(server.url() + "/a/b.git"), "v1", Optional.empty(), new Transport.Origin());
            String problem = assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> assertThrows(
                                    OcnixException.class,
                                    () -> sources.fetch(request).close())
                            .getMessage());
            assertTrue(problem.startsWith("Could not fetch from " + server.url() + "/a/b.git: "), problem);
            assertTrue(
                    problem.matches(
                            "(?s).*(announces \\d+ objects|[Oo]bject too large|memory|damaged|[Ii]nvalid|corrupt).*"),
                    problem);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }
}
