package dev.ocnix.layout.isolated;

import dev.ocnix.hash.Sri;
import dev.ocnix.hash.Wyhash;
import dev.ocnix.hash.ZigWyhash;
import dev.ocnix.layout.isolated.Graph.Vertex;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Resolution;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The names of folders below {@code node_modules/.bun}. */
final class EntryNames {
    private static final int LONGEST_RESOLUTION = 80;
    /** Bun 1.3 never cuts and fails where no file can have the name. */
    private static final int LONGEST_FOR_DISKS = 150;

    private static final int KEPT = 63;
    private static final int DIGITS = 16;

    private final BunRules rules;

    EntryNames(BunRules rules) {
        this.rules = rules;
    }

    /** @param peers in the order of their names */
    String of(LockedPackage locked, List<Vertex> peers) {
        String name = safe(locked.id().name()) + "@" + resolution(locked);
        Optional<Sri> digest = locked.integrity().filter(sri -> rules.isNew() && isTarball(locked));
        if (peers.isEmpty()) {
            return name
                    + digest.map(sri -> "+" + sri.hex().substring(0, DIGITS)).orElse("");
        }
        ByteArrayOutputStream hashed = new ByteArrayOutputStream();
        digest.map(Sri::digest).ifPresent(hashed::writeBytes);
        for (Vertex peer : peers) {
            hashed.writeBytes((peer.id().name() + peer.id().resolution()).getBytes(StandardCharsets.UTF_8));
        }
        return name + "+" + hex(Wyhash.of(hashed.toByteArray()));
    }

    private static boolean isTarball(LockedPackage locked) {
        return locked.resolution() instanceof Resolution.LocalTarball
                || locked.resolution() instanceof Resolution.RemoteTarball;
    }

    private String resolution(LockedPackage locked) {
        String text = safe(locked.id().resolution());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length > (rules.isNew() ? LONGEST_RESOLUTION : LONGEST_FOR_DISKS)
                ? start(bytes) + "+" + hex(ZigWyhash.of(text))
                : text;
    }

    /** The first bytes, up to a whole character. */
    private static String start(byte[] bytes) {
        int end = KEPT;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static String safe(String text) {
        return text.replaceAll("[/\\\\:#]", "+");
    }

    private static String hex(long hash) {
        return String.format("%016x", hash);
    }
}
