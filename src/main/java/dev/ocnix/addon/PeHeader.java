package dev.ocnix.addon;

import dev.ocnix.addon.NativeFile.Role;
import dev.ocnix.model.BinaryFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Files of Windows, by Microsoft's PE format: the COFF header tells machine and kind. */
final class PeHeader {
    private static final int OFFSET_OF_SIGNATURE = 0x3c;
    private static final long SIGNATURE = 0x0000_4550L;
    private static final int FLAG_LIBRARY = 0x2000;

    private PeHeader() {}

    /** Describes a file that starts with {@code MZ}; empty if it is no PE file. */
    static Optional<NativeFile> read(String path, Window window) throws IOException {
        Optional<byte[]> stub = window.read(0, 64);
        if (stub.isEmpty()) {
            return Optional.empty();
        }
        long offset = new Numbers(stub.get(), ByteOrder.LITTLE_ENDIAN).u32(OFFSET_OF_SIGNATURE);
        Optional<byte[]> head = offset > 1 << 20 ? Optional.empty() : window.read(offset, 24);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        Numbers numbers = new Numbers(head.get(), ByteOrder.LITTLE_ENDIAN);
        if (numbers.u32(0) != SIGNATURE) {
            return Optional.empty();
        }
        boolean isLibrary = (numbers.u16(22) & FLAG_LIBRARY) != 0;
        Role role = path.endsWith(".node") ? Role.NODE : isLibrary ? Role.LIBRARY : Role.EXECUTABLE;
        return Optional.of(new NativeFile(
                new BinaryFile(
                        path,
                        "pe",
                        "win32",
                        cpu(numbers.u16(4)),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false),
                role));
    }

    private static List<String> cpu(int machine) {
        return switch (machine) {
            case 0x14c -> List.of("ia32");
            case 0x1c0, 0x1c4 -> List.of("arm");
            case 0x8664 -> List.of("x64");
            case 0xaa64 -> List.of("arm64");
            default -> List.of();
        };
    }
}
