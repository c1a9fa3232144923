package dev.ocnix.hash;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The name of one file in a folder, as the bytes that file systems and NAR know it by; ordered bytewise, unsigned, as NAR
 * orders entries.
 */
public final class ByteName implements Comparable<ByteName> {
    private final byte[] bytes;

    private ByteName(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A name that can stand in a folder.
     *
     * @return empty for the empty name, {@code .}, {@code ..}, and names that hold a slash or a NUL
     */
    public static Optional<ByteName> of(byte[] name) {
        boolean dots = name.length > 0 && name.length <= 2 && name[0] == '.' && name[name.length - 1] == '.';
        if (name.length == 0 || dots) {
            return Optional.empty();
        }
        for (byte b : name) {
            if (b == '/' || b == 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new ByteName(name.clone()));
    }

    /** Likewise, of a text's UTF-8 bytes. */
    public static Optional<ByteName> of(String name) {
        return of(name.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    int length() {
        return bytes.length;
    }

    /** The name as text, if it is UTF-8. */
    public Optional<String> text() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(ByteName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The name for messages; bytes that are no UTF-8 are replaced. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
