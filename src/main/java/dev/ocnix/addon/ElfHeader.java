package dev.ocnix.addon;

import dev.ocnix.addon.NativeFile.Role;
import dev.ocnix.model.BinaryFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Executables and shared libraries of Linux and the BSDs, by the System V ABI (gABI 4.1, "Object Files" and "Dynamic Linking").
 * Reads the file header, the program headers and what they point to; section headers may be stripped.
 */
final class ElfHeader {
    private static final int MAX_SEGMENTS = 256;
    private static final int NEAR = 1 << 20;
    private static final int MAX_DYNAMIC_BYTES = 1 << 16;
    private static final int MAX_STRINGS_BYTES = 8 << 20;

    private static final int TYPE_EXECUTABLE = 2;
    private static final int TYPE_SHARED = 3;
    private static final long SEGMENT_LOAD = 1;
    private static final long SEGMENT_DYNAMIC = 2;
    private static final long SEGMENT_INTERPRETER = 3;
    private static final long SEGMENT_NOTE = 4;
    private static final long TAG_NEEDED = 1;
    private static final long TAG_STRING_TABLE = 5;
    private static final long TAG_STRING_SIZE = 10;
    private static final long TAG_RPATH = 15;
    private static final long TAG_RUNPATH = 29;
    private static final long TAG_VERSIONS = 0x6fff_fffeL;
    private static final long TAG_VERSION_COUNT = 0x6fff_ffffL;
    private static final int MAX_VERSIONS_BYTES = 1 << 16;
    private static final long TAG_FLAGS_1 = 0x6fff_fffbL;
    private static final long FLAG_PIE = 0x0800_0000L;

    private final Window window;
    private final boolean isWide;
    private final ByteOrder order;
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> needed = new ArrayList<>();
    private Optional<String> interpreter = Optional.empty();
    private Optional<String> runpath = Optional.empty();
    private Optional<String> glibc = Optional.empty();
    private Optional<String> glibcxx = Optional.empty();
    private boolean isPie;
    private boolean isAndroid;

    private record Segment(long type, long offset, long address, long size) {}

    private record Entry(long tag, long value) {}

    private ElfHeader(Window window, boolean isWide, ByteOrder order) {
        this.window = window;
        this.isWide = isWide;
        this.order = order;
    }

    /** Describes a file that starts with the ELF magic; empty for object files, core dumps and what is no ELF after all. */
    static Optional<NativeFile> read(String path, Window window) throws IOException {
        Optional<byte[]> ident = window.read(0, 20);
        if (ident.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = ident.get();
        boolean isKnown = (bytes[4] == 1 || bytes[4] == 2) && (bytes[5] == 1 || bytes[5] == 2);
        if (!isKnown) {
            return Optional.empty();
        }
        ByteOrder order = bytes[5] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Numbers numbers = new Numbers(bytes, order);
        int type = numbers.u16(16);
        if (type != TYPE_EXECUTABLE && type != TYPE_SHARED) {
            return Optional.empty();
        }
        ElfHeader header = new ElfHeader(window, bytes[4] == 2, order);
        header.readSegments();
        header.readInterpreter();
        header.readNotes();
        header.readDynamic();
        return Optional.of(header.describe(path, type, numbers.u8(7), numbers.u16(18)));
    }

    private void readSegments() throws IOException {
        Optional<byte[]> head = window.read(0, isWide ? 64 : 52);
        if (head.isEmpty()) {
            return;
        }
        Numbers numbers = new Numbers(head.get(), order);
        long offset = isWide ? numbers.u64(32) : numbers.u32(28);
        int size = numbers.u16(isWide ? 54 : 42);
        int count = numbers.u16(isWide ? 56 : 44);
        if (size < (isWide ? 56 : 32) || size > 256 || count > MAX_SEGMENTS) {
            return;
        }
        window.read(offset, size * count).ifPresent(table -> addSegments(new Numbers(table, order), size));
        segments.stream()
                .filter(segment -> segment.type == SEGMENT_LOAD)
                .forEach(segment -> window.keep(segment.offset, segment.size));
    }

    private void addSegments(Numbers table, int size) {
        for (int at = 0; at + size <= table.length(); at += size) {
            segments.add(
                    isWide
                            ? new Segment(table.u32(at), table.u64(at + 8), table.u64(at + 16), table.u64(at + 32))
                            : new Segment(table.u32(at), table.u32(at + 4), table.u32(at + 8), table.u32(at + 16)));
        }
    }

    private Optional<Numbers> content(long type, int maxBytes) throws IOException {
        Optional<Segment> segment =
                segments.stream().filter(one -> one.type == type).findFirst();
        if (segment.isEmpty() || segment.get().size < 0 || segment.get().size > maxBytes) {
            return Optional.empty();
        }
        return window.read(segment.get().offset, (int) segment.get().size).map(bytes -> new Numbers(bytes, order));
    }

    private void readInterpreter() throws IOException {
        interpreter = content(SEGMENT_INTERPRETER, 4096)
                .filter(bytes -> bytes.length() > 0)
                .map(bytes -> bytes.text(0));
    }

    /** Android's toolchain marks its files by a note of that name. */
    private void readNotes() throws IOException {
        for (Segment segment : segments) {
            if (segment.type == SEGMENT_NOTE && segment.offset < NEAR && segment.size >= 0 && segment.size <= 4096) {
                Optional<byte[]> note = window.read(segment.offset, (int) segment.size);
                isAndroid |= note.filter(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains("Android\0"))
                        .isPresent();
            }
        }
    }

    private void readDynamic() throws IOException {
        Optional<Numbers> section = content(SEGMENT_DYNAMIC, MAX_DYNAMIC_BYTES);
        if (section.isEmpty()) {
            return;
        }
        List<Entry> entries = entries(section.get());
        isPie = entries.stream().anyMatch(entry -> entry.tag == TAG_FLAGS_1 && (entry.value & FLAG_PIE) != 0);
        Optional<Numbers> strings = strings(entries);
        if (strings.isEmpty()) {
            return;
        }
        for (Entry entry : entries) {
            if (entry.value >= 0 && entry.value < strings.get().length()) {
                read(entry, strings.get());
            }
        }
        readVersions(entries, strings.get());
    }

    /** How long the list is nobody says: it is read up to the end of its segment, within bounds. */
    private void readVersions(List<Entry> entries, Numbers strings) throws IOException {
        long count = value(entries, TAG_VERSION_COUNT);
        Optional<Segment> segment = segmentAt(value(entries, TAG_VERSIONS));
        if (count <= 0 || segment.isEmpty()) {
            return;
        }
        long rest = Math.min(segment.get().size, MAX_VERSIONS_BYTES);
        Optional<byte[]> list = window.read(segment.get().offset, (int) rest);
        if (list.isPresent()) {
            ElfVersions versions = ElfVersions.read(new Numbers(list.get(), order), count, strings);
            glibc = versions.glibc();
            glibcxx = versions.glibcxx();
        }
    }

    /** What a segment holds from an address on. */
    private Optional<Segment> segmentAt(long address) {
        for (Segment segment : segments) {
            long within = address - segment.address;
            if (segment.type == SEGMENT_LOAD && within >= 0 && within < segment.size) {
                return Optional.of(new Segment(SEGMENT_LOAD, segment.offset + within, address, segment.size - within));
            }
        }
        return Optional.empty();
    }

    private void read(Entry entry, Numbers strings) {
        int offset = (int) entry.value;
        if (entry.tag == TAG_NEEDED) {
            needed.add(strings.text(offset));
        } else if (entry.tag == TAG_RUNPATH || (entry.tag == TAG_RPATH && runpath.isEmpty())) {
            runpath = Optional.of(strings.text(offset));
        }
    }

    private List<Entry> entries(Numbers section) {
        List<Entry> entries = new ArrayList<>();
        int size = isWide ? 16 : 8;
        for (int at = 0; at + size <= section.length(); at += size) {
            Entry entry = isWide
                    ? new Entry(section.u64(at), section.u64(at + 8))
                    : new Entry(section.u32(at), section.u32(at + 4));
            if (entry.tag == 0) {
                break;
            }
            entries.add(entry);
        }
        return entries;
    }

    private Optional<Numbers> strings(List<Entry> entries) throws IOException {
        long address = value(entries, TAG_STRING_TABLE);
        long size = value(entries, TAG_STRING_SIZE);
        if (size <= 0 || size > MAX_STRINGS_BYTES) {
            return Optional.empty();
        }
        long offset = segmentAt(address).map(Segment::offset).orElse(-1L);
        return window.read(offset, (int) size).map(bytes -> new Numbers(bytes, order));
    }

    private static long value(List<Entry> entries, long tag) {
        return entries.stream()
                .filter(entry -> entry.tag == tag)
                .mapToLong(Entry::value)
                .findFirst()
                .orElse(-1);
    }

    private NativeFile describe(String path, int type, int abi, int machine) {
        boolean isExecutable = type == TYPE_EXECUTABLE || isPie || interpreter.isPresent();
        Role role = path.endsWith(".node") ? Role.NODE : isExecutable ? Role.EXECUTABLE : Role.LIBRARY;
        String os = isAndroid
                        || interpreter
                                .filter(text -> text.startsWith("/system/"))
                                .isPresent()
                ? "android"
                : os(abi);
        return new NativeFile(
                new BinaryFile(
                        path,
                        "elf",
                        os,
                        cpu(machine).map(List::of).orElse(List.of()),
                        os.equals("linux") ? libc() : Optional.empty(),
                        interpreter,
                        needed,
                        runpath,
                        glibc,
                        glibcxx,
                        role == Role.EXECUTABLE && interpreter.isEmpty() && needed.isEmpty()),
                role);
    }

    private static String os(int abi) {
        return switch (abi) {
            case 2 -> "netbsd";
            case 6 -> "sunos";
            case 7 -> "aix";
            case 9 -> "freebsd";
            case 12 -> "openbsd";
            default -> "linux";
        };
    }

    private Optional<String> cpu(int machine) {
        return Optional.ofNullable(
                switch (machine) {
                    case 3 -> "ia32";
                    case 8 -> order == ByteOrder.LITTLE_ENDIAN ? "mipsel" : "mips";
                    case 20 -> "ppc";
                    case 21 -> "ppc64";
                    case 22 -> isWide ? "s390x" : "s390";
                    case 40 -> "arm";
                    case 62 -> isWide ? "x64" : "x32";
                    case 183 -> "arm64";
                    case 243 -> isWide ? "riscv64" : null;
                    case 258 -> "loong64";
                    default -> null;
                });
    }

    /** Musl's own name is {@code libc.so}, Alpine's {@code libc.musl-<cpu>.so.1}; glibc's is {@code libc.so.6}. */
    private Optional<String> libc() {
        String loader = interpreter
                .map(text -> text.substring(text.lastIndexOf('/') + 1))
                .orElse("");
        if (loader.startsWith("ld-musl-")
                || needed.stream().anyMatch(name -> name.equals("libc.so") || name.startsWith("libc.musl-"))) {
            return Optional.of("musl");
        }
        boolean isGlibc = loader.startsWith("ld-linux") || loader.startsWith("ld64.so") || loader.startsWith("ld.so");
        return isGlibc
                        || needed.stream()
                                .anyMatch(name -> Arrays.asList("libc.so.6", "libc.so.6.1")
                                        .contains(name))
                ? Optional.of("glibc")
                : Optional.empty();
    }
}
