package dev.ocnix.lockfile.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Where the parts of a binary lockfile are, as far as that can be told: the file may be damaged already.
 *
 * @param numbers offsets of all 64-bit positions, sizes and counts
 * @param arrays columns and arrays
 * @param sections frames with their arrays, and the optional sections as a whole
 */
record BinaryShape(List<Integer> numbers, List<Array> arrays, List<Range> sections) {
    private static final int TOTAL_AT = 78;
    private static final int HEADER = 126;
    private static final int[] BUFFER_ELEMENTS = {20, 4, 4, 26, 16, 1};

    /** Some bytes. */
    record Range(int start, int end) {}

    /** Elements of one size. */
    record Array(int start, int count, int size) {
        int element(Random random) {
            return start + (count == 0 ? 0 : random.nextInt(count) * size);
        }
    }

    BinaryShape {
        numbers = List.copyOf(numbers);
        arrays = List.copyOf(arrays);
        sections = List.copyOf(sections);
    }

    Array array(Random random) {
        return arrays.get(random.nextInt(arrays.size()));
    }

    Range section(Random random) {
        return sections.get(random.nextInt(sections.size()));
    }

    static BinaryShape of(byte[] file) {
        return new Finder(file).find();
    }

    /** The file with one part replaced by one of another file, all positions behind it moved. */
    byte[] replace(byte[] file, Range target, Range part, byte[] source) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, target.start());
        out.write(source, part.start(), part.end() - part.start());
        out.write(file, target.end(), file.length - target.end());
        byte[] mutant = out.toByteArray();
        long delta = (long) part.end() - part.start() - target.end() + target.start();
        long moved = target.start() - (long) part.start();
        ByteBuffer bytes = ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN);
        for (int at : numbers) {
            long now = at >= target.end() ? at + delta : at;
            boolean replaced = at >= target.start() && at < target.end();
            if (!replaced && now + 8 <= mutant.length && bytes.getLong((int) now) >= target.end()) {
                bytes.putLong((int) now, bytes.getLong((int) now) + delta);
            }
        }
        for (int at : of(source).numbers()) {
            long now = at + moved;
            if (at >= HEADER && at >= part.start() && at < part.end() && now + 8 <= mutant.length) {
                bytes.putLong((int) now, bytes.getLong((int) now) + moved);
            }
        }
        return mutant;
    }

    private static final class Finder {
        private final byte[] file;
        private final ByteBuffer bytes;
        private final List<Integer> numbers = new ArrayList<>();
        private final List<Array> arrays = new ArrayList<>();
        private final List<Range> sections = new ArrayList<>();
        private int position;

        Finder(byte[] file) {
            this.file = file;
            this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        }

        BinaryShape find() {
            arrays.add(new Array(0, file.length, 1));
            sections.add(new Range(0, 0));
            if (file.length < HEADER) {
                numbers.add(0);
                return new BinaryShape(numbers, arrays, sections);
            }
            for (int at = TOTAL_AT; at < HEADER; at += 8) {
                numbers.add(at);
            }
            columns(bytes.getInt(42) == 2 ? 64 : 72);
            position = clip(bytes.getLong(118));
            boolean whole = true;
            for (int size : BUFFER_ELEMENTS) {
                whole = whole && array(size);
            }
            position += 8;
            if (whole) {
                optional();
            }
            return new BinaryShape(numbers, arrays, sections);
        }

        private void columns(int resolution) {
            int start = clip(bytes.getLong(110));
            int count = clip(bytes.getLong(86));
            for (int size : new int[] {8, 8, resolution, 8, 8, 88, 20, 49}) {
                if (start + (long) count * size > file.length) {
                    return;
                }
                arrays.add(new Array(start, count, size));
                start += count * size;
            }
        }

        private int clip(long value) {
            return value < 0 || value > file.length ? file.length : (int) value;
        }

        private boolean array(int size) {
            if (position + 16 > file.length) {
                return false;
            }
            int start = clip(bytes.getLong(position));
            int end = clip(bytes.getLong(position + 8));
            if (start < position + 16 || end < start) {
                return false;
            }
            numbers.add(position);
            numbers.add(position + 8);
            sections.add(new Range(position, end));
            arrays.add(new Array(start, (end - start) / size, size));
            position = end;
            return true;
        }

        /** Optional sections: eight letters and some arrays, told from what follows the letters. */
        private void optional() {
            while (position + 8 <= file.length) {
                int start = position;
                String tag = new String(file, position, 8, StandardCharsets.ISO_8859_1);
                if (!tag.matches("[a-zA-Z]{8}")) {
                    return;
                }
                position += 8;
                if (tag.equals("cNfGvRsN")) {
                    position += 8;
                }
                boolean found = true;
                while (found) {
                    found = array(tag.equals("tRuStEDd") ? 4 : 8);
                }
                sections.add(new Range(start, Math.min(position, file.length)));
            }
        }
    }
}
