package dev.ocnix.nix;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one file. */
public final class FileContent {
    private final byte[] bytes;

    private FileContent(byte[] bytes) {
        this.bytes = bytes;
    }

    public static FileContent of(byte[] bytes) {
        return new FileContent(bytes.clone());
    }

    /** A text in UTF-8. */
    public static FileContent of(String text) {
        return new FileContent(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    /** Whether these are the given bytes. */
    public boolean isExactly(byte[] other) {
        return Arrays.equals(bytes, other);
    }

    /** sha256 in lower-case hexadecimal. */
    public String sha256() {
        return Sri.ofContent(HashAlgorithm.SHA256, bytes).hex();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text, read as UTF-8. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
