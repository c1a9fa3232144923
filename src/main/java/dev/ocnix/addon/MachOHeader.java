package dev.ocnix.addon;

import dev.ocnix.addon.NativeFile.Role;
import dev.ocnix.model.BinaryFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files of macOS, by {@code <mach-o/loader.h>} and {@code <mach-o/fat.h>}. Of a universal file the first part is described. */
final class MachOHeader {
    private static final long UNIVERSAL = 0xcafe_babeL;
    private static final long UNIVERSAL_64 = 0xcafe_babfL;
    private static final int MAX_PARTS = 16;
    private static final int MAX_COMMANDS_BYTES = 1 << 16;
    private static final int TYPE_EXECUTABLE = 2;
    private static final int TYPE_LIBRARY = 6;
    private static final int TYPE_BUNDLE = 8;
    private static final long COMMAND_LIBRARY = 0xc;
    private static final long COMMAND_WEAK_LIBRARY = 0x8000_0018L;
    private static final long COMMAND_RPATH = 0x8000_001cL;

    private MachOHeader() {}

    /** Whether the first bytes, read as a big-endian number, are one of the magics. Java classes share the universal one. */
    static boolean isMagic(long magic) {
        return magic == UNIVERSAL || magic == UNIVERSAL_64 || orderOf(magic).isPresent();
    }

    private static Optional<ByteOrder> orderOf(long magic) {
        if (magic == 0xfeed_facfL || magic == 0xfeed_faceL) {
            return Optional.of(ByteOrder.BIG_ENDIAN);
        }
        return magic == 0xcffa_edfeL || magic == 0xcefa_edfeL ? Optional.of(ByteOrder.LITTLE_ENDIAN) : Optional.empty();
    }

    /** Describes a program, library or bundle; empty for anything else. */
    static Optional<NativeFile> read(String path, Window window) throws IOException {
        Optional<byte[]> head = window.read(0, 8);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        Numbers numbers = new Numbers(head.get(), ByteOrder.BIG_ENDIAN);
        long magic = numbers.u32(0);
        if (magic != UNIVERSAL && magic != UNIVERSAL_64) {
            return part(path, window, 0, List.of());
        }
        long parts = numbers.u32(4);
        int size = magic == UNIVERSAL ? 20 : 32;
        if (parts < 1 || parts > MAX_PARTS) {
            return Optional.empty();
        }
        Optional<byte[]> table = window.read(8, (int) parts * size);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Numbers rows = new Numbers(table.get(), ByteOrder.BIG_ENDIAN);
        List<String> cpus = new ArrayList<>();
        for (int at = 0; at < rows.length(); at += size) {
            cpu(rows.u32(at)).ifPresent(cpus::add);
        }
        cpus.sort(null);
        return part(path, window, magic == UNIVERSAL ? rows.u32(8) : rows.u64(8), cpus);
    }

    private static Optional<NativeFile> part(String path, Window window, long offset, List<String> universal)
            throws IOException {
        Optional<byte[]> head = window.read(offset, 28);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        long magic = new Numbers(head.get(), ByteOrder.BIG_ENDIAN).u32(0);
        Optional<ByteOrder> order = orderOf(magic);
        if (order.isEmpty()) {
            return Optional.empty();
        }
        Numbers numbers = new Numbers(head.get(), order.get());
        long type = numbers.u32(12);
        if (type != TYPE_EXECUTABLE && type != TYPE_LIBRARY && type != TYPE_BUNDLE) {
            return Optional.empty();
        }
        boolean isWide = (numbers.u32(0) & 1) == 1;
        Commands commands = new Commands();
        long size = numbers.u32(20);
        if (size <= MAX_COMMANDS_BYTES) {
            Optional<byte[]> bytes = window.read(offset + (isWide ? 32 : 28), (int) size);
            bytes.ifPresent(found -> commands.read(new Numbers(found, order.get())));
        }
        Role role = path.endsWith(".node") ? Role.NODE : type == TYPE_EXECUTABLE ? Role.EXECUTABLE : Role.LIBRARY;
        List<String> cpus =
                universal.isEmpty() ? cpu(numbers.u32(4)).map(List::of).orElse(List.of()) : universal;
        return Optional.of(new NativeFile(
                new BinaryFile(
                        path,
                        "mach-o",
                        "darwin",
                        cpus,
                        Optional.empty(),
                        Optional.empty(),
                        commands.needed,
                        commands.runpath,
                        Optional.empty(),
                        Optional.empty(),
                        false),
                role));
    }

    private static Optional<String> cpu(long type) {
        return Optional.ofNullable(
                switch ((int) type) {
                    case 7 -> "ia32";
                    case 12 -> "arm";
                    case 0x0100_0007 -> "x64";
                    case 0x0100_000c -> "arm64";
                    default -> null;
                });
    }

    /** The load commands that name other files. */
    private static final class Commands {
        private final List<String> needed = new ArrayList<>();
        private Optional<String> runpath = Optional.empty();

        void read(Numbers bytes) {
            int at = 0;
            while (at + 12 <= bytes.length()) {
                long command = bytes.u32(at);
                long size = bytes.u32(at + 4);
                if (size < 8 || size > bytes.length() - at) {
                    return;
                }
                long text = bytes.u32(at + 8);
                if (text >= 12 && text < size) {
                    add(command, bytes.text(at + (int) text));
                }
                at += (int) size;
            }
        }

        private void add(long command, String text) {
            if (command == COMMAND_LIBRARY || command == COMMAND_WEAK_LIBRARY) {
                needed.add(text);
            } else if (command == COMMAND_RPATH) {
                runpath = Optional.of(runpath.map(before -> before + ":" + text).orElse(text));
            }
        }
    }
}
