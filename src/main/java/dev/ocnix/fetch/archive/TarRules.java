package dev.ocnix.fetch.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rules under which Bun, GNU tar and the reader of commons-compress see the same files in an archive. Beyond them each sees files
 * of its own: unknown types are files to one and nothing to the other, of two names one takes the first. The archive's bytes are
 * shown to it as they pass by.
 */
public final class TarRules {
    private static final int BLOCK = 512;
    private static final byte[] ZEROS = new byte[BLOCK];
    /** Readers have limits of their own for what is longer. */
    private static final int MAX_EXTENDED = 1 << 20;

    private final byte[] block = new byte[BLOCK];
    private final ByteArrayOutputStream extended = new ByteArrayOutputStream();
    private int filled;
    private long content;
    private long padding;
    private char collecting;
    private long offset;
    private boolean isAfterZeros;
    private boolean isOver;
    private boolean hasLongName;
    private boolean hasLongLink;
    private boolean hasExtended;
    private PaxHeader own = PaxHeader.NONE;

    /**
     * Looks at the next bytes.
     *
     * @throws TarFormatException if they break a rule
     */
    public void accept(byte[] bytes, int start, int length) throws TarFormatException {
        int at = start;
        while (at < start + length && !isOver) {
            int left = start + length - at;
            int taken;
            if (content > 0) {
                taken = (int) Math.min(left, content);
                if (collecting != 0) {
                    extended.write(bytes, at, taken);
                }
                content -= taken;
                if (content == 0 && collecting != 0) {
                    collected();
                }
            } else if (padding > 0) {
                taken = (int) Math.min(left, padding);
                padding -= taken;
            } else {
                taken = Math.min(left, BLOCK - filled);
                System.arraycopy(bytes, at, block, filled, taken);
                filled += taken;
            }
            at += taken;
            offset += taken;
            if (filled == BLOCK) {
                filled = 0;
                header();
            }
        }
    }

    private void header() throws TarFormatException {
        if (Arrays.equals(block, ZEROS)) {
            isOver = isAfterZeros;
            isAfterZeros = true;
            return;
        }
        if (isAfterZeros) {
            throw broken("something behind a lone block of zeros");
        }
        long size = size();
        char type = (char) (block[TarHeader.TYPE] & 0xff);
        switch (type) {
            case 'x', 'g' -> {
                if (type == 'x' && hasExtended) {
                    throw broken("two extended headers for one entry");
                }
                isOver = size > MAX_EXTENDED;
                collecting = type;
                expect(size);
                if (size == 0) {
                    collected();
                }
            }
            case 'L', 'K' -> {
                if (type == 'L' ? hasLongName : hasLongLink) {
                    throw broken("two long names for one entry");
                }
                hasLongName |= type == 'L';
                hasLongLink |= type == 'K';
                expect(size);
            }
            case '0', '7', 0 -> file(own.size().orElse(size));
            case '1', '2', '3', '4', '5', '6' -> empty(own.size().orElse(size) | size);
            case 'S' -> throw broken("a sparse file");
            default ->
                throw broken("an entry of the type "
                        + (type > ' ' && type < 0x7f ? "\"" + type + "\"" : String.valueOf((int) type))
                        + ", which some programs take for a file");
        }
    }

    private void file(long size) throws TarFormatException {
        byte[] name = own.path().orElse(TarHeader.untilNul(block, 0, TarHeader.NAME_LENGTH));
        if (size > 0 && name.length > 0 && name[name.length - 1] == '/') {
            throw broken("a folder with content");
        }
        entry();
        expect(size);
    }

    private void empty(long size) throws TarFormatException {
        if (size != 0) {
            throw broken("a link or a folder with content");
        }
        entry();
    }

    private void entry() throws TarFormatException {
        if ((hasLongName && own.path().isPresent())
                || (hasLongLink && own.link().isPresent())) {
            throw broken("two names for one entry");
        }
        hasLongName = false;
        hasLongLink = false;
        hasExtended = false;
        own = PaxHeader.NONE;
    }

    private void expect(long size) {
        content = size;
        padding = (BLOCK - size % BLOCK) % BLOCK;
    }

    private void collected() throws TarFormatException {
        PaxHeader header = PaxHeader.parse(extended.toByteArray(), offset);
        extended.reset();
        boolean isGlobal = collecting == 'g';
        collecting = 0;
        if (header.sparse()) {
            throw broken("a sparse file");
        }
        boolean namesFiles = header.path().isPresent()
                || header.link().isPresent()
                || header.size().isPresent();
        if (isGlobal && namesFiles) {
            throw broken("a name or a size for all its entries");
        }
        if (!isGlobal) {
            hasExtended = true;
            own = header;
        }
    }

    /** Octal digits between blanks and NULs, or GNU's big-endian binary with the top bit set. */
    private long size() throws TarFormatException {
        if ((block[TarHeader.SIZE] & 0x80) != 0) {
            return TarHeader.binary(block, TarHeader.SIZE, TarHeader.SIZE_LENGTH, at());
        }
        String field = new String(block, TarHeader.SIZE, TarHeader.SIZE_LENGTH, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        long value = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c < '0' || c > '7') {
                throw broken("a malformed size");
            }
            value = (value << 3) | (c - '0');
        }
        return value;
    }

    private TarFormatException broken(String what) {
        return new TarFormatException(at(), what);
    }

    /** Where the header begins that was read last. */
    private long at() {
        return Math.max(0, offset - BLOCK);
    }
}
