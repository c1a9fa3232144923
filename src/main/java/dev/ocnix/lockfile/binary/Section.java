package dev.ocnix.lockfile.binary;

import dev.ocnix.lockfile.LockfileException;

/**
 * An array in the file.
 *
 * @param start its first byte
 * @param count number of elements
 * @param size of one element in bytes
 * @param next where the item after it begins
 */
record Section(long start, int count, int size, long next) {
    private static final long UNPATCHED = 0xDEAD_BEEFL;

    /**
     * Reads the frame of an array: start, end, a note about the type that differs between releases, padding.
     *
     * @param element what failures call one element
     */
    static Section read(Bytes bytes, long position, int elementSize, String element) throws LockfileException {
        bytes.name(position, 1, 16, "frame of the array \"" + element + "\"");
        long start = bytes.size(position);
        long end = bytes.size(position + 8);
        bytes.verify(
                start != UNPATCHED && end != UNPATCHED && start >= position + 16 && start <= end,
                position,
                "an array begins or ends at an impossible position");
        bytes.verify(
                (end - start) % elementSize == 0,
                position,
                "the size of an array is no multiple of that of its elements");
        Section section = new Section(start, (int) ((end - start) / elementSize), elementSize, end);
        bytes.name(start, section.count(), elementSize, element);
        return section;
    }

    /** The offset of an element. */
    long at(int index) {
        return start + (long) index * size;
    }

    /** Checks that a slice, {@code u32 offset, u32 length}, lies inside, and reads it. */
    Slice slice(Bytes bytes, long offset) throws LockfileException {
        long first = bytes.u32(offset);
        long length = bytes.u32(offset + 4);
        bytes.verify(first + length <= count, offset, "a list of elements lies outside of its array");
        return length == 0 ? Slice.EMPTY : new Slice((int) first, (int) length);
    }

    /** Some neighbouring elements. */
    record Slice(int first, int length) {
        static final Slice EMPTY = new Slice(0, 0);

        int end() {
            return first + length;
        }
    }
}
