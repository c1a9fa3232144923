package dev.ocnix.addon;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes the smallest files that loaders would recognise. */
public final class Binaries {
    public static final int X64 = 62;
    public static final int ARM64 = 183;

    private Binaries() {}

    /** A 64-bit little-endian ELF shared object that needs libraries. */
    public static byte[] elf(int machine, String... needed) {
        return elf(machine, 0, needed);
    }

    /** The same with its dynamic section and its names so many bytes further on. */
    public static byte[] elf(int machine, int gap, String... needed) {
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        strings.write(0);
        int dynamicAt = 64 + 2 * 56 + gap;
        int dynamicSize = 16 * (needed.length + 3);
        ByteBuffer file = ByteBuffer.allocate(dynamicAt + dynamicSize + 4096).order(ByteOrder.LITTLE_ENDIAN);
        file.position(dynamicAt);
        for (String name : needed) {
            file.putLong(1).putLong(strings.size());
            strings.writeBytes((name + "\0").getBytes(StandardCharsets.UTF_8));
        }
        file.putLong(5).putLong(0x10000L + dynamicAt + dynamicSize);
        file.putLong(10).putLong(strings.size());
        file.putLong(0).putLong(0);
        file.put(strings.toByteArray());
        file.position(0);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).position(16);
        file.putShort((short) 3).putShort((short) machine).putInt(1);
        file.putLong(0).putLong(64).putLong(0).putInt(0);
        file.putShort((short) 64).putShort((short) 56).putShort((short) 2);
        segment(file, 64, 1, 0, file.capacity());
        segment(file, 120, 2, dynamicAt, dynamicSize);
        return file.array();
    }

    private static void segment(ByteBuffer file, int at, int type, long offset, long size) {
        file.position(at);
        file.putInt(type).putInt(5).putLong(offset).putLong(0x10000 + offset).putLong(0x10000 + offset);
        file.putLong(size).putLong(size).putLong(4096);
    }

    public static byte[] machO(int cpu, int type) {
        return ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xfeedfacf)
                .putInt(cpu)
                .putInt(0)
                .putInt(type)
                .array();
    }

    public static byte[] universal(int... cpus) {
        ByteBuffer file = ByteBuffer.allocate(8 + 20 * cpus.length + 64).order(ByteOrder.BIG_ENDIAN);
        file.putInt(0xcafebabe).putInt(cpus.length);
        for (int cpu : cpus) {
            file.putInt(cpu).putInt(0).putInt(8 + 20 * cpus.length).putInt(64).putInt(0);
        }
        return file.put(machO(cpus[0], 6)).array();
    }

    public static byte[] pe(int machine, boolean isLibrary) {
        ByteBuffer file = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'M').put((byte) 'Z').position(0x3c);
        file.putInt(128).position(128);
        file.putInt(0x4550).putShort((short) machine).position(128 + 22);
        return file.putShort((short) (isLibrary ? 0x2000 : 0)).array();
    }
}
