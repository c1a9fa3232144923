package dev.ocnix.fetch.source;

/**
 * How much of a source tree we are willing to take in.
 *
 * @param entries files, links and folders
 * @param bytes all contents together, uncompressed
 * @param depth folders above a file
 * @param ratio of unpacked to compressed bytes of an archive, once more than {@code freeBytes} have been unpacked
 */
public record TreeLimits(int entries, long bytes, int depth, long ratio, long freeBytes) {
    /** The longest path and link target that Linux takes, in bytes. */
    static final int PATH_BYTES = 4095;

    /** Far above any JavaScript project: 500,000 entries, 2 GiB, 200 levels; an archive unpacks to 100 times its size. */
    public static TreeLimits standard() {
        return new TreeLimits(500_000, 2L << 30, 200, 100, 64L << 20);
    }
}
