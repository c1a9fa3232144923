package dev.ocnix.fetch.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The 512 bytes before each member.
 *
 * @param type the type flag; NUL for old archives
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TarHeader(byte[] path, byte[] link, int mode, long size, char type) {
    private static final int NAME = 0;
    static final int NAME_LENGTH = 100;
    private static final int MODE = 100;
    private static final int MODE_LENGTH = 8;
    static final int SIZE = 124;
    static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int LINK_LENGTH = 100;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;
    private static final byte[] USTAR = "ustar\0".getBytes(StandardCharsets.US_ASCII);

    static TarHeader parse(byte[] block, long at) throws TarFormatException {
        int sum = 0;
        for (int i = 0; i < block.length; i++) {
            boolean inChecksum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
            sum += inChecksum ? ' ' : block[i] & 0xff;
        }
        if (sum != number(block, CHECKSUM, CHECKSUM_LENGTH, at)) {
            throw new TarFormatException(at, "a header whose checksum is wrong");
        }
        byte[] path = untilNul(block, NAME, NAME_LENGTH);
        boolean posix = Arrays.equals(block, MAGIC, MAGIC + USTAR.length, USTAR, 0, USTAR.length);
        if (posix && block[PREFIX] != 0) {
            path = joined(untilNul(block, PREFIX, PREFIX_LENGTH), path);
        }
        return new TarHeader(
                path,
                untilNul(block, LINK, LINK_LENGTH),
                (int) number(block, MODE, MODE_LENGTH, at),
                number(block, SIZE, SIZE_LENGTH, at),
                (char) (block[TYPE] & 0xff));
    }

    TarEntry.Type entryType() {
        return switch (type) {
            case '0', '7' -> TarEntry.Type.FILE;
            case 0 -> path.length > 0 && path[path.length - 1] == '/' ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
            case '1' -> TarEntry.Type.HARD_LINK;
            case '2' -> TarEntry.Type.SYMLINK;
            case '5' -> TarEntry.Type.DIRECTORY;
            default -> TarEntry.Type.OTHER;
        };
    }

    static byte[] untilNul(byte[] bytes, int start, int length) {
        int end = start;
        while (end < start + length && bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(bytes, start, end);
    }

    private static byte[] joined(byte[] prefix, byte[] name) {
        byte[] path = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        path[prefix.length] = '/';
        System.arraycopy(name, 0, path, prefix.length + 1, name.length);
        return path;
    }

    /** Octal digits, or GNU's big-endian binary with the top bit set. */
    private static long number(byte[] block, int start, int length, long at) throws TarFormatException {
        if ((block[start] & 0x80) != 0) {
            return binary(block, start, length, at);
        }
        long value = 0;
        boolean digits = false;
        for (int i = start; i < start + length; i++) {
            byte b = block[i];
            if (b >= '0' && b <= '7') {
                digits = true;
                value = (value << 3) | (b - '0');
            } else if (b == 0 || b == ' ') {
                if (digits) {
                    break;
                }
            } else {
                throw new TarFormatException(at, "a header with a malformed number");
            }
        }
        return value;
    }

    /** GNU's big-endian binary with the top bit set. */
    static long binary(byte[] block, int start, int length, long at) throws TarFormatException {
        long value = block[start] & 0x7f;
        for (int i = start + 1; i < start + length; i++) {
            if (value >>> 55 != 0) {
                throw new TarFormatException(at, "a header with a number out of range");
            }
            value = (value << 8) | (block[i] & 0xff);
        }
        return value;
    }
}
