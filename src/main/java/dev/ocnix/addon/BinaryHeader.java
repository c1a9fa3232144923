package dev.ocnix.addon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Optional;

/** Tells native files from others by their first bytes. */
final class BinaryHeader {
    /** How many bytes tell a format. */
    static final int START = 4;

    private static final long ELF = 0x7f45_4c46L;
    private static final int DOS = 0x4d5a;

    private BinaryHeader() {}

    /** Describes a program, shared library or Node addon; empty for any other file. */
    static Optional<NativeFile> read(String path, InputStream content) throws IOException {
        byte[] start = content.readNBytes(START);
        if (!isOne(start)) {
            return Optional.empty();
        }
        return read(path, new Numbers(start, ByteOrder.BIG_ENDIAN).u32(0), new Window(start, content));
    }

    /** Whether a file that starts with these {@link #START} bytes may be a program or a library. */
    static boolean isOne(byte[] start) {
        if (start.length < START) {
            return false;
        }
        Numbers numbers = new Numbers(start, ByteOrder.BIG_ENDIAN);
        long magic = numbers.u32(0);
        return magic == ELF || MachOHeader.isMagic(magic) || numbers.u16(0) == DOS;
    }

    private static Optional<NativeFile> read(String path, long magic, Window window) throws IOException {
        if (magic == ELF) {
            return ElfHeader.read(path, window);
        }
        if (MachOHeader.isMagic(magic)) {
            return MachOHeader.read(path, window);
        }
        return PeHeader.read(path, window);
    }
}
