package dev.ocnix.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.StringJoiner;

/**
 * Writes {@code bun.lockb}, format 3, of any number of npm packages that need each other: package i depends on four of those
 * behind it, and all stand at the top of node_modules.
 */
public final class SyntheticLockfile {
    private static final int EDGES = 4;
    private static final int RESOLUTION = 72;
    private static final int META = 88;
    private static final int BIN = 20;
    private static final int SCRIPTS = 49;
    private static final int DEPENDENCY = 26;
    private static final int HEADER = 128;
    private static final int ALL_CPUS = 0x0FFE;
    private static final int ALL_SYSTEMS = 0x01FE;
    private static final int BEHAVIOR_PROD = 2;
    private static final int RANGE_NPM = 1;

    private final int packages;
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final long[] names;
    private final long[] ranges;

    private SyntheticLockfile(int packages) {
        this.packages = packages;
        this.names = new long[packages + 1];
        this.ranges = new long[packages + 1];
    }

    /** A lockfile with so many packages besides the root. */
    public static byte[] of(int packages) {
        return new SyntheticLockfile(packages).write();
    }

    /** The same as {@code bun.lock}. */
    public static byte[] textOf(int packages) {
        StringBuilder all = new StringBuilder();
        StringBuilder entries = new StringBuilder();
        for (int row = 1; row <= packages; row++) {
            all.append("        \"%s\": \"^%s\",%n".formatted(name(row), version(row)));
            StringJoiner edges = new StringJoiner(", ", "\"dependencies\": { ", " }").setEmptyValue("");
            for (int target = row + 1; target <= Math.min(row + EDGES, packages); target++) {
                edges.add("\"%s\": \"^%s\"".formatted(name(target), version(target)));
            }
            String bin = row % 10 == 0 ? (edges.length() == 0 ? "" : ", ") + "\"bin\": \"cli.js\"" : "";
            String hash = Base64.getEncoder().encodeToString(sha512(name(row)));
            entries.append("    \"%s\": [\"%s@%s\", \"\", { %s%s }, \"sha512-%s\"],%n%n"
                    .formatted(name(row), name(row), version(row), edges, bin, hash));
        }
        return """
                {
                  "lockfileVersion": 1,
                  "workspaces": {
                    "": {
                      "name": "synthetic",
                      "dependencies": {
                %s      },
                    },
                  },
                  "packages": {
                %s  }
                }
                """.formatted(all, entries).getBytes(StandardCharsets.UTF_8);
    }

    static String name(int row) {
        return (row % 3 == 0 ? "@scope-" + row % 50 + "/" : "") + "package-number-" + row;
    }

    static String version(int row) {
        return row % 20 + "." + row % 7 + "." + row % 13;
    }

    private byte[] write() {
        for (int row = 1; row <= packages; row++) {
            names[row] = string(name(row));
            ranges[row] = string("^" + version(row));
        }
        ByteBuffer columns = columns();
        long begin = HEADER;
        long end = begin + columns.capacity();
        byte[] head = "#!/usr/bin/env bun\nbun-lockfile-format-v0\n".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer header = buffer(HEADER).put(head).putInt(3).position(78);
        header.putLong(0)
                .putLong(packages + 1L)
                .putLong(8)
                .putLong(8)
                .putLong(begin)
                .putLong(end);
        write(header);
        write(columns);
        arrays();
        long total = file.size();
        file.writeBytes(new byte[144]);
        byte[] bytes = file.toByteArray();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(78, total);
        return bytes;
    }

    private ByteBuffer columns() {
        int rows = packages + 1;
        int[] sizes = {8, 8, RESOLUTION, 8, 8, META, BIN, SCRIPTS};
        int[] starts = new int[sizes.length];
        int size = 0;
        for (int i = 0; i < sizes.length; i++) {
            starts[i] = size;
            size += sizes[i] * rows;
        }
        ByteBuffer columns = buffer(size);
        columns.putLong(0, string("synthetic"));
        columns.put(starts[2], (byte) 1);
        slice(columns, starts[3], 0, packages);
        slice(columns, starts[4], 0, packages);
        int edge = packages;
        for (int row = 1; row <= packages; row++) {
            columns.putLong(row * 8, names[row]);
            columns.put(starts[2] + row * RESOLUTION, (byte) 2);
            String url = "https://registry.npmjs.org/" + name(row) + "/-/"
                    + name(row).replaceAll(".*/", "") + "-" + version(row) + ".tgz";
            columns.putLong(starts[2] + row * RESOLUTION + 8, string(url));
            columns.putLong(starts[2] + row * RESOLUTION + 16, row % 20);
            columns.putLong(starts[2] + row * RESOLUTION + 24, row % 7);
            columns.putLong(starts[2] + row * RESOLUTION + 32, row % 13);
            int count = Math.min(EDGES, packages - row);
            slice(columns, starts[3] + row * 8, edge, count);
            slice(columns, starts[4] + row * 8, edge, count);
            edge += count;
            meta(columns, starts[5] + row * META, row);
            columns.put(starts[6] + row * BIN, (byte) (row % 10 == 0 ? 1 : 0));
            columns.putLong(starts[6] + row * BIN + 4, row % 10 == 0 ? string("cli.js") : 0);
        }
        return columns;
    }

    private static void meta(ByteBuffer columns, int at, int row) {
        columns.put(at, (byte) 1);
        columns.putShort(at + 2, (short) ALL_CPUS);
        columns.putShort(at + 4, (short) ALL_SYSTEMS);
        columns.putInt(at + 8, row);
        columns.put(at + 20, (byte) 4);
        columns.put(at + 21, sha512(name(row)));
        columns.put(at + 85, (byte) 1);
    }

    private void arrays() {
        int edges = packages;
        for (int row = 1; row <= packages; row++) {
            edges += Math.min(EDGES, packages - row);
        }
        ByteBuffer hoisted = buffer(packages * 4);
        ByteBuffer resolutions = buffer(edges * 4);
        ByteBuffer dependencies = buffer(edges * DEPENDENCY);
        for (int row = 1; row <= packages; row++) {
            hoisted.putInt(row - 1);
            edge(resolutions, dependencies, row);
        }
        for (int row = 1; row <= packages; row++) {
            for (int i = 1; i <= Math.min(EDGES, packages - row); i++) {
                edge(resolutions, dependencies, row + i);
            }
        }
        ByteBuffer tree = buffer(20).putInt(0).putInt(-2).putInt(-1).putInt(0).putInt(packages);
        array("lockfile.Tree", tree);
        array("u32", hoisted);
        array("u32", resolutions);
        array("[26]u8", dependencies);
        array("semver.ExternalString", buffer(0));
        array("u8", ByteBuffer.wrap(strings.toByteArray()));
        file.writeBytes(new byte[8]);
    }

    private void edge(ByteBuffer resolutions, ByteBuffer dependencies, int target) {
        resolutions.putInt(target);
        dependencies.putLong(names[target]).putLong(0);
        dependencies.put((byte) BEHAVIOR_PROD).put((byte) RANGE_NPM).putLong(ranges[target]);
    }

    private void array(String type, ByteBuffer content) {
        int at = file.size();
        byte[] note = ("\n<" + type + "> 0 sizeof, 0 alignof\n").getBytes(StandardCharsets.US_ASCII);
        long start = at + 16L + note.length;
        start = content.capacity() == 0 ? start : (start + 7) / 8 * 8;
        file.writeBytes(
                buffer(16).putLong(start).putLong(start + content.capacity()).array());
        file.writeBytes(note);
        file.writeBytes(new byte[(int) start - file.size()]);
        write(content);
    }

    private void write(ByteBuffer content) {
        byte[] bytes = new byte[content.capacity()];
        content.get(0, bytes);
        file.writeBytes(bytes);
    }

    private long string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= 8) {
            return buffer(8).put(utf8).getLong(0);
        }
        long pointer = strings.size() | (long) utf8.length << 32 | 1L << 63;
        strings.writeBytes(utf8);
        return pointer;
    }

    private static void slice(ByteBuffer columns, int at, int first, int length) {
        columns.putInt(at, first).putInt(at + 4, length);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] sha512(String text) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
